using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Xero;
using static XeroCfo.Tests.Ledger.UsualChart;

namespace XeroCfo.Tests.Ledger;

/// <summary>Xero's trial balances against what documents moved: the worked table, year ends, and what a difference is taken to be.</summary>
public sealed class TieOutTests
{
    private static readonly FinancialYear March31 = new(31, 3);
    private static readonly DateOnly[] Days = [WorkedBooks.January, WorkedBooks.February, WorkedBooks.March, WorkedBooks.April];

    /// <summary>Xero's balances at the four month ends.</summary>
    private static readonly Dictionary<string, decimal[]> Xero = new()
    {
        ["090"] = [1_000m, 1_100m, 1_150m, 1_220m],
        ["200"] = [-600m, -700m, -750m, -70m],
        ["477"] = [400m, 400m, 430m, 0m],
        ["803"] = [0m, 0m, -30m, -30m],
        ["960"] = [-800m, -800m, -800m, -1_120m],
    };

    [Theory]
    [InlineData(1, "090 100.00, 200 -100.00")]
    [InlineData(2, "090 50.00, 200 -50.00, 477 30.00, 803 -30.00")]
    [InlineData(3, "090 70.00, 200 -70.00")]
    public void Movements_follow_from_two_readings_also_across_the_year_end(int month, string movements) =>
        Assert.Equal(movements, Moved(TieOut(March31).Movements(Reading(month - 1), Reading(month))));

    [Theory]
    [InlineData(1, 100, "")]
    [InlineData(2, 50, "477 30.00 payroll, 803 -30.00 payroll")]
    [InlineData(3, 70, "")]
    [InlineData(1, 0, "090 100.00 unexplained, 200 -100.00 unexplained")]
    [InlineData(3, 75, "090 -5.00 unexplained, 200 5.00 unexplained")]
    public void Differences_are_what_documents_do_not_tell(int month, int sold, string lines)
    {
        var piece = new DocumentPiece(Days[month - 1], Days[month], new Dictionary<Guid, decimal> { [Id("090")] = sold, [Id("200")] = -sold });

        Assert.Equal(lines, Lines(TieOut(March31).Lines(Reading(month - 1), Reading(month), piece, LineSources.XeroTrialBalance)));
    }

    [Fact]
    public void The_void_of_March_changes_bank_and_sales_and_in_April_retained_earnings_alone()
    {
        Dictionary<string, decimal[]> after = new()
        {
            ["090"] = [1_000m, 1_100m, 1_100m, 1_170m],
            ["200"] = [-600m, -700m, -700m, -70m],
            ["477"] = Xero["477"],
            ["803"] = Xero["803"],
            ["960"] = [-800m, -800m, -800m, -1_070m],
        };

        Assert.Equal("477 30.00, 803 -30.00", Moved(TieOut(March31).Movements(Reading(1), Reading(2, after))));
        Assert.Equal("090 70.00, 200 -70.00", Moved(TieOut(March31).Movements(Reading(2, after), Reading(3, after))));
    }

    [Fact]
    public void Opening_lines_are_the_balances_that_are_not_zero() =>
        Assert.Equal("090 1000.00 , 200 -600.00 , 477 400.00 , 960 -800.00 ", Lines(Domain.Ledger.TieOut.Opening(Reading(0))));

    [Theory]
    [InlineData("2025-02-01", "2025-05-10", 31, 3, "2025-01-31 2025-02-28 2025-03-31 2025-04-30")]
    [InlineData("2025-02-01", "2025-02-01", 31, 3, "2025-01-31")]
    [InlineData("2025-02-01", "2025-02-28", 31, 3, "2025-01-31")]
    [InlineData("2025-02-01", "2025-03-01", 31, 3, "2025-01-31 2025-02-28")]
    [InlineData("2024-01-01", "2024-03-01", 29, 2, "2023-12-31 2024-01-31 2024-02-29")]
    [InlineData("2025-03-01", "2025-05-04", 5, 4, "2025-02-28 2025-03-31 2025-04-05 2025-04-30")]
    [InlineData("2025-04-01", "2025-04-05", 5, 4, "2025-03-31")]
    [InlineData("2025-04-01", "2025-04-06", 5, 4, "2025-03-31 2025-04-05")]
    public void Xero_is_read_at_month_ends_year_ends_and_before_the_books(string start, string today, int endDay, int endMonth, string points) =>
        Assert.Equal(points, string.Join(' ', Domain.Ledger.TieOut.CutPoints(Date(start), Date(today), new FinancialYear(endDay, endMonth)).Select(point => $"{point:yyyy-MM-dd}")));

    [Theory]
    [InlineData("477", "payroll")]
    [InlineData("803", "payroll")]
    [InlineData("498", "currency")]
    [InlineData("092", "currency")]
    [InlineData("630", "stock")]
    [InlineData("300", "stock")]
    [InlineData("090", "unexplained")]
    [InlineData("200", "unexplained")]
    [InlineData("429", "stock")]
    [InlineData("610", "unexplained")]
    [InlineData("800", "unexplained")]
    [InlineData("820", "unexplained")]
    [InlineData("860", "unexplained")]
    [InlineData("960", "unexplained")]
    public void A_differences_kind_is_guessed_from_its_account(string code, string kind)
    {
        var all = new Dictionary<Guid, decimal> { [Id("630")] = -12m };

        Assert.Equal(kind, DifferenceKindRules.Guess(Chart.Find(Id(code)), 12m, all, Chart, "NZD"));
    }

    [Fact]
    public void Cost_of_sales_without_a_counterpart_in_stock_and_unknown_accounts_are_unexplained()
    {
        Assert.Equal("unexplained", DifferenceKindRules.Guess(Chart.Find(Id("300")), 12m, new Dictionary<Guid, decimal> { [Id("630")] = -11.99m }, Chart, "NZD"));
        Assert.Equal("unexplained", DifferenceKindRules.Guess(null, 12m, new Dictionary<Guid, decimal>(), Chart, "NZD"));
    }

    [Theory]
    [InlineData(-20, 20, "498 -20.00 currency, 610 20.00 currency")]
    [InlineData(-20, 25, "498 -20.00 currency, 610 20.00 currency, 610 5.00 unexplained")]
    [InlineData(-20, 15, "498 -20.00 currency, 610 15.00 currency")]
    [InlineData(-20, -20, "498 -20.00 currency, 610 -20.00 unexplained")]
    [InlineData(0, 20, "610 20.00 unexplained")]
    public void Receivables_are_revalued_up_to_the_unrealised_gain_and_no_cent_more(int gain, int receivables, string lines)
    {
        var start = new StoredTrialBalance(WorkedBooks.January, DateTime.UnixEpoch, new Dictionary<Guid, decimal>());
        var end = start with { Date = WorkedBooks.February, Balances = new Dictionary<Guid, decimal> { [Id("498")] = gain, [Id("610")] = receivables } };
        var piece = new DocumentPiece(start.Date, end.Date, new Dictionary<Guid, decimal>());

        Assert.Equal(lines, Lines(TieOut(March31).Lines(start, end, piece, LineSources.XeroTrialBalance)));
    }

    [Theory]
    [InlineData("2025-03-10", "477", "477 30.00 unexplained, 803 -30.00 payroll")]
    [InlineData("2025-03-31", null, "477 30.00 unexplained, 803 -30.00 unexplained")]
    [InlineData(null, "803", "477 30.00 payroll, 803 -30.00 unexplained")]
    [InlineData("2025-02-28", null, "477 30.00 payroll, 803 -30.00 payroll")]
    [InlineData("2025-04-01", null, "477 30.00 payroll, 803 -30.00 payroll")]
    [InlineData("2025-03-10", "429", "477 30.00 payroll, 803 -30.00 payroll")]
    public void A_document_in_trouble_makes_its_accounts_differences_unexplained_in_its_month(string? day, string? account, string lines)
    {
        var troubled = new TroubledDocument(day is null ? null : Date(day), account is null ? null : new HashSet<Guid> { Id(account) });
        var piece = new DocumentPiece(Days[1], Days[2], new Dictionary<Guid, decimal> { [Id("090")] = 50, [Id("200")] = -50 });

        Assert.Equal(lines, Lines(TieOut(March31, troubled).Lines(Reading(1), Reading(2), piece, LineSources.XeroTrialBalance)));
    }

    private static TieOut TieOut(FinancialYear year, params TroubledDocument[] troubled) => new(year, Chart, "NZD", troubled);

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static StoredTrialBalance Reading(int index, Dictionary<string, decimal[]>? table = null) => new(
        Days[index], DateTime.UnixEpoch, (table ?? Xero).Where(row => row.Value[index] != 0).ToDictionary(row => Id(row.Key), row => row.Value[index]));

    private static string Moved(IReadOnlyDictionary<Guid, decimal> movements) =>
        Text(movements.Where(movement => movement.Value != 0).OrderBy(movement => Chart.Find(movement.Key)!.Code, StringComparer.Ordinal).Select(movement => (movement.Key, movement.Value)));

    private static string Lines(IEnumerable<XeroOnlyLine> lines) => string.Join(
        ", ", lines.OrderBy(line => Chart.Find(line.AccountId)!.Code, StringComparer.Ordinal).Select(line => $"{Text([(line.AccountId, line.Amount)])} {line.Kind}"));
}
