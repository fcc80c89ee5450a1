namespace XeroCfo.Web.Shared;

/// <summary>What a page or a part of it does again and again while somebody looks at it.</summary>
internal static class Rhythms
{
    /// <summary>Does something at a rhythm until the person leaves; the first time after one beat.</summary>
    public static async Task EveryAsync(this TimeProvider clock, TimeSpan rhythm, Func<Task> look, CancellationToken leaving)
    {
        try
        {
            using var timer = new PeriodicTimer(rhythm, clock);
            while (await timer.WaitForNextTickAsync(leaving))
            {
                await look();
            }
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // The person has left.
        }
    }
}
