using XeroCfo.Domain.Finding;
using XeroCfo.Domain.Ledger;

namespace XeroCfo.Tests.Finding;

public sealed class FindWordsTests
{
    private static readonly DateOnly Today = new(2026, 11, 20);

    [Theory]
    [InlineData("fuelco", "fuelco")]
    [InlineData("412.60", "amount:412.60")]
    [InlineData("1,234.50", "amount:1,234.50")]
    [InlineData("(412.60)", "amount:412.60")]
    [InlineData("-412.60 fuelco", "amount:412.60 fuelco")]
    [InlineData("412.6", "412.6")]
    [InlineData("v412.60", "v412.60")]
    [InlineData(">412.60", ">412.60")]
    [InlineData("412", "412")]
    [InlineData("20 nov", "date:2026-11-20")]
    [InlineData("21 Nov", "date:2025-11-21")]
    [InlineData("3 December 2025 fuelco", "date:2025-12-03 fuelco")]
    [InlineData("29 feb", "date:2024-02-29")]
    [InlineData("31 nov", "31 nov")]
    [InlineData("31 nov 2026", "31 nov 2026")]
    [InlineData("31 apr 2026", "31 apr 2026")]
    [InlineData("nov 2026", "date:2026-11")]
    [InlineData("sept. 2025", "date:2025-09")]
    [InlineData("marching 2025", "marching 2025")]
    [InlineData("oct", "oct")]
    [InlineData("2026-11", "date:2026-11")]
    [InlineData("2026-11-20", "date:2026-11-20")]
    [InlineData("2026-45", "2026-45")]
    [InlineData("2026-02-30", "2026-02-30")]
    [InlineData("INV-2026-11", "INV-2026-11")]
    [InlineData("20/11/2026", "date:2026-11-20")]
    [InlineData("20.11.2026", "date:2026-11-20")]
    [InlineData("11/20/2026", "11/20/2026")]
    [InlineData("0/11/2026", "0/11/2026")]
    [InlineData("99 jan 2026", "99 jan 2026")]
    [InlineData("", "")]
    public void What_people_type_becomes_the_language_of_the_list(string typed, string search) =>
        Assert.Equal(search, FindWords.ToSearch(typed, Today, false));

    [Theory]
    [InlineData("11/20/2026", "date:2026-11-20")]
    [InlineData("20/11/2026", "20/11/2026")]
    [InlineData("2/3/2026", "date:2026-02-03")]
    public void Where_months_come_first_they_are_read_first(string typed, string search) =>
        Assert.Equal(search, FindWords.ToSearch(typed, Today, true));

    [Theory]
    [InlineData("1380", "amount:1380")]
    [InlineData(" 1,380 ", "amount:1,380")]
    [InlineData("1380.00", null)]
    [InlineData("INV-1380", null)]
    [InlineData("1380 fuelco", null)]
    [InlineData("12345678901234567890", null)]
    [InlineData("", null)]
    public void A_whole_number_alone_may_be_an_amount(string typed, string? search) => Assert.Equal(search, FindWords.AsAmount(typed));

    [Theory]
    [InlineData("412.60 20 nov fuelco")]
    [InlineData("2026-13-45")]
    [InlineData("2026-02-31")]
    [InlineData("99.99.2026")]
    [InlineData("999,999,999,999,999.99")]
    [InlineData("\"20 nov\" date: amount:")]
    public void The_list_reads_whatever_comes_out(string typed)
    {
        var read = TransactionSearch.Read(FindWords.ToSearch(typed, Today, false), new TransactionFilter(), new SearchTerms([], [], Today));

        Assert.NotNull(read.Filter);
    }
}
