using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Reports;

/// <summary>Income and expenses by tracking, column by column.</summary>
/// <param name="Periods">The columns.</param>
/// <param name="Amounts">Of each column, by account, debit +; null: it has no figures.</param>
/// <param name="Because">Why proofs about the whole cannot be given; null: a column holds the whole.</param>
/// <param name="Notes">What a reader has to know.</param>
/// <param name="WholeProfit">Net profit of all tracking together in each column, profit +; null: a column holds the whole.</param>
public sealed record TrackedColumns(StatementPeriods Periods, IReadOnlyList<IReadOnlyDictionary<Guid, SourcedAmount>?> Amounts, string? Because, IReadOnlyList<ReportNote> Notes, IReadOnlyList<SourcedAmount?>? WholeProfit)
{
    /// <summary>
    /// Net profit of the rest and of the whole under a profit and loss statement of one part, which together always give the whole, in every column
    /// that has figures; none where a column holds the whole.
    /// </summary>
    public IEnumerable<StatementRow> Rest(IReadOnlyList<StatementRow> rows)
    {
        if (WholeProfit is null)
        {
            yield break;
        }

        var part = rows.First(row => row.Key == "netProfit");
        yield return new StatementRow(
            "restOfProfit", "Net profit of the rest: other options, without one, not in tracking", ReportRowKind.Text, 0, null,
            [.. WholeProfit.Select((amount, at) => amount is { } all && part.Amounts[at] is { } own ? all + -own : (SourcedAmount?)null)], Favour.Neutral);
        yield return new StatementRow("wholeProfit", "Net profit of the whole organisation", ReportRowKind.Text, 0, null, WholeProfit, Favour.Neutral);
    }
}

/// <summary>
/// Takes income and expenses apart by tracking. What Xero's trial balance holds beyond documents has no option: it stands beside them under
/// "Not in tracking". Pure.
/// </summary>
internal sealed class TrackedStatement(StatementBasis basis, TrackingCategory category)
{
    private readonly ReportPlan _plan = basis.Plan;
    private readonly StatementBooks _books = basis.Books;

    /// <summary>The documents of one option over the usual columns.</summary>
    public TrackedColumns OfOption(Guid option, IReadOnlyDictionary<Days, IReadOnlyList<TrackingBalance>> tracked)
    {
        var name = category.Options.First(one => one.OptionId == option).Name;
        var periods = basis.Periods;
        var columns = periods.All.Select(period => StatementPeriods.Amounts(period, _plan, days => Amounts(tracked[days].Where(row => Has(row, option))), basis.Budget)).ToList();
        var whole = -_books.Profit(_plan.Range).Values.Sum(amount => amount.Total);
        var part = -(columns[periods.Main]?.Values.Sum(amount => amount.Total) ?? 0);
        return new TrackedColumns(
            periods, columns, $"Only {category.Name}: {name} is shown",
            [new ReportNote("tracking", $"Only {category.Name}: {name}. Other options, documents without one and what is not in tracking make up the rest of net profit.", null, _plan.Date, whole - part)],
            [.. periods.All.Select(WholeProfit)]);
    }

    /// <summary>A column for each option, then what has none, what is not in tracking, and all of it.</summary>
    public TrackedColumns ByOption(IReadOnlyList<TrackingBalance> tracked)
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
        var periods = columns.ConvertAll(column => new ReportPeriod(column.Item2, column.Item1, _plan.Range, _plan.Date < _plan.Today));
        return new TrackedColumns(new StatementPeriods(periods, periods.Count - 1, 0), [.. columns.Select(column => column.Item3)], null, [], null);
    }

    private SourcedAmount? WholeProfit(ReportPeriod period) => period.Source == ColumnSource.Actual && StatementPeriods.ActualDays(period, _plan) is { } days
        ? _books.Profit(days).Values.Aggregate(default(SourcedAmount), (sum, amount) => sum + -amount)
        : null;

    // Which of its two places an option stands in depends on the document, not on the category.
    private static bool Has(TrackingBalance row, Guid option) => row.Option1 == option || row.Option2 == option;

    private Dictionary<Guid, SourcedAmount> Amounts(IEnumerable<TrackingBalance> rows) =>
        rows.Where(row => _books.IsIncomeOrExpense(row.AccountId)).GroupBy(row => row.AccountId).ToDictionary(group => group.Key, group => new SourcedAmount(0, group.Sum(row => row.Movement), 0));
}

/// <summary>Reads what a statement by tracking is made from.</summary>
public sealed class TrackedReading(IMovementReader movements, ITrackingReader tracking)
{
    /// <summary>One option over the usual columns, or a column for each option with what has none beside it: together always the whole.</summary>
    /// <returns>Refuses a category or an option that the organisation does not have.</returns>
    public async Task<Result<TrackedColumns>> ReadAsync(StatementBasis basis, CancellationToken ct)
    {
        var plan = basis.Plan;
        var tenant = new TenantId(plan.Organisation.Id);
        var categories = await tracking.CategoriesAsync(tenant, ct);
        var (categoryId, optionId) = (plan.Parameters.TrackingCategoryId, plan.Parameters.TrackingOptionId);
        if (categories.FirstOrDefault(category => category.Id == categoryId) is not { } category)
        {
            return Problem.Invalid("trackingCategoryId", categories.Count == 0
                ? "This organisation tracks nothing."
                : $"There is no such tracking category; there are {string.Join(", ", categories.Select(one => $"{one.Name} ({one.Id:D})"))}.");
        }

        if (optionId is { } option && category.Options.All(one => one.OptionId != option))
        {
            return Problem.Invalid("trackingOptionId", $"{category.Name} has no such option; it has {string.Join(", ", category.Options.Select(one => $"{one.Name} ({one.OptionId:D})"))}.");
        }

        var tracked = new TrackedStatement(basis, category);
        if (optionId is not { } only)
        {
            return tracked.ByOption(await movements.TrackedAsync(tenant, plan.Range, ct));
        }

        var read = new Dictionary<Days, IReadOnlyList<TrackingBalance>>();
        foreach (var days in basis.Periods.All.Select(period => StatementPeriods.ActualDays(period, plan)).OfType<Days>().Distinct())
        {
            read[days] = await movements.TrackedAsync(tenant, days, ct);
        }

        return tracked.OfOption(only, read);
    }
}
