using XeroCfo.Domain.Tenants;

namespace XeroCfo.Data.Saving;

/// <summary>Opens contexts. A repository opens one per call: a circuit lives for hours, a context must not.</summary>
public interface IDbFactory
{
    /// <summary>A context whose scope matches no organisation.</summary>
    XeroCfoDb Create();
}

/// <summary>The ways to a context that sees rows of organisations.</summary>
public static class DbScopes
{
    /// <summary>Sees and writes the rows of <paramref name="tenant"/> only.</summary>
    public static XeroCfoDb For(this IDbFactory factory, TenantId tenant)
    {
        var db = factory.Create();
        db.Scope = tenant.Value;
        return db;
    }

    /// <summary>
    /// The one bypass of the organisation filter. Each use states its reason and filters by the caller's organisations itself
    /// where a caller is involved; a test lists all uses.
    /// </summary>
    public static XeroCfoDb AcrossTenants(this IDbFactory factory, string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        var db = factory.Create();
        db.IsAcrossTenants = true;
        return db;
    }
}
