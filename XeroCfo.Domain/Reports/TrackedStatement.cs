using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Reports;

/// <summary>
/// Profit and loss by tracking. What Xero's trial balance holds beyond documents has no option: it stands beside them under "Not in tracking".
/// Pure.
/// </summary>
internal sealed class TrackedStatement(StatementBasis basis, TrackingCategory category)
{
    private readonly ReportPlan _plan = basis.Plan;
    private readonly StatementBooks _books = basis.Books;

    /// <summary>The documents of one option over the usual columns.</summary>
    public ReportBody OfOption(Guid option, IReadOnlyDictionary<Days, IReadOnlyList<TrackingBalance>> tracked, StatementChecks checks)
    {
        var name = category.Options.First(one => one.OptionId == option).Name;
        var periods = basis.Periods;
        var rows = ProfitAndLoss.Rows(
            _books.Accounts,
            [.. periods.All.Select(period => StatementPeriods.Amounts(period, _plan, days => Amounts(tracked[days].Where(row => Has(row, option))), basis.Budget))],
            _plan.Parameters.ShowZero == true);
        var whole = -_books.Profit(_plan.Range).Values.Sum(amount => amount.Total);
        var part = rows.First(row => row.Key == "netProfit").Amounts[periods.Main]?.Total ?? 0;
        ReportNote[] notes =
        [
            new("tracking", $"Only {category.Name}: {name}. Other options, documents without one and what is not in tracking make up the rest of net profit.", null, _plan.Date, whole - part),
            .. StatementNotes.Of(_plan, _books, basis.Budget),
        ];
        return new StatementLayout(_plan, periods).Body([.. rows, .. Rest(rows)], checks.OfPart($"Only {category.Name}: {name} is shown"), notes);
    }

    // Part and rest are always the whole, in every column that has figures.
    private IEnumerable<StatementRow> Rest(IReadOnlyList<StatementRow> rows)
    {
        var part = rows.First(row => row.Key == "netProfit");
        var whole = basis.Periods.All.Select(period => period.Source == ColumnSource.Actual && StatementPeriods.ActualDays(period, _plan) is { } days
            ? _books.Profit(days).Values.Aggregate(default(SourcedAmount), (sum, amount) => sum + -amount)
            : (SourcedAmount?)null).ToList();
        yield return new StatementRow(
            "restOfProfit", "Net profit of the rest: other options, without one, not in tracking", ReportRowKind.Text, 0, null,
            [.. whole.Select((amount, at) => amount is { } all && part.Amounts[at] is { } own ? all + -own : (SourcedAmount?)null)], Favour.Neutral);
        yield return new StatementRow("wholeProfit", "Net profit of the whole organisation", ReportRowKind.Text, 0, null, whole, Favour.Neutral);
    }

    /// <summary>A column for each option, then what has none, what is not in tracking, and all of it.</summary>
    public ReportBody ByOption(IReadOnlyList<TrackingBalance> tracked, StatementChecks checks)
    {
        var whole = _books.Profit(_plan.Range);
        var options = category.Options.Select(option => (option.Name, Key: $"option:{option.OptionId:D}", Amounts: Amounts(tracked.Where(row => Has(row, option.OptionId)))))
            .Where(option => option.Amounts.Values.Any(amount => amount != default)).ToList();
        var assigned = options.SelectMany(option => option.Amounts).ToLookup(amount => amount.Key, amount => amount.Value.Documents);
        var columns = options
            .Append(("Unassigned", "unassigned", whole.ToDictionary(amount => amount.Key, amount => new SourcedAmount(0, amount.Value.Documents - assigned[amount.Key].Sum(), 0))))
            .Append(("Not in tracking", "notInTracking", whole.ToDictionary(amount => amount.Key, amount => amount.Value with { Documents = 0 })))
            .Append(("Total", "total", whole.ToDictionary(amount => amount.Key, amount => amount.Value)))
            .ToList();
        var rows = ProfitAndLoss.Rows(_books.Accounts, [.. columns.Select(column => column.Item3)], _plan.Parameters.ShowZero == true);
        var periods = columns.ConvertAll(column => new ReportPeriod(column.Item2, column.Item1, _plan.Range, _plan.Date < _plan.Today));
        return new StatementLayout(_plan, new StatementPeriods(periods, periods.Count - 1, 0)).Body(rows, checks.Of(rows, columns.Count - 1), StatementNotes.Of(_plan, _books, null));
    }

    // Which of its two places an option stands in depends on the document, not on the category.
    private static bool Has(TrackingBalance row, Guid option) => row.Option1 == option || row.Option2 == option;

    private Dictionary<Guid, SourcedAmount> Amounts(IEnumerable<TrackingBalance> rows) =>
        rows.Where(row => _books.IsIncomeOrExpense(row.AccountId)).GroupBy(row => row.AccountId).ToDictionary(group => group.Key, group => new SourcedAmount(0, group.Sum(row => row.Movement), 0));
}
