namespace XeroCfo.Domain.Xero.Consents;

/// <summary>Renewals of consents whose answer did not come. Xero takes the old refresh token for half an hour more, and then a person is needed.</summary>
public interface IUnclearRenewals
{
    /// <summary>Tries those again that have waited for some minutes.</summary>
    Task TryAgainAsync(CancellationToken ct);
}
