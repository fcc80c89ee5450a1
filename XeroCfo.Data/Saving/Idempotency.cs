using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.Saving;

/// <summary>What a repeated request with the same Idempotency-Key is answered with: the resource of the first one.</summary>
internal sealed class Idempotency
{
    private readonly Guid _owner;
    private readonly Guid _tenant;
    private readonly string _key;
    private readonly string _hash;

    private Idempotency(Guid owner, Guid tenant, string key, string hash) => (_owner, _tenant, _key, _hash) = (owner, tenant, key, hash);

    /// <summary>Null when the caller gave no key.</summary>
    public static Idempotency? Of(Caller caller, TenantId? tenant, string operation, string body) =>
        caller.IdempotencyKey is { Length: > 0 } key && (caller.UserId ?? caller.ApiKeyId) is { } owner
            ? new Idempotency(owner, tenant?.Value ?? Guid.Empty, key, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(operation + "\n" + body))))
            : null;

    /// <summary>The resource of the first request; null when this is the first; refused when the body is another one.</summary>
    public async Task<Result<Guid?>> EarlierAsync(XeroCfoDb db, CancellationToken ct)
    {
        var record = await db.IdempotencyRecords.AsNoTracking()
            .FirstOrDefaultAsync(row => row.OwnerId == _owner && row.TenantId == _tenant && row.Key == _key, ct);
        return record is null ? Result<Guid?>.Of(null)
            : record.RequestHash == _hash ? Result<Guid?>.Of(record.ResourceId)
            : new Problem("idempotency-key-reused", "This Idempotency-Key was used for another request.", ProblemKind.Refused);
    }

    /// <summary>Remembers the answer, in the transaction of the effect.</summary>
    public void Remember(XeroCfoDb db, Guid resource) => db.IdempotencyRecords.Add(new IdempotencyRecord
    {
        OwnerId = _owner,
        TenantId = _tenant,
        Key = _key,
        RequestHash = _hash,
        ResourceId = resource,
    });
}
