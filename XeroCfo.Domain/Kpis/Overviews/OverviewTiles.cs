using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;

namespace XeroCfo.Domain.Kpis.Overviews;

/// <summary>Makes the tiles and the months from the books. Pure.</summary>
internal sealed class OverviewTiles(KpiBooks books, OverviewDays days, IReadOnlyList<Days> months, KpiSet kpis)
{
    private const int DebtorMonths = 3, FewMonths = 2;

    private static readonly KpiContext Alone = new(null, null, null, [], null);

    /// <summary>What the budget plans; null: there is none.</summary>
    public OverviewPlan? Plan { get; init; }

    /// <summary>The sums that the days stand beside; null where the books, or the budget, do not reach.</summary>
    public KpiFigures? Before => field ??= days.Compare == OverviewCompare.Budget ? Plan?.Figures(books, days.Now)
        : days.Before is { } other ? books.Beside(other, days.Now) : null;

    /// <summary>The alert level of cash.</summary>
    public decimal? Buffer => kpis.TargetOf("cash")?.AlertLevel;

    public static Days YearBefore(Days days) => ReportPeriods.LastYear(days);

    /// <summary>So many months up to a day.</summary>
    public static Days Over(DateOnly day, int months) => new(ReportPeriods.Shifted(day, -months).AddDays(1), day);

    public IReadOnlyList<OverviewTile> All(OpenBooks open, CashMarker? tax) =>
    [
        Tile("cash"),
        Tile("income"),
        Tile("grossMargin"),
        Tile("netProfit"),
        Tile("receivables") with { Name = "Owed to us", Good = GoodDirection.Down, Beside = open.Overdue },
        Tile("payables") with { Name = "We owe", Beside = open.DueInWeek },
        Tile("dso", DebtorMonths),
        new OverviewTile(
            "taxDue", "Tax due next", KpiUnit.Money, GoodDirection.Context, tax is null ? KpiValue.None("This organisation has no sales tax account, or no books yet") : KpiValue.Of(-tax.Amount), KpiValue.None("A date is not compared"), [])
        {
            Day = SalesTax?.Due, Over = SalesTax?.Period, Beside = SalesTax is { IsOver: true } ? 1 : 0,
        },
    ];

    /// <summary>The sales tax account's balance on the day of the next return; paid out −. Null: there is none, or nothing is owed.</summary>
    public CashMarker? TaxDue()
    {
        if (SalesTax is not { } next || Account is not { } account)
        {
            return null;
        }

        var owed = -books.Books.Movements.InLedger(null, next.IsOver && next.Period.Last < days.Now.Last && months.Any(month => month.Last == next.Period.Last) ? next.Period.Last : days.Now.Last).GetValueOrDefault(account.AccountId).Total;
        return new CashMarker(next.Due ?? next.Period.Last, -owed, account.Name, null, true);
    }

    /// <summary>Income and profit of each month beside the year before.</summary>
    public IReadOnlyList<ProfitMonth> ProfitMonths() =>
    [
        .. months.Select(month =>
        {
            var (now, before, planned) = (books.Figures(month), InBooks(YearBefore(month)) is { } earlier ? books.Beside(earlier, month) : null, Plan?.Figures(books, month));
            return new ProfitMonth(Month.Of(month.Last), month, now.Income.Value ?? 0, now.NetProfit.Value ?? 0, before?.Income.Value, before?.NetProfit.Value, month.Last == Month.Of(month.Last).End && month.Last < days.Today)
            {
                IncomePlanned = planned?.Income.Value,
                ProfitPlanned = planned?.NetProfit.Value,
            };
        }),
    ];

    private SalesTaxDue? SalesTax => SalesTaxDates.Next(books.Organisation, days.Now.Last);

    private Account? Account => books.Books.Accounts.FirstOrDefault(account => account.SystemAccount == SystemAccounts.SalesTax);

    /// <param name="key">Of the catalogue.</param>
    /// <param name="over">Counted over so many months up to the day; null: over the overview's days.</param>
    private OverviewTile Tile(string key, int? over = null)
    {
        var definition = KpiCatalogue.Find(key)!;
        var now = Range(days.Now, over);
        return new OverviewTile(
            key, definition.Name, definition.Unit, definition.Good,
            now is { } range ? Value(key, range) : KpiValue.None("Needs three months of books"),
            ValueBefore(key, over),
            months.Count < FewMonths ? [] : [.. months.Select(month => Range(month, over) is { } point ? Value(key, point).Value : null)])
        {
            Target = kpis.TargetOf(key),
            Over = over is null ? null : now,
            Suggested = books.Figures(days.Now).Suggested([.. KpiCatalogue.TagsOf(key)]),
        };
    }

    private KpiValue ValueBefore(string key, int? over)
    {
        if (days.Compare == OverviewCompare.Budget)
        {
            return !OverviewPlan.Planned.Contains(key) ? KpiValue.None("not budgeted") : Before is { } planned ? KpiCatalogue.Value(key, planned, Alone).Value : KpiValue.None("nothing is planned for these days");
        }

        var figures = over is null ? Before : days.Before is { } other && Range(other, over) is { } earlier ? books.Figures(earlier) : null;
        return figures is null ? KpiValue.None("nothing to compare with") : KpiCatalogue.Value(key, figures, Alone).Value;
    }

    private Days? Range(Days range, int? over) => over is { } count ? InBooks(Over(range.Last, count)) : range;

    private KpiValue Value(string key, Days range) => KpiCatalogue.Value(key, books.Figures(range), Alone).Value;

    private Days? InBooks(Days range) => books.Organisation.BooksStart is not { } start || range.First >= start ? range : null;
}
