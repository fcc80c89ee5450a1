namespace XeroCfo.Data.Xero.Demo;

/// <summary>What happens first within a day.</summary>
internal enum DemoOrder
{
    Documents,
    Payments,
    Bank,
    MonthEnd,
    IncomeTax,
}

/// <summary>Events waiting for their day. Months are planned in order and played in order, so playing to a day at once or in steps is the same.</summary>
internal sealed class DemoTimeline
{
    private readonly PriorityQueue<Action, (int Day, DemoOrder Order, int Sequence)> _waiting = new();
    private int _sequence;

    public void At(DateOnly day, DemoOrder order, Action happen) => _waiting.Enqueue(happen, (day.DayNumber, order, _sequence++));

    public void PlayUntil(DateOnly day)
    {
        while (_waiting.TryPeek(out _, out var next) && next.Day <= day.DayNumber)
        {
            _waiting.Dequeue()();
        }
    }
}
