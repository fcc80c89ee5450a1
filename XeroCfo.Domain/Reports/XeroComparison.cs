using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Reports;

/// <summary>An account in our statement and in Xero's own. Display signs.</summary>
/// <param name="AccountId">Null for current year earnings, which no account holds.</param>
/// <param name="Name">In words.</param>
/// <param name="Ours">Our amount.</param>
/// <param name="Theirs">Xero's.</param>
public sealed record ComparedAccount(Guid? AccountId, string Name, decimal Ours, decimal Theirs)
{
    /// <summary>Xero − ours.</summary>
    public decimal Difference => Theirs - Ours;

    /// <summary>Xero's own report pages are out by up to five cents now and then; our books never are.</summary>
    public bool IsRounding => Difference != 0 && Math.Abs(Difference) <= 0.05m;
}

/// <summary>Our statement beside the one that Xero itself reports.</summary>
public sealed record XeroComparison(ReportDocument Report, DateTime ReadAt, IReadOnlyList<ComparedAccount> Accounts)
{
    public const string Key = "sameAsXerosReport";

    /// <summary>In one line; a difference of a few cents is said to be one and is no plain tick.</summary>
    public ReportCheck Check
    {
        get
        {
            var apart = Accounts.Where(account => account.Difference != 0).ToList();
            var sum = apart.Sum(account => account.Difference);
            return new ReportCheck(
                Key, "Same as Xero's report", apart.TrueForAll(account => account.IsRounding) ? CheckStatus.Pass : CheckStatus.Fail, Accounts.Sum(account => account.Theirs), Accounts.Sum(account => account.Ours), -sum,
                apart.Count == 0 ? $"All {Accounts.Count} accounts are the same"
                : apart.TrueForAll(account => account.IsRounding) ? "Rounding in Xero: " + Names(apart)
                : "Differ: " + Names(apart));
        }
    }

    /// <summary>Puts the two beside each other. Pure.</summary>
    public static XeroComparison Of(ReportDocument report, XeroStatement xero)
    {
        var earnings = report.Rows.FirstOrDefault(row => row.Key == "currentYearEarnings");
        var ours = report.Rows.Where(row => row.AccountId is not null && row.Kind == ReportRowKind.Line && row.Values.Count > 0).ToList();
        var names = ours.ToDictionary(row => row.AccountId!.Value, row => row.Label);
        var amounts = ours.ToDictionary(row => row.AccountId!.Value, row => row.Values[0].Number ?? 0);
        var accounts = amounts.Keys.Union(xero.Accounts.Keys)
            .Select(id => new ComparedAccount(id, names.GetValueOrDefault(id) ?? "Only in Xero's report", amounts.GetValueOrDefault(id), xero.Accounts.GetValueOrDefault(id)))
            .Where(account => account.Ours != 0 || account.Theirs != 0)
            .ToList();
        if (earnings is not null && (earnings.Values[0].Number ?? 0) is var mine && (mine != 0 || xero.CurrentYearEarnings is not null))
        {
            accounts.Add(new ComparedAccount(null, earnings.Label, mine, xero.CurrentYearEarnings ?? 0));
        }

        return new XeroComparison(report, xero.ReadAt, [.. accounts.OrderByDescending(account => Math.Abs(account.Difference))]);
    }

    private static string Names(List<ComparedAccount> accounts) =>
        string.Join(", ", accounts.Take(5).Select(account => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{account.Name} {account.Difference:#,##0.00}")))
        + (accounts.Count > 5 ? $" and {accounts.Count - 5} more" : "");
}

/// <summary>Reads Xero's own statement on request and compares it with ours, account by account.</summary>
public sealed class XeroComparisonService(ITenantRepository tenants, ReportService reports, IXeroSource xero)
{
    /// <summary>One call to Xero; only for profit and loss of at most a year and the balance sheet, without an interval, comparison or tracking.</summary>
    public async Task<Result<XeroComparison>> CompareAsync(Caller caller, TenantId tenant, string? type, ReportParameters asked, CancellationToken ct)
    {
        // Each look is one of the day's calls: for those who may sync.
        if (caller.Lacks(Permissions.SyncWrite, tenant) is { } lacking)
        {
            return lacking;
        }

        var made = await reports.RunAsync(caller, tenant, type, asked with { Interval = null, Compare = null, TrackingCategoryId = null, TrackingOptionId = null, PercentOfIncome = null, ManagementLines = null, OverdraftsInLiabilities = null }, ct);
        if (made.Problem is { } refused)
        {
            return refused;
        }

        var report = made.Value;
        if (report.Type is not (ReportTypes.ProfitAndLoss or ReportTypes.BalanceSheet))
        {
            return Problem.Invalid("type", "Xero reports profit and loss and balance sheet only in a way that can be compared.");
        }

        if (report.From is { } first && report.To.DayNumber - first.DayNumber > 365)
        {
            return Problem.Invalid("from", "Xero answers for at most a year: choose fewer days.");
        }

        if (await tenants.FindAsync(tenant, ct) is not { } organisation)
        {
            return TenantProblems.Unknown;
        }

        var opened = await xero.OpenAsync(organisation, CallPurposes.Checks, ct);
        if (opened.Problem is { } away)
        {
            return away;
        }

        var read = report.From is { } from ? await opened.Value.ProfitAndLossAsync(from, report.To, ct) : await opened.Value.BalanceSheetAsync(report.To, ct);
        return read.Problem is { } unread ? unread : XeroComparison.Of(report, read.Value);
    }
}
