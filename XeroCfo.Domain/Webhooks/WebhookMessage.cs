using System.Text.Json;
using System.Text.Json.Nodes;

namespace XeroCfo.Domain.Webhooks;

/// <summary>What goes over the wire for an event: the same bytes at each attempt. Pure.</summary>
public static class WebhookMessage
{
    /// <summary>The contract's bound, in bytes.</summary>
    public const int Largest = 20 * 1024;

    /// <summary>The event's id as <c>webhook-id</c> and <c>id</c> tell it.</summary>
    public static string IdOf(OutboxEvent told) => told.Id.ToString("D");

    /// <summary>The body: id, type, timestamp, tenantId and data.</summary>
    public static byte[] BodyOf(OutboxEvent told)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["id"] = IdOf(told),
            ["type"] = told.Type,
            ["timestamp"] = told.CreatedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", System.Globalization.CultureInfo.InvariantCulture),
            ["tenantId"] = told.TenantId.ToString("D"),
            ["data"] = DataOf(told),
        });
        return body.Length < Largest ? body : throw new InvalidOperationException($"An event {told.Type} is larger than the contract allows.");
    }

    // PostgreSQL orders members by itself: both databases give them in one order.
    private static JsonObject DataOf(OutboxEvent told)
    {
        var data = JsonNode.Parse(told.Data)!.AsObject();
        var counts = data["counts"]?.AsObject().OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone()));
        return new JsonObject { ["ids"] = data["ids"]?.DeepClone() ?? new JsonArray(), ["counts"] = new JsonObject(counts ?? []), ["url"] = data["url"]?.DeepClone() };
    }
}
