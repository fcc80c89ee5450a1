using System.Globalization;
using System.Text.Json;

namespace XeroCfo.Domain.Audit;

/// <summary>The last seal that was known at some time, kept where the trail itself is not, and marked so that nobody else can make one.</summary>
/// <param name="Seq">The seal's number.</param>
/// <param name="AuditLogId">The entry that it seals.</param>
/// <param name="Hash">Its hash.</param>
public sealed record AuditAnchor(long Seq, Guid AuditLogId, string Hash)
{
    /// <summary>What is marked.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Seq} {AuditLogId:D} {Hash}");

    /// <summary>The anchor in such a text; null when it is none.</summary>
    public static AuditAnchor? Read(string text) =>
        text.Split(' ') is [var seq, var id, { Length: 64 } hash] && long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Guid.TryParseExact(id, "D", out var entry)
            ? new AuditAnchor(number, entry, hash)
            : null;
}

/// <summary>What a verification found.</summary>
/// <param name="Sealed">How many entries are sealed.</param>
/// <param name="Waiting">How many wait for their seal, as they may for a minute.</param>
/// <param name="Fault">The first thing that is wrong, in one line that names the entry; null when all is well.</param>
public sealed record AuditVerdict(long Sealed, int Waiting, string? Fault);

/// <summary>
/// Walks the trail once and tells the first thing that is wrong. Give it the anchors, then every seal in order, then the entries without a
/// seal. Pure; <paramref name="isOurs"/> tells whether an entry's mark is right.
/// </summary>
public sealed class AuditVerification(Func<AuditLog, bool> isOurs, DateTime now)
{
    /// <summary>How long an entry may be without a seal. Sealing takes five seconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly List<(AuditAnchor Anchor, string Where)> _anchors = [];
    private AuditAnchor? _last;
    private bool _marked;
    private int _waiting;

    /// <summary>The first thing that is wrong so far.</summary>
    public string? Fault { get; private set; }

    public AuditVerdict Verdict => new(_last?.Seq ?? 0, _waiting, Fault);

    /// <summary>What the trail must still hold.</summary>
    public void Anchor(AuditAnchor anchor, string where) => _anchors.Add((anchor, where));

    /// <summary>One seal and its entry; null when the entry is gone.</summary>
    public void Seal(AuditSeal seal, AuditLog? entry)
    {
        var expected = (_last?.Seq ?? 0) + 1;
        if (seal.Seq != expected)
        {
            Say($"The seal number {expected} is missing: an entry before {Name(seal, entry)} was deleted together with its seal.");
        }
        else if (entry is null)
        {
            Say($"The entry {seal.AuditLogId:D} (number {seal.Seq}) was deleted.");
        }
        else if (AuditCanon.Seal(_last?.Hash ?? "", entry) != seal.Hash)
        {
            Say(isOurs(entry) && entry.Mac is not null ? $"The seal of {Name(seal, entry)} was changed, or what stood before it." : $"{Sentence(seal, entry)} was changed after it was written.");
        }
        else
        {
            Look(entry, Sentence(seal, entry));
        }

        if (_anchors.FirstOrDefault(kept => kept.Anchor.Seq == seal.Seq && kept.Anchor.Hash != seal.Hash) is { Where: { } where })
        {
            Say($"{Sentence(seal, entry)} is not the one that {where} knows under that number: the trail was written anew.");
        }

        _last = new AuditAnchor(seal.Seq, seal.AuditLogId, seal.Hash);
    }

    /// <summary>All seals were given.</summary>
    public void EndOfSeals()
    {
        var end = _last?.Seq ?? 0;
        foreach (var (anchor, where) in _anchors.Where(kept => kept.Anchor.Seq > end).OrderByDescending(kept => kept.Anchor.Seq).Take(1))
        {
            Say($"The end of the trail was cut off: it ends at number {end}, but {where} knows the entry {anchor.AuditLogId:D} as number {anchor.Seq}.");
        }
    }

    /// <summary>An entry without a seal.</summary>
    public void Unsealed(AuditLog entry)
    {
        var name = $"The entry {entry.Id:D} ({entry.Action}, {At(entry)})";
        Look(entry, name);
        if (entry.CreatedAt < now - Patience)
        {
            Say($"{name} has had no seal for {(now - entry.CreatedAt).TotalMinutes.ToString("0", CultureInfo.InvariantCulture)} minutes. Is the server running?");
        }

        _waiting++;
    }

    /// <summary>Something beside the entries is wrong.</summary>
    public void Say(string fault) => Fault ??= fault;

    private void Look(AuditLog entry, string name)
    {
        if (entry.Mac is null ? _marked : !isOurs(entry))
        {
            Say(entry.Mac is null ? $"{name} was inserted: XeroCfo did not write it." : $"{name} was inserted or changed: its mark is not XeroCfo's.");
        }
        else if (!NamesAgree(entry))
        {
            Say($"{name} was given to another person or organisation.");
        }

        _marked |= entry.Mac is not null;
    }

    // Who and which organisation stand in the details too; the columns may only be emptied.
    private static bool NamesAgree(AuditLog entry)
    {
        if (entry.UserId is null && entry.TenantId is null)
        {
            return true;
        }

        var (user, tenant) = AuditNames.Of(entry.Details);
        return (entry.UserId is null || entry.UserId == user) && (entry.TenantId is null || entry.TenantId == tenant);
    }

    private static string Name(AuditSeal seal, AuditLog? entry) =>
        entry is null ? $"the entry {seal.AuditLogId:D} (number {seal.Seq})" : $"the entry {entry.Id:D} (number {seal.Seq}, {entry.Action}, {At(entry)})";

    private static string Sentence(AuditSeal seal, AuditLog? entry) => "T" + Name(seal, entry)[1..];

    private static string At(AuditLog entry) => entry.CreatedAt.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

/// <summary>Who and which organisation an entry is about, out of its details. Pure.</summary>
public static class AuditNames
{
    /// <summary>The person and the organisation that the details name.</summary>
    public static (Guid? UserId, Guid? TenantId) Of(string? details)
    {
        if (details is null)
        {
            return default;
        }

        try
        {
            using var document = JsonDocument.Parse(details);
            var root = document.RootElement;
            var user = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("caller", out var caller) && caller.ValueKind == JsonValueKind.Object ? IdIn(caller, "userId") : null;
            return (user, IdIn(root, "tenantId"));
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static Guid? IdIn(JsonElement element, string member) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(member, out var id) && id.ValueKind == JsonValueKind.String && Guid.TryParse(id.GetString(), out var known) ? known : null;
}
