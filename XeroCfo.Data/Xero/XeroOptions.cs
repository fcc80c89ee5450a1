namespace XeroCfo.Data.Xero;

/// <summary>How Xero is reached and how gently.</summary>
public sealed class XeroOptions
{
    public string? ClientId { get; set; }

    public string? ClientSecret { get; set; }

    public string? RedirectUri { get; set; }

    public string? Scopes { get; set; }

    public string LoginUrl { get; set; } = "https://login.xero.com";

    public string IdentityUrl { get; set; } = "https://identity.xero.com";

    /// <summary><c>/connections</c> and <c>/api.xro/2.0/</c> lie below it.</summary>
    public string ApiUrl { get; set; } = "https://api.xero.com";

    public string? WebhookKey { get; set; }

    /// <summary>Per organisation.</summary>
    public int CallsPerMinute { get; set; } = 55;

    /// <summary>Per organisation.</summary>
    public int ConcurrentCalls { get; set; } = 4;

    /// <summary>Per organisation.</summary>
    public int CallsPerDay { get; set; } = 900;

    /// <summary>Of one call.</summary>
    public int TimeoutSeconds { get; set; } = 100;

    /// <summary>Of one call, after the first try.</summary>
    public int MaxRetries { get; set; } = 4;

    /// <summary>Before the first repetition; doubles each time.</summary>
    public double RetryDelaySeconds { get; set; } = 1;

    public bool CustomConnection { get; set; }
}
