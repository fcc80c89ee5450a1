using Microsoft.Extensions.Logging;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;
using XeroCfo.Domain.Xero.Consents;

namespace XeroCfo.Data.Xero.Consents;

/// <summary>An access token that works now, and the consent that it came from.</summary>
internal sealed record HeldToken(string AccessToken, DateTime ExpiresAt, XeroToken Row)
{
    /// <summary>Never the token: an accidental log line stays harmless.</summary>
    public override string ToString() => $"access token until {ExpiresAt:O}";
}

/// <summary>
/// Access tokens, renewed before they end. One renewal of a consent at a time, over all processes; the new pair is kept before it is
/// used; where the answer was lost the old one is tried once more; and what Xero has ended is marked, never asked for again.
/// </summary>
internal sealed class XeroAccess(TokenBook book, IXeroIdentity identity, GrantLock locks, XeroOptions options, TimeProvider clock, ILogger<XeroAccess> log) : IXeroAccess
{
    /// <summary>A token with less than this left is renewed first.</summary>
    private static readonly TimeSpan Spare = TimeSpan.FromMinutes(5);

    /// <summary>After a try, well or badly ended, a token that still works is used so long before the next one.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan AlmostOver = TimeSpan.FromSeconds(5);

    public async Task<Result<HeldToken>> TokenAsync(TenantId tenant, string? refused, CancellationToken ct)
    {
        while (true)
        {
            if (await book.HealthyAsync(tenant, ct) is not { } row)
            {
                return await book.WhyNotAsync(tenant, ct);
            }

            if (Usable(row, refused) is { } held)
            {
                return held;
            }

            var renewed = await RenewAsync(row, refused, ct);
            if (renewed.Problem != IdentityProblems.ConsentEnded)
            {
                return renewed;
            }
        }
    }

    public async Task<Result<HeldToken>> TokenOfAsync(XeroToken row, string? refused, CancellationToken ct) => Usable(row, refused) is { } held ? held : await RenewAsync(row, refused, ct);

    public async Task<Result<HeldToken>> LostAsync(TenantId tenant, HeldToken held, int status, CancellationToken ct)
    {
        var reached = status == 403 ? await identity.ConnectionsAsync(held.AccessToken, ct) : IdentityProblems.ConsentEnded;
        if (reached.Problem == IdentityProblems.Unclear)
        {
            return XeroProblems.Away("it refused this organisation and did not say why.");
        }

        var because = !reached.Succeeded ? Causes.Withdrawn
            : reached.Value.Any(connection => connection.ConnectionId == held.Row.ConnectionId) ? Causes.RightsLost
            : Causes.Disconnected;
        log.LogWarning("Xero no longer takes a consent for {Tenant}: {Cause}", tenant, because);
        await book.BreakAsync(held.Row, whole: false, because, ct);
        return await TokenAsync(tenant, null, ct);
    }

    private HeldToken? Usable(XeroToken row, string? refused)
    {
        var left = row.ExpiresAt - clock.UtcNow();
        var justTried = row.RenewalTriedAt is { } failed && clock.UtcNow() - failed < Breath;
        return left > (justTried ? AlmostOver : Spare) && book.Open(row.AccessToken, TokenSeals.AccessOf(row)) is { } token && token != refused
            ? new HeldToken(token, row.ExpiresAt, row)
            : null;
    }

    private async Task<Result<HeldToken>> RenewAsync(XeroToken row, string? refused, CancellationToken ct)
    {
        await using var alone = await locks.TakeAsync(row.GrantId ?? row.Id, ct);
        if (await book.FindAsync(row, ct) is not { BrokenAt: null } now)
        {
            return IdentityProblems.ConsentEnded;
        }

        // Somebody else may have renewed it while we waited.
        if (Usable(now, refused) is { } held)
        {
            return held;
        }

        if (book.Open(now.RefreshToken, TokenSeals.RefreshOf(now)) is not { } refreshToken)
        {
            await book.BreakAsync(now, whole: true, Causes.Unreadable, ct);
            return IdentityProblems.ConsentEnded;
        }

        if (refreshToken.Length == 0 && !options.CustomConnection)
        {
            await book.BreakAsync(now, whole: true, Causes.NotOffline, ct);
            return IdentityProblems.ConsentEnded;
        }

        ct.ThrowIfCancellationRequested();
        return await RenewAsync(now, refreshToken, refused);
    }

    // From here on nobody's leaving ends it: Xero may have used the old refresh token up, and only what is kept of its answer carries on.
    private async Task<Result<HeldToken>> RenewAsync(XeroToken row, string refreshToken, string? refused)
    {
        var pair = await AskAsync(refreshToken);
        if (!pair.Succeeded)
        {
            return await NotRenewedAsync(row, refused, pair.Problem!);
        }

        await book.RenewedAsync(row, pair.Value, CancellationToken.None);
        return new HeldToken(pair.Value.AccessToken, pair.Value.ExpiresAt, row);
    }

    // Where the answer was lost Xero takes the old refresh token for another half hour: once more is safe, and enough.
    private async Task<Result<XeroTokenPair>> AskAsync(string refreshToken)
    {
        if (refreshToken.Length == 0)
        {
            return await identity.OfAppAsync(CancellationToken.None);
        }

        var pair = await identity.RenewAsync(refreshToken, CancellationToken.None);
        return pair.Problem == IdentityProblems.Unclear ? await identity.RenewAsync(refreshToken, CancellationToken.None) : pair;
    }

    private async Task<Result<HeldToken>> NotRenewedAsync(XeroToken row, string? refused, Problem problem)
    {
        if (problem == IdentityProblems.ConsentEnded)
        {
            log.LogWarning("Xero has ended the consent {Grant}", row.GrantId);
            await book.BreakAsync(row, whole: true, Causes.Ended, CancellationToken.None);
            return problem;
        }

        if (problem != IdentityProblems.Unclear)
        {
            return problem;
        }

        await book.NotRenewedAsync(row, CancellationToken.None);
        return await book.FindAsync(row, CancellationToken.None) is { } now && Usable(now, refused) is { } held ? held : XeroProblems.Away("its sign-in service does not answer.");
    }

    /// <summary>Why a consent no longer works, in words for people.</summary>
    private static class Causes
    {
        public const string Ended = "Xero has ended the consent: it was withdrawn, or unused for 60 days.";
        public const string Withdrawn = "Xero no longer takes the consent: it was withdrawn.";
        public const string Disconnected = "The organisation was disconnected inside Xero.";
        public const string RightsLost = "The person who consented no longer has the rights for it at Xero.";
        public const string Unreadable = "The stored consent cannot be decrypted: its key is no longer among Encryption:PreviousKeys.";
        public const string NotOffline = "The consent lacks the scope offline_access, so it ended after half an hour.";
    }
}

/// <summary>One conversation's token: kept while it is good, so that the database is asked once.</summary>
internal sealed class TenantKey(IXeroAccess access, TenantId tenant, TimeProvider clock) : IXeroKey
{
    private static readonly TimeSpan Spare = TimeSpan.FromMinutes(5);

    private readonly HashSet<string> _renewedFor = [];
    private HeldToken? _held;

    public async Task<Result<string>> TokenAsync(CancellationToken ct)
    {
        if (_held is { } held && held.ExpiresAt - clock.UtcNow() > Spare)
        {
            return held.AccessToken;
        }

        return Take(await access.TokenAsync(tenant, null, ct));
    }

    public async Task<Result<string>> RefusedAsync(string token, int status, CancellationToken ct)
    {
        if (_held is not { } held || held.AccessToken != token)
        {
            return await TokenAsync(ct);
        }

        // A token may end early: then it is renewed. A renewed one that Xero never took is the end of this consent.
        if (status == 401 && !_renewedFor.Contains(token))
        {
            var renewed = Take(await access.TokenAsync(tenant, token, ct));
            if (renewed.Succeeded)
            {
                _renewedFor.Add(renewed.Value);
            }

            return renewed;
        }

        return Take(await access.LostAsync(tenant, held, status, ct));
    }

    public void Taken(string token) => _renewedFor.Remove(token);

    private Result<string> Take(Result<HeldToken> token)
    {
        _held = token.Succeeded ? token.Value : null;
        return token.Succeeded ? token.Value.AccessToken : token.Problem!;
    }
}
