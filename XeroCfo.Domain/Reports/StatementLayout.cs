using XeroCfo.Domain.Ledger;

namespace XeroCfo.Domain.Reports;

/// <summary>Turns rows with an amount for each period into a report's columns: amounts, percent of income, comparison. Pure.</summary>
internal sealed class StatementLayout(ReportPlan plan, IReadOnlyList<ReportPeriod> periods)
{
    private readonly int _main = periods.Count - plan.Compared.Count - 1;
    private readonly bool _percent = plan.Parameters.PercentOfIncome == true;

    private bool Compares => plan.Compared.Count > 0;

    public ReportBody Body(IReadOnlyList<StatementRow> rows, IReadOnlyList<ReportCheck> checks, IReadOnlyList<ReportNote> notes)
    {
        var income = _percent ? rows.FirstOrDefault(row => row.Key == StatementSection.Income.Key) : null;
        return new ReportBody([.. Columns()], [.. rows.Select(row => Row(row, income))], checks, [.. notes, .. Empty()]);
    }

    private IEnumerable<ReportColumn> Columns()
    {
        foreach (var period in periods)
        {
            yield return new ReportColumn(period.Key, period.Title, ReportTypes.IsAtADay(plan.Type) ? null : period.Days.First, period.Days.Last, ReportColumnKind.Amount, period.Complete);
            if (_percent)
            {
                yield return new ReportColumn($"{period.Key}:percentOfIncome", "% of income", period.Days.First, period.Days.Last, ReportColumnKind.Percent, period.Complete);
            }
        }

        if (Compares)
        {
            yield return new ReportColumn("variance", "Change", null, null, ReportColumnKind.Variance);
            yield return new ReportColumn("variancePercent", "%", null, null, ReportColumnKind.Percent);
            yield return new ReportColumn("favourable", "Better or worse", null, null, ReportColumnKind.Favourable);
        }
    }

    private ReportRow Row(StatementRow row, StatementRow? income)
    {
        var isHeading = row.Kind == ReportRowKind.Section;
        return new ReportRow
        {
            Key = row.Key,
            Label = row.Label,
            Kind = row.Kind,
            Depth = row.Depth,
            AccountId = row.AccountId,
            Values = isHeading ? [] : [.. Values(row, income)],
            XeroOnly = isHeading ? [] : [.. XeroOnly(row)],
        };
    }

    private IEnumerable<ReportValue> Values(StatementRow row, StatementRow? income)
    {
        for (var period = 0; period < periods.Count; period++)
        {
            yield return row.Amounts[period]?.Total;
            if (_percent)
            {
                yield return row.Amounts[period] is { } amount && income?.Amounts[period] is { Total: > 0 } whole ? Variance.Fraction(amount.Total, whole.Total) : ReportValue.None;
            }
        }

        if (Compares)
        {
            var (actual, comparator) = (row.Amounts[_main]?.Total, row.Amounts[_main + 1]?.Total);
            yield return actual - comparator;
            yield return actual is { } left && comparator is { } right ? Variance.Percent(left, right) : ReportValue.None;
            yield return actual is { } mine && comparator is { } other ? Variance.Word(mine, other, row.Favour) : ReportValue.None;
        }
    }

    private IEnumerable<decimal?> XeroOnly(StatementRow row)
    {
        foreach (var amount in row.Amounts)
        {
            yield return amount is { XeroOnly: not 0 and var part } ? part : null;
            if (_percent)
            {
                yield return null;
            }
        }

        if (Compares)
        {
            yield return null;
            yield return null;
            yield return null;
        }
    }

    private IEnumerable<ReportNote> Empty() =>
        from period in periods
        where period.EmptyBecause is not null
        select new ReportNote("before-books-start", $"{period.Title} is empty: {period.EmptyBecause}.", null, period.Days.Last);
}
