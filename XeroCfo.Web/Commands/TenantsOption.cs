using XeroCfo.Domain.Users;

namespace XeroCfo.Web.Commands;

/// <summary>How <c>--tenants</c> is written.</summary>
internal static class TenantsOption
{
    /// <summary>Reads <c>all</c>, ids parted by commas, or nothing; null for anything else.</summary>
    public static TenantGrants? Read(string text)
    {
        if (text.Equals("all", StringComparison.OrdinalIgnoreCase))
        {
            return TenantGrants.Every;
        }

        var ids = new HashSet<Guid>();
        foreach (var word in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Guid.TryParse(word, out var id))
            {
                return null;
            }

            ids.Add(id);
        }

        return TenantGrants.Of(ids);
    }
}
