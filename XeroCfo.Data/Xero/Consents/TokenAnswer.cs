using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using XeroCfo.Data.Xero.Payloads;
using XeroCfo.Domain.Xero.Consents;

namespace XeroCfo.Data.Xero.Consents;

/// <summary>Reads the token endpoint's answers. Pure.</summary>
internal static class TokenAnswer
{
    /// <summary>Xero's access tokens live so long.</summary>
    private const int UsualSeconds = 1800;

    /// <summary>The tokens; null when it is none of theirs.</summary>
    public static XeroTokenPair? Read(byte[] body, DateTime asked)
    {
        if (Parse(body) is not { ValueKind: JsonValueKind.Object } json || Text(json, "access_token") is not { Length: > 0 } access)
        {
            return null;
        }

        var seconds = json.TryGetProperty("expires_in", out var life) && Number(life) is { } number and > 0 ? number : UsualSeconds;
        return new XeroTokenPair(access, Text(json, "refresh_token"), asked.AddSeconds(seconds), Text(json, "scope") ?? "", AuthEventOf(access));
    }

    /// <summary>The error and Xero's own words on it.</summary>
    public static (string? Error, string? Words) Error(byte[] body) =>
        Parse(body) is { ValueKind: JsonValueKind.Object } json ? (Text(json, "error"), Text(json, "error_description")) : (null, null);

    /// <summary>
    /// The consent that an access token names. Its signature is not looked at: it came from Xero itself, and decides only which of the
    /// organisations that it reaches were meant.
    /// </summary>
    public static Guid? AuthEventOf(string accessToken) =>
        accessToken.Split('.') is [_, var payload, _] && Base64Url.IsValid(payload)
        && Parse(Base64Url.DecodeFromChars(payload)) is { ValueKind: JsonValueKind.Object } claims
        && Guid.TryParse(Text(claims, "authentication_event_id"), out var id)
            ? id
            : null;

    private static JsonElement? Parse(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static int? Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt32(out var number) => number,
        JsonValueKind.String when int.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>Reads Xero's list of connections. Pure.</summary>
internal static class XeroConnectionList
{
    private const int LongestName = 255;

    /// <summary>Those that can be read; null when it is no list.</summary>
    public static IReadOnlyList<XeroConnection>? Read(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Array ? [.. json.RootElement.EnumerateArray().Select(Of).OfType<XeroConnection>()] : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static XeroConnection? Of(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object || !Guid.TryParse(Text(element, "id"), out var id) || Text(element, "tenantId") is not { Length: > 0 and <= LongestName } tenant)
        {
            return null;
        }

        var name = Text(element, "tenantName") is { Length: > 0 } given ? given : tenant;
        return new XeroConnection(
            id,
            Guid.TryParse(Text(element, "authEventId"), out var consent) ? consent : null,
            Guid.TryParse(tenant, out var guid) ? guid.ToString("D") : tenant,
            Text(element, "tenantType") ?? "",
            name.Length > LongestName ? name[..LongestName] : name,
            WireDates.Instant(Text(element, "updatedDateUtc")) ?? WireDates.Instant(Text(element, "createdDateUtc")));
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
