using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Kpis.Overviews;

/// <summary>What executives ask first, of some days. Base currency, display signs: income, profit, cash and what is owed read positive.</summary>
public sealed record Overview
{
    public required OverviewDays Days { get; init; }

    public required string Currency { get; init; }

    /// <summary>The eight figures, in their usual order.</summary>
    public required IReadOnlyList<OverviewTile> Tiles { get; init; }

    public required CashLine Cash { get; init; }

    /// <summary>Budgets of the whole organisation that it can stand beside, the usual one first.</summary>
    public IReadOnlyList<PlanHead> Budgets { get; init; } = [];

    /// <summary>The one whose plan the months show, and the figures where they stand beside a budget.</summary>
    public PlanHead? Budget { get; init; }

    /// <summary>What changed most, the largest first.</summary>
    public required IReadOnlyList<ChangeFact> Changes { get; init; }

    /// <summary>Month by month, the oldest first.</summary>
    public required IReadOnlyList<ProfitMonth> Months { get; init; }

    /// <summary>From the comparator's net profit to this one's; null where there is nothing to compare with.</summary>
    public required ProfitWalk? Walk { get; init; }

    public required IReadOnlyList<Debtor> Owing { get; init; }

    /// <summary>The invoice that is past due for longest; null: none is.</summary>
    public required LongOverdue? Longest { get; init; }

    public required CustomerFacts Customers { get; init; }

    /// <summary>Null: the caller may not see what waits.</summary>
    public required WaitingWork? Waiting { get; init; }

    public required CheckStatus TiesToXero { get; init; }

    public required CheckStatus StandsOnDocuments { get; init; }

    /// <summary>What our trial balance and Xero's differ by, without signs.</summary>
    public required decimal Difference { get; init; }

    /// <summary>Expected parts behind the balances that nobody has confirmed.</summary>
    public required int ToConfirm { get; init; }

    public required DateTime? XeroReadAt { get; init; }

    public required bool SyncInProgress { get; init; }

    public OverviewTile Tile(string key) => Tiles.First(tile => tile.Key == key);
}

/// <summary>A figure with the one that it is compared with and its last months.</summary>
/// <param name="Key">Of the KPI; <c>taxDue</c> for the tile that is none.</param>
/// <param name="Name">For people.</param>
/// <param name="Unit">What its values are.</param>
/// <param name="Good">Which way is better.</param>
/// <param name="Value">The figure, or why there is none.</param>
/// <param name="Before">Its comparator.</param>
/// <param name="Trend">The oldest first, the last one perhaps of a month in progress; null where a month has no value.</param>
public sealed record OverviewTile(string Key, string Name, KpiUnit Unit, GoodDirection Good, KpiValue Value, KpiValue Before, IReadOnlyList<decimal?> Trend)
{
    public Targets.KpiTarget? Target { get; init; }

    public KpiStatus? Status => Target?.StatusOf(Value.Value, Good);

    /// <summary>A second amount that belongs to it: overdue of what is owed to us, due in a week of what we owe.</summary>
    public decimal? Beside { get; init; }

    /// <summary>The day that it is due.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>The days that it is counted over, where these are not the overview's.</summary>
    public Days? Over { get; init; }

    /// <summary>Accounts whose tag it leans on and nobody has confirmed.</summary>
    public IReadOnlyList<string> Suggested { get; init; } = [];
}

/// <summary>Cash at the end of a day.</summary>
public readonly record struct CashDay(DateOnly Date, decimal Closing);

/// <summary>A large payment or a tax on the line of cash. Out −.</summary>
public sealed record CashMarker(DateOnly Date, decimal Amount, string Name, Guid? ContactId, bool IsTax)
{
    /// <summary>Of a supplier that had never sent a bill before the last weeks.</summary>
    public bool IsNew { get; init; }
}

/// <summary>Twelve months of closing cash by day, and what open documents make of it.</summary>
/// <param name="Past">Every day up to the last one, the oldest first.</param>
/// <param name="Ahead">From today on; open documents and sales tax alone, no payroll, no sales to come. None where the overview ends before today.</param>
/// <param name="Markers">Tax and large payments ahead.</param>
/// <param name="Buffer">The alert level of cash; null: none is set.</param>
public sealed record CashLine(IReadOnlyList<CashDay> Past, IReadOnlyList<CashDay> Ahead, IReadOnlyList<CashMarker> Markers, decimal? Buffer)
{
    /// <summary>The lowest day ahead; null without days ahead.</summary>
    public CashDay? Lowest => Ahead.Count == 0 ? null : Ahead.MinBy(day => day.Closing);
}

/// <summary>Income and net profit of a month beside the same month a year before; null where the books do not reach.</summary>
public sealed record ProfitMonth(Month Month, Days Days, decimal Income, decimal Profit, decimal? IncomeBefore, decimal? ProfitBefore, bool Complete)
{
    /// <summary>As the budget plans it, of a month in progress its days' share; null where nothing is planned.</summary>
    public decimal? IncomePlanned { get; init; }

    public decimal? ProfitPlanned { get; init; }
}

/// <summary>From one net profit to another. Start and steps add up to the end, exactly.</summary>
public sealed record ProfitWalk(decimal Start, IReadOnlyList<WalkStep> Steps, decimal End)
{
    /// <summary>All steps together.</summary>
    public decimal Total => Steps.Sum(step => step.Effect);
}

/// <summary>What an account, or all others together, added to profit or took from it.</summary>
public sealed record WalkStep(string Label, decimal Effect, Guid? AccountId);

/// <summary>A customer that owes.</summary>
/// <param name="ContactId">Null: hidden, or without a contact.</param>
/// <param name="Name">For people.</param>
/// <param name="Owed">Open invoices less credit.</param>
/// <param name="Overdue">Past their due day.</param>
/// <param name="Buckets">Owed by age: current, up to one month, one, two, three months, older.</param>
/// <param name="DaysLate">How late its last payments came; null: it paid nothing in two years.</param>
/// <param name="DaysLateYearAgo">And a year before.</param>
public sealed record Debtor(Guid? ContactId, string Name, decimal Owed, decimal Overdue, IReadOnlyList<decimal> Buckets, decimal? DaysLate, decimal? DaysLateYearAgo)
{
    /// <summary>The oldest invoice past due.</summary>
    public int? OldestDays { get; init; }
}

/// <summary>What a customer owes past its due day, and for how long.</summary>
public sealed record LongOverdue(Guid? ContactId, string Name, decimal Amount, int Days);

/// <summary>A customer of the last twelve months.</summary>
/// <param name="ContactId">Xero's.</param>
/// <param name="Name">For people.</param>
/// <param name="Income">Of twelve months.</param>
/// <param name="Share">Of all customers' income.</param>
/// <param name="Before">Of the twelve months before; null where the books do not reach.</param>
/// <param name="LastInvoice">The day of the last invoice.</param>
/// <param name="HasStopped">No invoice in the last three whole months.</param>
public sealed record TopCustomer(Guid ContactId, string Name, decimal Income, decimal? Share, decimal? Before, DateOnly? LastInvoice, bool HasStopped)
{
    /// <summary>A fraction; null where there is nothing to grow from.</summary>
    public decimal? Growth => Before is > 0 ? Math.Round((Income - Before.Value) / Before.Value, 4, MidpointRounding.AwayFromZero) : null;
}

/// <summary>Work that waits for a person.</summary>
public sealed record WaitingWork(CappedCount ToCategorise, CappedCount Drafts, CappedCount Unreconciled, int UnconfirmedTags)
{
    /// <summary>Invoices that were promised for a day that has passed.</summary>
    public int MissedPromises { get; init; }

    /// <summary>Bills and payments that look like another one.</summary>
    public int LookAlikes { get; init; }

    /// <summary>Bills that usually come and did not.</summary>
    public int MissingBills { get; init; }
}

/// <summary>What a sentence of "what changed" is about.</summary>
public enum ChangeKind
{
    /// <summary>Gross margin; the rate is the margin, the cause the cost that takes the larger share.</summary>
    Margin,

    /// <summary>A customer pays later, or sooner; the rate is days late.</summary>
    PaysLater,

    /// <summary>A customer orders no more; the effect is what it bought in a month.</summary>
    Stopped,

    /// <summary>A customer grew; the effect is what it bought more.</summary>
    Grew,

    /// <summary>Income as a whole; the cause is the account that moved most.</summary>
    Income,

    /// <summary>An expense.</summary>
    Expense,
}

/// <summary>A change made from figures. What it says can be opened: an account, a contact or a figure.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Name">Of the customer or account; empty where it is about the whole.</param>
/// <param name="Effect">In money: what it added to profit or cash, or took (−). Ranks the sentences.</param>
public sealed record ChangeFact(ChangeKind Kind, string Name, decimal Effect)
{
    public Guid? AccountId { get; init; }

    public Guid? ContactId { get; init; }

    /// <summary>What of the cause: an account of the cost behind a margin.</summary>
    public string? Cause { get; init; }

    /// <summary>A margin, a share or days, now.</summary>
    public decimal? Rate { get; init; }

    public decimal? RateBefore { get; init; }

    /// <summary>The month since when, or the day of the last order.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>In money a month, where it goes on.</summary>
    public decimal? PerMonth { get; init; }
}
