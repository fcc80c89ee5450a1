using XeroCfo.Domain.Ledger;

namespace XeroCfo.Domain.Reports;

/// <summary>Turns rows with an amount for each period into a report's columns: amounts, percent of income, comparison, what lies ahead. Pure.</summary>
internal sealed class StatementLayout(ReportPlan plan, StatementPeriods periods)
{
    private readonly bool _percent = plan.Parameters.PercentOfIncome == true;

    // The comparison stands after what is compared.
    private readonly int _before = periods.Main + 1 + periods.Compared;

    private bool Compares => periods.Compared > 0;

    private bool IsAgainstBudget => Compares && periods.All[periods.Main + 1].Source == ColumnSource.Budget;

    public ReportBody Body(IReadOnlyList<StatementRow> rows, IReadOnlyList<ReportCheck> checks, IReadOnlyList<ReportNote> notes)
    {
        var income = _percent ? rows.FirstOrDefault(row => row.Key == StatementSection.Income.Key) : null;
        return new ReportBody([.. Columns()], [.. rows.Select(row => Row(row, income))], checks, [.. notes, .. Empty()]) { Parameters = plan.Parameters };
    }

    private IEnumerable<ReportColumn> Columns()
    {
        foreach (var (index, period) in periods.All.Index())
        {
            if (index == _before)
            {
                foreach (var column in Comparison())
                {
                    yield return column;
                }
            }

            yield return new ReportColumn(period.Key, period.Title, ReportTypes.IsAtADay(plan.Type) ? null : period.Days.First, period.Days.Last, ReportColumnKind.Amount, period.Complete);
            if (_percent)
            {
                yield return new ReportColumn($"{period.Key}:percentOfIncome", "% of income", period.Days.First, period.Days.Last, ReportColumnKind.Percent, period.Complete);
            }
        }

        foreach (var column in _before == periods.All.Count ? Comparison() : [])
        {
            yield return column;
        }
    }

    private IEnumerable<ReportColumn> Comparison() => !Compares ? [] :
    [
        new ReportColumn("variance", IsAgainstBudget ? "Variance" : "Change", null, null, ReportColumnKind.Variance),
        new ReportColumn("variancePercent", "%", null, null, ReportColumnKind.Percent),
        new ReportColumn("favourable", IsAgainstBudget ? "Favourable or not" : "Better or worse", null, null, ReportColumnKind.Favourable),
    ];

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
            Unit = row.Unit,
            Values = isHeading ? [] : [.. Values(row, income)],
            XeroOnly = isHeading ? [] : [.. XeroOnly(row)],
        };
    }

    private IEnumerable<ReportValue> Values(StatementRow row, StatementRow? income)
    {
        for (var period = 0; period < periods.All.Count; period++)
        {
            if (period == _before)
            {
                foreach (var value in Compared(row))
                {
                    yield return value;
                }
            }

            yield return row.Amounts[period]?.Total;
            if (_percent)
            {
                yield return row is not { Kind: ReportRowKind.Text, Favour: Favour.Neutral } && row.Amounts[period] is { } amount && income?.Amounts[period] is { Total: > 0 } whole ? Variance.Fraction(amount.Total, whole.Total) : ReportValue.None;
            }
        }

        foreach (var value in _before == periods.All.Count ? Compared(row) : [])
        {
            yield return value;
        }
    }

    private ReportValue[] Compared(StatementRow row)
    {
        if (!Compares)
        {
            return [];
        }

        // Shares differ by points, which have no percentage.
        var (actual, comparator) = (row.Amounts[periods.Main]?.Total, row.Amounts[periods.Main + 1]?.Total);
        return
        [
            actual - comparator,
            actual is { } left && comparator is { } right && row.Unit != ReportUnits.Percent ? Variance.Percent(left, right) : ReportValue.None,
            actual is { } mine && comparator is { } other ? Variance.Word(mine, other, row.Favour) : ReportValue.None,
        ];
    }

    private IEnumerable<decimal?> XeroOnly(StatementRow row)
    {
        for (var period = 0; period < periods.All.Count; period++)
        {
            if (period == _before && Compares)
            {
                yield return null;
                yield return null;
                yield return null;
            }

            yield return row.Amounts[period] is { XeroOnly: not 0 and var part } ? part : null;
            if (_percent)
            {
                yield return null;
            }
        }

        if (_before == periods.All.Count && Compares)
        {
            yield return null;
            yield return null;
            yield return null;
        }
    }

    private IEnumerable<ReportNote> Empty() =>
        from period in periods.All
        where period.EmptyBecause is not null
        select new ReportNote(period.Source == ColumnSource.Actual ? "before-books-start" : "budget-missing", $"{period.Title} is empty: {period.EmptyBecause}.", null, period.Days.Last);
}
