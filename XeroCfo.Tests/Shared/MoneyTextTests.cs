using Bunit;
using XeroCfo.Web.Shared;

namespace XeroCfo.Tests.Shared;

public sealed class MoneyTextTests : BunitContext
{
    [Theory]
    [InlineData("1234567.891", true, "1,234,567.89")]
    [InlineData("-1234.5", true, "(1,234.50)")]
    [InlineData("0", true, "–")]
    [InlineData("0.005", true, "0.01")]
    [InlineData("-0.004", true, "0.00")]
    [InlineData("1234.5", false, "1,235")]
    [InlineData("-1234.5", false, "(1,235)")]
    [InlineData("-0.4", false, "0")]
    public void An_amount_reads_as_a_new_zealander_writes_it(string amount, bool cents, string words)
    {
        var shown = Show(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), "NZ", cents);

        Assert.Equal(words, shown.Find(".money").TextContent);
    }

    [Theory]
    [InlineData("DE", "1.234,50")]
    [InlineData("US", "1,234.50")]
    [InlineData("XX1", "1,234.50")]
    [InlineData(null, "1,234.50")]
    public void The_country_decides_the_separators(string? country, string words)
    {
        Assert.Equal(words, Show(1234.5m, country, true).Find(".money").TextContent);
    }

    [Fact]
    public void Digits_stay_aligned_because_the_closing_bracket_hangs()
    {
        var shown = Show(-5m, "NZ", true);

        Assert.Equal(")", shown.Find(".money.neg > .hang").TextContent);
        Assert.Equal("-5.00", shown.Find(".money").GetAttribute("data-n"));
    }

    [Theory]
    [InlineData("5")]
    [InlineData("0")]
    [InlineData(null)]
    public void A_full_stop_may_follow_at_once(string? amount)
    {
        var money = Render<MoneyText>(text => text.Add(m => m.Value, amount is null ? null : decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture)));
        var day = Render<DateText>(text => text.Add(d => d.Day, amount is null ? null : new DateOnly(2026, 12, 1)));

        Assert.Equal(money.Markup.TrimEnd(), money.Markup);
        Assert.Equal(day.Markup.TrimEnd(), day.Markup);
    }

    [Fact]
    public void No_value_says_why()
    {
        var shown = Render<MoneyText>(money => money.Add(m => m.Value, null).Add(m => m.Reason, "Xero was not read for this day"));

        Assert.StartsWith("—", shown.Find(".money").TextContent, StringComparison.Ordinal);
        Assert.Equal("Xero was not read for this day", shown.Find(".money").GetAttribute("title"));
    }

    [Fact]
    public void Zero_is_written_out_where_it_is_the_proof()
    {
        var shown = Render<MoneyText>(money => money.Add(m => m.Value, 0m).Add(m => m.ShowZero, true));

        Assert.Equal("0.00", shown.Find(".money").TextContent);
    }

    [Theory]
    [InlineData(9_999_999, "9,999,999")]
    [InlineData(12_345_678, "12.35M")]
    public void A_tile_shortens_only_what_is_ten_millions_or_more(int amount, string words)
    {
        var shown = Render<MoneyText>(money => money.Add(m => m.Value, amount).Add(m => m.Tile, true).Add(m => m.Cents, false));

        Assert.Equal(words, shown.Find(".money").TextContent);
    }

    private IRenderedComponent<MoneyText> Show(decimal amount, string? country, bool cents) => Render<MoneyText>(money => money
        .Add(m => m.Value, amount)
        .Add(m => m.Cents, cents)
        .AddCascadingValue(MoneyFormat.Of(country)));
}
