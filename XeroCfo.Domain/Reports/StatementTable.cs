using XeroCfo.Domain.Ledger;

namespace XeroCfo.Domain.Reports;

/// <summary>One amount of a row in each period, display sign; null where a period has no figures.</summary>
public sealed record StatementRow(string Key, string Label, ReportRowKind Kind, int Depth, Guid? AccountId, IReadOnlyList<SourcedAmount?> Amounts, Favour Favour)
{
    /// <summary>One of <see cref="ReportUnits"/> where it is not money.</summary>
    public string? Unit { get; init; }
}

/// <summary>Which way is better.</summary>
public enum Favour
{
    /// <summary>Neither: balance-sheet rows.</summary>
    Neutral,

    /// <summary>More is better: income, profit, cash.</summary>
    Up,

    /// <summary>Less is better: costs.</summary>
    Down,
}

/// <summary>Rows of a statement while they are made, all periods side by side. Display signs.</summary>
internal sealed class StatementTable(int periods, bool showZero)
{
    private readonly List<StatementRow> _rows = [];

    public IReadOnlyList<StatementRow> Rows => _rows;

    /// <summary>A heading, a row for each account and their total; nothing at all where no account has an amount.</summary>
    /// <returns>The total in each period.</returns>
    public IReadOnlyList<SourcedAmount?> AddSection(
        StatementSection section, IReadOnlyList<Account> accounts, IReadOnlyList<IReadOnlyDictionary<Guid, SourcedAmount>?> amounts, Favour favour, IEnumerable<StatementRow>? more = null)
    {
        var lines = accounts.Where(account => StatementSection.Of(account) == section).Select(account => Line(section, account, amounts, favour)).Concat(more ?? [])
            .Where(row => showZero ? row.AccountId is null || accounts.First(account => account.AccountId == row.AccountId).Status == "ACTIVE" || HasAmount(row) : HasAmount(row)).ToList();
        return AddGroup(section.Key, section.Heading, section.Total, lines, favour);
    }

    /// <summary>The same with rows that are made already.</summary>
    public IReadOnlyList<SourcedAmount?> AddGroup(string key, string heading, string total, IReadOnlyList<StatementRow> lines, Favour favour, bool always = false)
    {
        var sums = Enumerable.Range(0, periods).Select(period => lines.Count > 0 && lines.All(line => line.Amounts[period] is null) ? null
            : (SourcedAmount?)lines.Aggregate(default(SourcedAmount), (sum, line) => sum + (line.Amounts[period] ?? default))).ToList();
        if (lines.Count > 0 || always)
        {
            AddHeading(key, heading);
            _rows.AddRange(lines);
            AddTotal(key, total, sums, favour, ReportRowKind.Subtotal);
        }

        return sums;
    }

    public void AddHeading(string key, string heading) => _rows.Add(new StatementRow($"{key}:heading", heading, ReportRowKind.Section, 0, null, [], Favour.Neutral));

    public void AddTotal(string key, string label, IReadOnlyList<SourcedAmount?> amounts, Favour favour, ReportRowKind kind = ReportRowKind.Total) =>
        _rows.Add(new StatementRow(key, label, kind, 0, null, amounts, favour));

    public void Add(StatementRow row) => _rows.Add(row);

    public static bool HasAmount(StatementRow row) => row.Amounts.Any(amount => amount is { } some && some != default);

    /// <summary>Period by period, each part with its sign; a period without figures has none here either.</summary>
    public static IReadOnlyList<SourcedAmount?> Sum(IReadOnlyList<bool> filled, params (int Sign, IReadOnlyList<SourcedAmount?> Amounts)[] parts) =>
    [
        .. filled.Select((isFilled, period) => isFilled
            ? (SourcedAmount?)parts.Aggregate(default(SourcedAmount), (sum, part) => sum + Signed(part.Sign, part.Amounts[period] ?? default))
            : null),
    ];

    private static SourcedAmount Signed(int sign, SourcedAmount amount) => sign < 0 ? -amount : amount;

    private static StatementRow Line(StatementSection section, Account account, IReadOnlyList<IReadOnlyDictionary<Guid, SourcedAmount>?> amounts, Favour favour) => new(
        $"account:{account.AccountId:D}", account.Name, ReportRowKind.Line, 1, account.AccountId,
        [.. amounts.Select(period => period is null ? (SourcedAmount?)null : Signed(section.IsCredit ? -1 : 1, period.GetValueOrDefault(account.AccountId)))],
        favour);
}
