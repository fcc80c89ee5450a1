using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Reports.Drill;

/// <summary>What rows of one column of a report are made of. Pure.</summary>
internal sealed class DrillContext(XeroTenant organisation, ReportDocument document, ReportColumn column, IReadOnlyList<Account> accounts, IReadOnlyList<Guid> options)
{
    private readonly int _index = document.Columns.Index().First(one => one.Item.Key == column.Key).Index;

    public XeroTenant Organisation => organisation;

    public ReportDocument Document => document;

    public ReportColumn Column => column;

    /// <summary>A row as a part: of an account with its lines, else to be opened by itself.</summary>
    public MakeUpPart Part(ReportRow row, int sign)
    {
        var amount = sign * (row.Values[_index].Number ?? 0);
        if (row.AccountId is not { } id || row.Key == "retainedEarnings")
        {
            return new MakeUpPart(row.Key, row.Label, amount) { RowKey = row.Key };
        }

        // Gone from the chart, but its lines are there.
        var account = accounts.FirstOrDefault(account => account.AccountId == id) ?? StatementBooks.Unknown(id);

        // On the other side of the sheet in this column, so nothing of the account is here.
        if (StatementPeriods.IsPlanned(column.Key) || (document.Parameters.OverdraftsInLiabilities == true && account.Type == "BANK" && amount == 0))
        {
            return new MakeUpPart(row.Key, row.Label, amount) { AccountId = id, Code = account.Code };
        }

        var (scope, turn) = Lines(account, row);
        return new MakeUpPart(row.Key, row.Label, amount) { AccountId = id, Code = account.Code, Lines = scope, Sign = sign * turn, IsPayroll = PayrollRules.IsPayroll(account) };
    }

    private (LineScope Scope, int Sign) Lines(Account account, ReportRow row) => document.Type switch
    {
        ReportTypes.Custom => OfLayout(account, row.Key.Split(':') is [_, _, var kind, _] ? kind : ""),
        ReportTypes.BalanceSheet => (LineScope.Ledger(account.AccountId, organisation.FinancialYear.StartOf(column.To!.Value), column.To.Value) with { IsBalance = true }, row.Key.StartsWith(BalanceSheet.OverdraftKey, StringComparison.Ordinal) ? -1 : Sign(account)),
        ReportTypes.CashFlow when document.Parameters.Method == ReportWords.Direct => (DrillBooks.Moving(account.AccountId, Days, DrillBooks.Banks(accounts)), -1),
        ReportTypes.CashFlow when account.IsProfitAndLoss => (Statement(account), 1),
        ReportTypes.CashFlow when CashFlowBuckets.Of(account) == CashFlowBucket.Investing => (Statement(account) with { XeroOnlyFrom = null, Opening = false }, -1),
        ReportTypes.CashFlow => (Statement(account), -1),
        _ => (Tracked(Statement(account)), Sign(account)),
    };

    // The keys of a layout's account rows say what they count, and from which side.
    private (LineScope Scope, int Sign) OfLayout(Account account, string kind) => (
        kind is "balance" or "net" ? LineScope.Ledger(account.AccountId, organisation.FinancialYear.StartOf(column.To!.Value), column.To.Value) with { IsBalance = true } : Tracked(Statement(account)),
        kind switch { "effect" => -1, "net" => 1, _ => Sign(account) });

    private Days Days => new(column.From!.Value, column.To!.Value);

    private static int Sign(Account account) => StatementSection.Of(account).IsCredit ? -1 : 1;

    private LineScope Statement(Account account) => LineScope.Statement(account.AccountId, Days, organisation.FinancialYear, organisation.BooksStart);

    // What has no option stands beside those that have one; what only Xero knows has none.
    private LineScope Tracked(LineScope scope) => (document.Parameters, column.Key) switch
    {
        ({ TrackingCategoryId: null }, _) => scope,
        ({ TrackingOptionId: { } only }, _) => Documents(scope) with { Option = only },
        (_, "notInTracking") => scope with { Documents = false },
        (_, "unassigned") => Documents(scope) with { NoneOf = options },
        (_, var key) when key.StartsWith("option:", StringComparison.Ordinal) && Guid.TryParse(key["option:".Length..], out var option) => Documents(scope) with { Option = option },
        _ => scope,
    };

    private static LineScope Documents(LineScope scope) => scope with { XeroOnlyFrom = null, Opening = false };
}
