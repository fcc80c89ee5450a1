using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Xero;

/// <summary>The user's own Xero app, and how hard we may lean on Xero.</summary>
public sealed class XeroOptions : ISettings
{
    public const string Section = "Xero";

    public string? ClientId { get; set; }

    public string? ClientSecret { get; set; }

    public string? RedirectUri { get; set; }

    /// <summary>Separated by blanks, as Xero wants them; null: what the product needs.</summary>
    public string? Scopes { get; set; }

    public string LoginUrl { get; set; } = "https://login.xero.com";

    public string IdentityUrl { get; set; } = "https://identity.xero.com";

    public string ApiUrl { get; set; } = "https://api.xero.com";

    /// <summary>Signs Xero's notices.</summary>
    public string? WebhookKey { get; set; }

    /// <summary>Per organisation.</summary>
    public int CallsPerMinute { get; set; } = 55;

    public int ConcurrentCalls { get; set; } = 4;

    public int CallsPerDay { get; set; } = 900;

    public int TimeoutSeconds { get; set; } = 100;

    public int MaxRetries { get; set; } = 4;

    /// <summary>Records of a page: 10, 100 or 1000. Smaller ones only cost calls.</summary>
    public int PageSize { get; set; } = XeroQuery.LargestPage;

    /// <summary>Before the first repetition of a call; doubles each time.</summary>
    public double RetryDelaySeconds { get; set; } = 1;

    /// <summary>Client credentials: one organisation, no browser.</summary>
    public bool CustomConnection { get; set; }

    public IEnumerable<string> Faults()
    {
        if (ClientId is not null && ClientSecret is null)
        {
            yield return "Xero:ClientId is set but Xero:ClientSecret is not. Set both, from the app's page at developer.xero.com.";
        }

        foreach (var (name, url) in new[] { ("LoginUrl", LoginUrl), ("IdentityUrl", IdentityUrl), ("ApiUrl", ApiUrl), ("RedirectUri", RedirectUri ?? ApiUrl) })
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https"))
            {
                yield return $"Xero:{name} is \"{url}\". Set it to a whole address that begins with https://";
            }
        }

        foreach (var (name, number) in new[] { ("CallsPerMinute", CallsPerMinute), ("ConcurrentCalls", ConcurrentCalls), ("CallsPerDay", CallsPerDay), ("TimeoutSeconds", TimeoutSeconds) })
        {
            if (number < 1)
            {
                yield return $"Xero:{name} is {number}. Set it to 1 or more.";
            }
        }

        if (PageSize is not (10 or 100 or XeroQuery.LargestPage))
        {
            yield return $"Xero:PageSize is {PageSize}. Set it to 1000, 100 or 10.";
        }

        if (MaxRetries is < 0 or > 20)
        {
            yield return $"Xero:MaxRetries is {MaxRetries}. Set it to a number from 0 to 20.";
        }
    }
}

/// <summary>The demo company.</summary>
public sealed class DemoOptions : ISettings
{
    public const string Section = "Demo";

    /// <summary>Null: there is a demo company while no Xero app is set.</summary>
    public bool? Enabled { get; set; }

    public IEnumerable<string> Faults() => [];
}
