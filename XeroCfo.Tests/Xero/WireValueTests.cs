using System.Text.Json;
using CsCheck;
using XeroCfo.Data.Xero.Payloads;

namespace XeroCfo.Tests.Xero;

/// <summary>Single values of the wire: dates, numbers, booleans, ids, texts.</summary>
public sealed class WireValueTests
{
    [Theory]
    [InlineData("/Date(1539993600000+0000)/", "2018-10-20")]
    [InlineData("/Date(1539993600000)/", "2018-10-20")]
    [InlineData("/Date(-86400000+0000)/", "1969-12-31")]
    [InlineData("/Date(-1)/", "1969-12-31")]
    [InlineData("/Date(0)/", "1970-01-01")]
    [InlineData("/Date(1539993600000+1300)/", "2018-10-20")]
    [InlineData("/Date(1539950400000+1200)/", "2018-10-20")]
    [InlineData("/Date(1539993600000-0500)/", "2018-10-19")]
    [InlineData("/Date(1478985000000+0000)/", "2016-11-12")]
    [InlineData("2018-10-20T00:00:00", "2018-10-20")]
    [InlineData("2016-11-12T21:10:00", "2016-11-12")]
    [InlineData("2018-10-20", "2018-10-20")]
    [InlineData("2018-10-20T23:30:00Z", "2018-10-20")]
    [InlineData("2018-10-20T23:30:00.1234567", "2018-10-20")]
    [InlineData("2018-10-20T00:00:00+13:00", "2018-10-20")]
    [InlineData("2018-10-20T23:30:00-05:00", "2018-10-20")]
    [InlineData("2024-02-29T00:00:00", "2024-02-29")]
    [InlineData("2023-02-29T00:00:00", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("?#!", null)]
    [InlineData("9:30", null)]
    [InlineData("May 5", null)]
    [InlineData("20/10/2018", null)]
    [InlineData("/Date()/", null)]
    [InlineData("/Date(abc)/", null)]
    [InlineData("/Date(1539993600000+99)/", null)]
    [InlineData("/Date(1539993600000+ab00)/", null)]
    [InlineData("/Date(9223372036854775807+0100)/", null)]
    [InlineData("/Date(253402300800000-1200)/", null)]
    [InlineData("/Date(99999999999999999999)/", null)]
    public void A_day_is_the_calendar_day_that_the_text_states(string? text, string? day) =>
        Assert.Equal(day, WireDates.Day(text)?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("/Date(1539993600123+0000)/", "2018-10-20T00:00:00.123Z")]
    [InlineData("/Date(1539993600000+1300)/", "2018-10-20T00:00:00.000Z")]
    [InlineData("/Date(-1000)/", "1969-12-31T23:59:59.000Z")]
    [InlineData("2026-07-01T10:20:30Z", "2026-07-01T10:20:30.000Z")]
    [InlineData("2026-07-01T10:20:30", "2026-07-01T10:20:30.000Z")]
    [InlineData("2026-07-01T10:20:30+02:00", "2026-07-01T08:20:30.000Z")]
    [InlineData("10:20", null)]
    [InlineData("?#!", null)]
    [InlineData(null, null)]
    public void An_instant_is_UTC(string? text, string? instant) =>
        Assert.Equal(instant, WireDates.Instant(text)?.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void Whatever_text_comes_dates_never_throw() =>
        Gen.OneOf(Gen.String, Gen.Long.Select(ms => $"/Date({ms})/"), Gen.Select(Gen.Long, Gen.Int[-9999, 9999], (ms, zone) => $"/Date({ms}{zone:+0000;-0000})/"))
            .Sample(text =>
            {
                _ = WireDates.Day(text);
                _ = WireDates.Instant(text);
            });

    [Theory]
    [InlineData("12.34", "12.34")]
    [InlineData("\"12.34\"", "12.34")]
    [InlineData("\"1.0000\"", "1.0000")]
    [InlineData("-0.01", "-0.01")]
    [InlineData("1e2", "100")]
    [InlineData("0.1234567890123456789", "0.1234567890123456789")]
    [InlineData("null", null)]
    [InlineData("\"\"", null)]
    public void A_number_is_read_exactly_from_number_or_text(string json, string? number) =>
        Assert.Equal(number is null ? null : decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture), Read($$"""{"Total":{{json}}}""").Total);

    [Theory]
    [InlineData("\"a lot\"")]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("1e40")]
    public void What_is_no_number_names_its_member(string json) =>
        Assert.Equal("$.Total", Assert.Throws<JsonException>(() => Read($$"""{"Total":{{json}}}""")).Path);

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("\"true\"", true)]
    [InlineData("\"False\"", false)]
    [InlineData("\"\"", null)]
    [InlineData("\"yes\"", null)]
    [InlineData("null", null)]
    public void A_boolean_may_be_text(string json, bool? value) => Assert.Equal(value, Read($$"""{"IsReconciled":{{json}}}""").IsReconciled);

    [Theory]
    [InlineData("\"A1000000-0000-4000-8000-00000000000F\"", "a1000000-0000-4000-8000-00000000000f")]
    [InlineData("\"\"", null)]
    [InlineData("null", null)]
    public void An_id_compares_without_case(string json, string? id) => Assert.Equal(id, Read($$"""{"InvoiceID":{{json}}}""").InvoiceID?.ToString());

    [Theory]
    [InlineData("\"x\"")]
    [InlineData("7")]
    public void What_is_no_id_is_refused(string json) => Assert.Throws<JsonException>(() => Read($$"""{"InvoiceID":{{json}}}"""));

    [Fact]
    public void Text_may_be_a_number_and_never_holds_NUL()
    {
        Assert.Equal("4711", Read("""{"InvoiceNumber":4711}""").InvoiceNumber);
        Assert.Equal("ab", Read("""{"InvoiceNumber":"a\u0000b"}""").InvoiceNumber);
        Assert.Throws<JsonException>(() => Read("""{"InvoiceNumber":[]}"""));
    }

    private static InvoicePayload Read(string json) => JsonSerializer.Deserialize(json, WireJson.Default.InvoicePayload)!;
}
