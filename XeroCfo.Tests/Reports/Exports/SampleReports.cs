using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Reports;
using XeroCfo.Web.Reports.Exports;

namespace XeroCfo.Tests.Reports.Exports;

/// <summary>Reports made by hand, for what real books seldom hold.</summary>
internal static class SampleReports
{
    public static readonly Guid Noted = Guid.Parse("11111111-1111-1111-1111-111111111111");

    /// <summary>A profit and loss statement over months with a total, of as many lines as asked for.</summary>
    public static ReportDocument ProfitAndLoss(int months, int lines, string organisation = "Tūī & Ash Limited", Func<int, string>? label = null)
    {
        var first = new DateOnly(2025, 11, 1);
        List<ReportColumn> columns =
        [
            .. Enumerable.Range(0, months).Select(index => first.AddMonths(index)).Select(month => new ReportColumn($"{month:yyyy-MM}", $"{month:MMM yyyy}", month, month.AddMonths(1).AddDays(-1), ReportColumnKind.Amount)),
            new ReportColumn("total", "Total", first, first.AddMonths(months).AddDays(-1), ReportColumnKind.Amount),
        ];
        var income = Row("account:a", "Sales", ReportRowKind.Line, 1, [.. Enumerable.Range(0, months).Select(month => 150_000.25m + month)]);
        var costs = Enumerable.Range(0, lines)
            .Select(line => Row($"account:{line}", label?.Invoke(line) ?? $"Cost {line}", ReportRowKind.Line, 1, [.. Enumerable.Range(0, months).Select(month => line == 3 ? -12.34m : 1_000.5m + (line * 7) + month)]))
            .ToList();
        costs[0] = costs[0] with { AccountId = Noted, XeroOnly = [.. columns.Select((_, index) => index == 0 ? (decimal?)100 : null)] };
        var (revenue, expenses) = (Sum("income", "Total income", ReportRowKind.Subtotal, [(1, income)]), Sum("operatingExpenses", "Total operating expenses", ReportRowKind.Subtotal, [.. costs.Select(cost => (1, cost))]));
        return Of(ReportTypes.ProfitAndLoss, first, first.AddMonths(months).AddDays(-1), columns, [
            Head("income", "Income"), income, revenue, Sum("grossProfit", "Gross profit", ReportRowKind.Total, [(1, revenue)]),
            Head("operatingExpenses", "Less operating expenses"), .. costs, expenses, Sum("netProfit", "Net profit", ReportRowKind.Total, [(1, revenue), (-1, expenses)]),
        ]) with
        { Organisation = organisation };
    }

    /// <summary>Receivables at a day with a row for each name.</summary>
    public static ReportDocument Aged(params string[] names)
    {
        List<ReportColumn> columns = [.. Ageing.Months.Select(bucket => new ReportColumn(bucket.Key, bucket.Title, null, new DateOnly(2026, 11, 20), ReportColumnKind.Amount)), new ReportColumn("total", "Total", null, new DateOnly(2026, 11, 20), ReportColumnKind.Amount)];
        var rows = names.Select((name, index) => Row($"contact:{index}", name, ReportRowKind.Line, 0, [index, 0m, 0m, 12.5m, 0m, 0m])).ToList();
        return Of(ReportTypes.AgedReceivables, null, new DateOnly(2026, 11, 20), columns, [.. rows, Sum("total", "Total", ReportRowKind.Total, [.. rows.Select(row => (1, row))])]);
    }

    public static ExportTable Table(ReportDocument document, ExportOptions? options = null) => new(document, new Dictionary<Guid, string> { [Noted] = "477" }, options ?? new ExportOptions());

    private static ReportDocument Of(string type, DateOnly? from, DateOnly to, IReadOnlyList<ReportColumn> columns, IReadOnlyList<ReportRow> rows) => new()
    {
        Type = type,
        Title = ReportTypes.TitleOf(type),
        Organisation = "Tūī & Ash Limited",
        Currency = "NZD",
        Basis = ReportWords.Accrual,
        From = from,
        To = to,
        GeneratedAt = new DateTime(2026, 11, 20, 9, 20, 0, DateTimeKind.Utc),
        DataAsOf = new DateTime(2026, 11, 20, 9, 14, 0, DateTimeKind.Utc),
        LedgerVersion = 12,
        SyncInProgress = false,
        Parameters = new ReportParameters(),
        Columns = columns,
        Rows = rows,
        Checks =
        [
            new ReportCheck(ReportChecks.TrialBalanceZero, "Trial balance", CheckStatus.Pass, 0, 0, 0, "All balances together"),
            new ReportCheck(ReportChecks.TiesToXero, "Ties to Xero", CheckStatus.Fail, 10, 22.4m, 12.4m, "Differ from Xero: Power 12.40"),
            new ReportCheck(ReportChecks.StandsOnDocuments, "Stands on documents", CheckStatus.Unknown, null, null, null, "Xero has not been read"),
        ],
        Notes = [new ReportNote("left-out", "Cost 0: left out.", Noted, to, 92_744m)],
    };

    private static ReportRow Head(string key, string label) => new() { Key = $"{key}:heading", Label = label, Kind = ReportRowKind.Section };

    private static ReportRow Row(string key, string label, ReportRowKind kind, int depth, IReadOnlyList<decimal> amounts) =>
        new() { Key = key, Label = label, Kind = kind, Depth = depth, Values = [.. amounts.Append(amounts.Sum()).Select(amount => (ReportValue)amount)] };

    private static ReportRow Sum(string key, string label, ReportRowKind kind, IReadOnlyList<(int Sign, ReportRow Row)> parts) => new()
    {
        Key = key,
        Label = label,
        Kind = kind,
        Values = [.. Enumerable.Range(0, parts[0].Row.Values.Count).Select(index => (ReportValue)parts.Sum(part => part.Sign * part.Row.Values[index].Number!.Value))],
    };
}
