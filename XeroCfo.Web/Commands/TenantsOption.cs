using System.CommandLine;
using XeroCfo.Domain.Users;

namespace XeroCfo.Web.Commands;

/// <summary>How <c>--tenants</c> and <c>--tenant</c> are written.</summary>
internal static class TenantsOption
{
    /// <summary>An option for the id of one organisation.</summary>
    public static Option<string?> One(string description)
    {
        var option = new Option<string?>("--tenant") { Description = description, HelpName = "ID" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && !Guid.TryParse(text, out _))
            {
                result.AddError("--tenant is the id of an organisation.");
            }
        });
        return option;
    }

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
