using System.Text.Json;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Ledger;

/// <summary>
/// A record as Xero sent it. Nothing is posted that is not here, so the whole ledger can be rebuilt without asking Xero again.
/// </summary>
public sealed class Document : ITenantOwned
{
    public Guid TenantId { get; set; }

    public DocumentKind Kind { get; set; }

    public Guid XeroId { get; set; }

    /// <summary>The JSON object, byte for byte but for insignificant white space.</summary>
    public required string Raw { get; set; }

    /// <summary>SHA-256 of <see cref="Raw"/>, hex: an equal one means nothing to do.</summary>
    public required string Hash { get; set; }

    /// <summary>The document's own day, when it could be read.</summary>
    public DateOnly? Date { get; set; }

    /// <summary>The day under which its lines stand in the ledger now; null when it has none there.</summary>
    public DateOnly? PostedDate { get; set; }

    /// <summary>The first day that an earlier version stood under and Xero has not been read again for; null when there is none.</summary>
    public DateOnly? TouchedFrom { get; set; }

    /// <summary>Xero's UpdatedDateUTC.</summary>
    public DateTime? UpdatedUtc { get; set; }

    public DateTime ReceivedAt { get; set; }

    /// <summary>UTC of the newest answer of Xero that held it; a full load deletes what it did not see.</summary>
    public DateTime SeenAt { get; set; }

    /// <summary>Gone from Xero without a trace.</summary>
    public bool Deleted { get; set; }

    /// <summary>Waiting to be posted.</summary>
    public bool Dirty { get; set; }

    /// <summary>Why it could not be posted, or why its newest version could not even be kept; null when it is in the ledger (or needs no lines).</summary>
    public string? PostingProblem { get; set; }

    /// <summary>True where Xero says that files are kept with the document; it does not say how many.</summary>
    public static bool HasAttachments(string raw)
    {
        using var record = JsonDocument.Parse(raw);
        return record.RootElement.ValueKind == JsonValueKind.Object && record.RootElement.TryGetProperty("HasAttachments", out var has) && has.ValueKind == JsonValueKind.True;
    }
}
