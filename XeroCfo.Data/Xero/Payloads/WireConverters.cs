using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace XeroCfo.Data.Xero.Payloads;

/// <summary>Xero's dates: <c>/Date(ms+zone)/</c> with or without a zone, negative too, or ISO 8601.</summary>
internal static class WireDates
{
    /// <summary>The instant, UTC; null when the text is none.</summary>
    public static DateTime? Instant(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (text.StartsWith("/Date(", StringComparison.Ordinal) && text.EndsWith(")/", StringComparison.Ordinal))
        {
            return Milliseconds(text.AsSpan(6, text.Length - 8), out _) is { } ms && InRange(ms) ? DateTime.UnixEpoch.AddMilliseconds(ms) : null;
        }

        return IsIso(text) && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant : null;
    }

    /// <summary>The calendar day: UTC's unless the text carries another offset, which is then applied.</summary>
    public static DateOnly? Day(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (text.StartsWith("/Date(", StringComparison.Ordinal) && text.EndsWith(")/", StringComparison.Ordinal))
        {
            return Milliseconds(text.AsSpan(6, text.Length - 8), out var offset) is { } ms && InRange(ms) && InRange(ms + (long)offset.TotalMilliseconds)
                ? DateOnly.FromDateTime(DateTime.UnixEpoch.AddMilliseconds(ms) + offset)
                : null;
        }

        return IsIso(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day) ? DateOnly.FromDateTime(day.DateTime) : null;
    }

    // .NET would read "9:30" as today and "May 5" as this year.
    private static bool IsIso(string text) => text.Length >= 10 && text[..4].All(char.IsAsciiDigit) && text[4] == '-' && text[7] == '-';

    private static bool InRange(long ms) => ms is > -62_135_596_800_000 and < 253_402_300_800_000;

    private static long? Milliseconds(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        var sign = text.Length > 1 ? text[1..].IndexOfAny('+', '-') + 1 : 0;
        if (sign > 0)
        {
            var zone = text[sign..];
            if (zone.Length != 5 || !int.TryParse(zone[1..3], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
                || !int.TryParse(zone[3..], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes))
            {
                return null;
            }

            offset = new TimeSpan(hours, minutes, 0) * (zone[0] == '-' ? -1 : 1);
            text = text[..sign];
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var ms) ? ms : null;
    }
}

internal sealed class WireDayConverter : JsonConverter<DateOnly?>
{
    public override DateOnly? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : throw new JsonException("This is no date.");
        return string.IsNullOrEmpty(text) ? null : WireDates.Day(text) ?? throw new JsonException("This is no date.");
    }

    public override void Write(Utf8JsonWriter writer, DateOnly? value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Nothing is written to Xero.");
}

/// <summary>A day that Xero writes a second time: one that cannot be read leaves it to the first.</summary>
internal sealed class WireSecondDayConverter : JsonConverter<DateOnly?>
{
    public override DateOnly? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return WireDates.Day(reader.GetString());
        }

        reader.Skip();
        return null;
    }

    public override void Write(Utf8JsonWriter writer, DateOnly? value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Nothing is written to Xero.");
}

internal sealed class WireInstantConverter : JsonConverter<DateTime?>
{
    public override DateTime? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : throw new JsonException("This is no instant.");
        return string.IsNullOrEmpty(text) ? null : WireDates.Instant(text) ?? throw new JsonException("This is no instant.");
    }

    public override void Write(Utf8JsonWriter writer, DateTime? value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Nothing is written to Xero.");
}

/// <summary>Numbers, never through double; some documented bodies carry them as text.</summary>
internal sealed class WireDecimalConverter : JsonConverter<decimal?>
{
    public override decimal? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.TryGetDecimal(out var number) ? number : throw new JsonException("This number is too large.");
        }

        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : throw new JsonException("This is no number.");
        return string.IsNullOrEmpty(text) ? null
            : decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) ? parsed
            : throw new JsonException("This is no number.");
    }

    public override void Write(Utf8JsonWriter writer, decimal? value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Nothing is written to Xero.");
}

/// <summary>true, false, and the same as text.</summary>
internal sealed class WireBoolConverter : JsonConverter<bool?>
{
    public override bool? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.String when bool.TryParse(reader.GetString(), out var parsed) => parsed,
        JsonTokenType.String => null,
        _ => throw new JsonException("This is neither true nor false."),
    };

    public override void Write(Utf8JsonWriter writer, bool? value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Nothing is written to Xero.");
}

/// <summary>Xero's ids; an empty text is none, and so is an id of zeros.</summary>
internal sealed class WireIdConverter : JsonConverter<Guid?>
{
    public override Guid? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : throw new JsonException("This is no id.");
        return string.IsNullOrEmpty(text) ? null
            : !Guid.TryParse(text, out var id) ? throw new JsonException("This is no id.")
            : id == Guid.Empty ? null
            : id;
    }

    public override void Write(Utf8JsonWriter writer, Guid? value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Nothing is written to Xero.");
}

/// <summary>Text without NUL characters, which PostgreSQL cannot keep.</summary>
internal sealed class WireTextConverter : JsonConverter<string?>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number => System.Text.Encoding.UTF8.GetString(reader.ValueSpan),
            JsonTokenType.True => "true",
            JsonTokenType.False => "false",
            _ => throw new JsonException("This is no text."),
        };
        return text!.Contains('\0', StringComparison.Ordinal) ? text.Replace("\0", "", StringComparison.Ordinal) : text;
    }

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Nothing is written to Xero.");
}
