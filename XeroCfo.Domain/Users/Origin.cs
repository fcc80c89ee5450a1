namespace XeroCfo.Domain.Users;

/// <summary>From where somebody asks: for the audit trail, never for a decision.</summary>
public sealed record Origin(string? Address = null, string? UserAgent = null, string? RequestId = null)
{
    /// <summary>The console of the machine.</summary>
    public static readonly Origin Console = new();
}
