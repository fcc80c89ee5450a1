using System.Globalization;
using System.Text.Json;

namespace XeroCfo.Data.Backups.Format;

/// <summary>
/// JSON in the one form that it has whatever database kept it: members by name, the last of equal ones, numbers as decimals. For checksums only.
/// </summary>
internal static class CanonicalJson
{
    public static byte[] Of(ReadOnlyMemory<byte> text)
    {
        using var document = JsonDocument.Parse(text);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            Write(document.RootElement, writer);
        }

        return stream.ToArray();
    }

    private static void Write(JsonElement element, Utf8JsonWriter writer)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                var members = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
                foreach (var member in element.EnumerateObject())
                {
                    members[member.Name] = member.Value;
                }

                foreach (var (name, value) in members)
                {
                    writer.WritePropertyName(name);
                    Write(value, writer);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(item, writer);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Number:
                writer.WriteRawValue(Number(element), skipInputValidation: true);
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private static string Number(JsonElement element) =>
        decimal.TryParse(element.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? PlainDecimal.Of(number)
            : element.GetDouble().ToString("R", CultureInfo.InvariantCulture);
}

/// <summary>An exact decimal as text, in one form.</summary>
internal static class PlainDecimal
{
    // Adding a zero with as many places as there can be and dividing by one takes the zeros at the end away.
    private const decimal One = 1.0000000000000000000000000000m;

    public static string Of(decimal number) => (number / One).ToString(CultureInfo.InvariantCulture);
}
