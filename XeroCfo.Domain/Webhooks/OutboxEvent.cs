using System.Globalization;
using System.Text.Json;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Webhooks;

/// <summary>An event written in the transaction that caused it; delivered from there.</summary>
public sealed class OutboxEvent : ITenantOwned
{
    /// <summary>So many ids are told; the counts tell how many there are.</summary>
    public const int MostIds = 100;

    public Guid Id { get; set; } = Guid.CreateVersion7();

    public Guid TenantId { get; set; }

    /// <summary>Name in the contract, such as <c>sync.succeeded</c>.</summary>
    public required string Type { get; set; }

    /// <summary>JSON: ids, counts and a link, never amounts or names.</summary>
    public required string Data { get; set; }

    public DateTime CreatedAt { get; set; }

    /// <summary>Null until it was handed to every webhook that wants it.</summary>
    public DateTime? DispatchedAt { get; set; }

    /// <summary>An event of an organisation.</summary>
    /// <param name="tenant">The organisation.</param>
    /// <param name="type">One of <see cref="WebhookEvents"/>.</param>
    /// <param name="path">Where the API tells more, below the organisation's own address; empty: there.</param>
    /// <param name="ids">Of what it is about; at most <see cref="MostIds"/> are kept.</param>
    /// <param name="counts">By name, such as <c>("created", 3)</c>.</param>
    public static OutboxEvent Of(Guid tenant, string type, string path, IEnumerable<object> ids, params (string Name, int Count)[] counts) => new()
    {
        TenantId = tenant,
        Type = type,
        Data = JsonSerializer.Serialize(
            new
            {
                ids = ids.Take(MostIds).Select(id => Convert.ToString(id, CultureInfo.InvariantCulture)),
                counts = counts.ToDictionary(pair => pair.Name, pair => pair.Count),
                url = $"/api/v1/tenants/{tenant:D}{(path.Length == 0 ? "" : "/" + path)}",
            },
            JsonSerializerOptions.Web),
    };
}
