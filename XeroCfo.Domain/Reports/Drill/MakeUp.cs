using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Reports.Drill;

/// <summary>A part of a figure, in the figure's own sign.</summary>
/// <param name="Key">Stable within the figure.</param>
/// <param name="Label">For people.</param>
/// <param name="Amount">Display sign.</param>
public sealed record MakeUpPart(string Key, string Label, decimal Amount)
{
    public string? Code { get; init; }

    public Guid? AccountId { get; init; }

    /// <summary>The row of the report that it is; it opens by itself.</summary>
    public string? RowKey { get; init; }

    /// <summary>Our id of the open document that it is.</summary>
    public Guid? TransactionId { get; init; }

    /// <summary>Its lines; null where there are none to show.</summary>
    public LineScope? Lines { get; init; }

    /// <summary>From debit + to the figure's sign.</summary>
    public int Sign { get; init; } = 1;

    /// <summary>Payroll's: its lines are not for everybody.</summary>
    public bool IsPayroll { get; init; }

    /// <summary>Why it does not open for this reader.</summary>
    public string? ClosedBecause { get; init; }
}

/// <summary>What makes a figure of a report.</summary>
/// <param name="Row">The row.</param>
/// <param name="Column">The column.</param>
/// <param name="Amount">The figure.</param>
/// <param name="Parts">Together the figure, the largest first; of an account's own figure that account alone.</param>
/// <param name="Words">What the figure is, where no parts can be told.</param>
public sealed record MakeUp(ReportRow Row, ReportColumn Column, decimal Amount, IReadOnlyList<MakeUpPart> Parts, string? Words = null)
{
    public decimal Sum => Parts.Sum(part => part.Amount);

    /// <summary>The figure is one account's: its lines come at once.</summary>
    public bool IsOneAccount => Parts is [{ AccountId: not null }] && Row.AccountId == Parts[0].AccountId;
}

/// <summary>A line with the sum so far, in the figure's sign.</summary>
public sealed record MakeUpLine(LedgerLineView View, decimal Amount, decimal Running);

/// <summary>A page of the lines that make a part.</summary>
/// <param name="Part">The part.</param>
/// <param name="From">The first day of the lines.</param>
/// <param name="BroughtForward">What stood before that day, or on the pages before.</param>
/// <param name="Lines">In the order of days.</param>
/// <param name="Rest">What the figure takes from these lines without a line of its own; on the last page.</param>
/// <param name="RestWords">What that is.</param>
/// <param name="Next">The place of the next page.</param>
public sealed record MakeUpLines(MakeUpPart Part, DateOnly? From, decimal BroughtForward, IReadOnlyList<MakeUpLine> Lines, decimal Rest, string? RestWords, string? Next)
{
    /// <summary>All of it so far; on the last page the part's amount.</summary>
    public decimal Sum => (Lines.Count > 0 ? Lines[^1].Running : BroughtForward) + Rest;
}

/// <summary>By what a difference is told.</summary>
public enum DriverKind
{
    Account,
    Contact,
    Document,
}

/// <summary>One cause of a difference between two figures; display signs.</summary>
public sealed record Driver(string Label, decimal First, decimal Second, Guid? AccountId = null, Guid? ContactId = null, Guid? TransactionId = null)
{
    public decimal Difference => First - Second;
}

/// <summary>Why two figures differ.</summary>
/// <param name="First">One figure.</param>
/// <param name="Second">The other.</param>
/// <param name="Kind">By what it is told.</param>
/// <param name="Drivers">The largest first; together the difference.</param>
/// <param name="Words">Why it cannot be told so.</param>
public sealed record WhyDifferent(MakeUp First, MakeUp Second, DriverKind Kind, IReadOnlyList<Driver> Drivers, string? Words = null)
{
    public decimal Difference => First.Amount - Second.Amount;
}

/// <summary>What drilling refuses.</summary>
public static class DrillProblems
{
    public static readonly Problem NoSuchCell = Problem.NotFound("no-such-figure", "The report has no such figure.");

    public static readonly Problem NoSuchPart = Problem.NotFound("no-such-part", "The figure has no such part.");
}
