using System.Text.Json;
using System.Text.Json.Serialization;
using XeroCfo.Domain.Ledger;

namespace XeroCfo.Domain.Reports;

/// <summary>What a row is.</summary>
public enum ReportRowKind
{
    Section,
    Line,
    Subtotal,
    Total,
    Text,
}

/// <summary>What the values of a column are.</summary>
public enum ReportColumnKind
{
    Amount,
    Percent,
    Variance,
    Favourable,
    Text,
}

/// <summary>A number, a text, or nothing. Numbers are exact and written without needless zeros.</summary>
[JsonConverter(typeof(ReportValueConverter))]
public readonly record struct ReportValue
{
    public static readonly ReportValue None;

    private const decimal One = 1.0000000000000000000000000000m;

    private ReportValue(decimal? number, string? text) => (Number, Text) = (number / One, text);

    public decimal? Number { get; }

    public string? Text { get; }

    public static ReportValue Of(decimal? number) => new(number, null);

    public static ReportValue Of(string? text) => new(null, text);

    public static implicit operator ReportValue(decimal number) => Of(number);

    public static implicit operator ReportValue(decimal? number) => Of(number);

    public static implicit operator ReportValue(string? text) => Of(text);
}

/// <summary>Writes a value as what it is.</summary>
public sealed class ReportValueConverter : JsonConverter<ReportValue>
{
    public override bool HandleNull => true;

    public override ReportValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number => ReportValue.Of(reader.GetDecimal()),
        JsonTokenType.String => ReportValue.Of(reader.GetString()),
        JsonTokenType.Null => ReportValue.None,
        _ => throw new JsonException("A value is a number, a text or null."),
    };

    public override void Write(Utf8JsonWriter writer, ReportValue value, JsonSerializerOptions options)
    {
        if (value.Number is { } number)
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteStringValue(value.Text);
        }
    }
}

/// <summary>A column: a period, a comparison with one, or words.</summary>
/// <param name="Key">Stable name: <c>actual</c>, <c>2026-10</c>, <c>total</c>, <c>compare1</c>, <c>variance</c> …</param>
/// <param name="Title">For people.</param>
/// <param name="From">First day; null where the column stands at a day.</param>
/// <param name="To">Last day.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="Complete">False while its days are not over, or not all of them are in the books.</param>
public sealed record ReportColumn(string Key, string Title, DateOnly? From, DateOnly? To, ReportColumnKind Kind, bool Complete = true);

/// <summary>A row; its values align with the columns. Display signs: income, liabilities and equity as −ledger, expenses and assets as +ledger.</summary>
public sealed record ReportRow
{
    public required string Key { get; init; }

    public required string Label { get; init; }

    public required ReportRowKind Kind { get; init; }

    public int Depth { get; init; }

    public Guid? AccountId { get; init; }

    public Guid? ContactId { get; init; }

    public Guid? DocumentXeroId { get; init; }

    /// <summary>What the row's numbers are where that is not money: percent, ratio, days, months or count; absent elsewhere.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Unit { get; init; }

    public IReadOnlyList<ReportValue> Values { get; init; } = [];

    /// <summary>The part of each amount that comes from Xero's trial balance only; null where there is none.</summary>
    public IReadOnlyList<decimal?> XeroOnly { get; init; } = [];
}

/// <summary>A proof that the report carries. Base currency.</summary>
/// <param name="Key">One of <see cref="ReportChecks"/>.</param>
/// <param name="Label">In words.</param>
/// <param name="Status">Unknown where nothing was there to compare with.</param>
/// <param name="Expected">What it should be.</param>
/// <param name="Actual">What it is.</param>
/// <param name="Difference">Actual − expected.</param>
/// <param name="Detail">What makes a difference, or why nothing is known.</param>
public sealed record ReportCheck(string Key, string Label, CheckStatus Status, decimal? Expected, decimal? Actual, decimal? Difference, string? Detail = null);

/// <summary>Something that must be known to read the report rightly.</summary>
/// <param name="Kind">Stable name, such as <c>left-out</c>.</param>
/// <param name="Text">For people.</param>
/// <param name="AccountId">The account it is about.</param>
/// <param name="Date">The day it is about.</param>
/// <param name="Amount">Base currency, display sign; null where it is about no amount.</param>
public sealed record ReportNote(string Kind, string Text, Guid? AccountId = null, DateOnly? Date = null, decimal? Amount = null)
{
    /// <summary>The row that a person wrote it on; such notes stand beside the document, never in it.</summary>
    [JsonIgnore]
    public string? RowKey { get; init; }
}

/// <summary>A report with its proofs, as it was made. Kept reports open unchanged for ever.</summary>
public record ReportDocument
{
    /// <summary>One of <see cref="ReportTypes"/>.</summary>
    public required string Type { get; init; }

    public required string Title { get; init; }

    public required string Organisation { get; init; }

    /// <summary>ISO code that every amount is in.</summary>
    public required string Currency { get; init; }

    public required string Basis { get; init; }

    /// <summary>First day; null for a report at a day.</summary>
    public DateOnly? From { get; init; }

    public required DateOnly To { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime GeneratedAt { get; init; }

    /// <summary>UTC start of the newest sync that ended well.</summary>
    public DateTime? DataAsOf { get; init; }

    public required int LedgerVersion { get; init; }

    public required bool SyncInProgress { get; init; }

    /// <summary>What was asked, with everything that was left to us.</summary>
    public required ReportParameters Parameters { get; init; }

    public required IReadOnlyList<ReportColumn> Columns { get; init; }

    public required IReadOnlyList<ReportRow> Rows { get; init; }

    public required IReadOnlyList<ReportCheck> Checks { get; init; }

    public required IReadOnlyList<ReportNote> Notes { get; init; }
}
