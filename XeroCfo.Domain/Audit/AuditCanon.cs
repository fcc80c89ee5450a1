using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace XeroCfo.Domain.Audit;

/// <summary>
/// An entry as bytes that are the same whichever database gives it back: a JSON array of id, instant, action, details, address and user
/// agent. The columns userId and tenantId are left out, because they become null with their person or organisation. Pure.
/// </summary>
public static class AuditCanon
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 128 };
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 128 };

    public static byte[] Of(AuditLog entry)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(bytes, Plain))
        {
            writer.WriteStartArray();
            writer.WriteStringValue(entry.Id.ToString("D"));
            writer.WriteStringValue(entry.CreatedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
            writer.WriteStringValue(entry.Action);
            WriteDetails(writer, entry.Details);
            writer.WriteStringValue(entry.IpAddress);
            writer.WriteStringValue(entry.UserAgent);
            writer.WriteEndArray();
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>The seal of an entry after the one sealed with <paramref name="previous"/>: SHA-256 of both, lower-case hex. The first follows an empty text.</summary>
    public static string Seal(string previous, AuditLog entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.ASCII.GetBytes(previous));
        hash.AppendData(Of(entry));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void WriteDetails(Utf8JsonWriter writer, string? details)
    {
        if (details is null)
        {
            writer.WriteNullValue();
            return;
        }

        try
        {
            using var document = JsonDocument.Parse(details, Reading);
            Write(writer, document.RootElement);
        }
        catch (JsonException)
        {
            // Nothing that we wrote: whatever it is, it counts as it stands.
            writer.WriteStringValue(details);
        }
    }

    // One database keeps the text, the other the value: order of members, spaces, escapes and the writing of numbers mean nothing.
    private static void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(element.GetString());
                break;
            case JsonValueKind.Number when element.TryGetDecimal(out var number):
                writer.WriteRawValue(number.ToString("0.############################", CultureInfo.InvariantCulture));
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }
}
