using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Xero.Consents;

/// <summary>Connecting organisations, and parting from them.</summary>
public sealed class XeroConnectionService(IXeroIdentity identity, IConnectionBook book, ITenantRepository tenants, XeroOptions xero)
{
    /// <summary>What stands in the way of asking Xero for a person's consent; null: nothing.</summary>
    public Problem? MayBegin(Caller caller) => caller.Lacks(Permissions.ConnectionsWrite) is { } refused ? refused
        : xero.ClientId is null ? ConnectionProblems.NoApp
        : xero.CustomConnection ? ConnectionProblems.IsCustom
        : null;

    /// <summary>Asks Xero whether it knows this installation's app. No consent is touched: a refresh token that never was is refused after the app is known.</summary>
    public async Task<Result<Done>> TestAppAsync(Caller caller, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ConnectionsWrite) is { } refused)
        {
            return refused;
        }

        if (xero.ClientId is null)
        {
            return ConnectionProblems.NoApp;
        }

        var answer = xero.CustomConnection ? await identity.OfAppAsync(ct) : await identity.RenewAsync("never-given", ct);
        return answer.Problem is { } problem && problem != IdentityProblems.ConsentEnded ? problem : Done.Value;
    }

    /// <summary>Redeems the code of a consent. Every organisation of that consent comes in and is granted to the person.</summary>
    public async Task<Result<IReadOnlyList<TenantId>>> ConnectAsync(Caller caller, string code, ConsentRequest request, CancellationToken ct)
    {
        if (MayBegin(caller) is { } refused)
        {
            return refused;
        }

        if (caller.UserId is not { } userId)
        {
            return ConnectionProblems.NoPerson;
        }

        // The code counts once: from here on a page that is closed loses nothing.
        var tokens = await identity.RedeemAsync(code, request, ct);
        return tokens.Succeeded ? await KeepAsync(caller, userId, tokens.Value, CancellationToken.None) : tokens.Problem!;
    }

    /// <summary>Connects the one organisation of a custom connection, for the person named.</summary>
    public async Task<Result<IReadOnlyList<TenantId>>> ConnectCustomAsync(Caller caller, Guid userId, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ConnectionsWrite) is { } refused)
        {
            return refused;
        }

        if (xero.ClientId is null || !xero.CustomConnection)
        {
            return ConnectionProblems.NotCustom;
        }

        var tokens = await identity.OfAppAsync(ct);
        return tokens.Succeeded ? await KeepAsync(caller, userId, tokens.Value, ct) : tokens.Problem!;
    }

    /// <summary>Who gave consent for an organisation, and to what.</summary>
    public async Task<Result<IReadOnlyList<ConsentFacts>>> ConsentsAsync(Caller caller, TenantId tenant, CancellationToken ct) =>
        caller.Lacks(Permissions.ConnectionsWrite, tenant) is { } refused ? refused : Result<IReadOnlyList<ConsentFacts>>.Of(await book.ConsentsAsync(tenant, ct));

    /// <summary>What a deletion would take along.</summary>
    public async Task<Result<Holdings>> HoldingsAsync(Caller caller, TenantId tenant, CancellationToken ct) =>
        caller.Lacks(Permissions.ConnectionsWrite, tenant) is { } refused ? refused : await book.HoldingsAsync(tenant, ct);

    /// <summary>Parts from an organisation: at Xero, from its tokens, and if so wished from everything else of it.</summary>
    /// <param name="caller">Who parts.</param>
    /// <param name="tenant">From which one.</param>
    /// <param name="then">What becomes of our copy.</param>
    /// <param name="typedName">The organisation's name as the person typed it; needed to delete.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task<Result<Done>> DisconnectAsync(Caller caller, TenantId tenant, AfterDisconnect then, string? typedName, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ConnectionsWrite, tenant) is { } refused)
        {
            return refused;
        }

        if (await tenants.FindAsync(tenant, ct) is not { } organisation)
        {
            return TenantProblems.Unknown;
        }

        if (then == AfterDisconnect.Delete && !string.Equals(typedName?.Trim(), organisation.Name.Trim(), StringComparison.Ordinal))
        {
            return Problem.Invalid("name", $"To delete everything of it, type the organisation's name as it stands here: {organisation.Name}");
        }

        if (organisation.IsDemo && then == AfterDisconnect.Keep)
        {
            return ConnectionProblems.DemoIsNotConnected;
        }

        if (!organisation.IsDemo && (await book.LeaveXeroAsync(tenant, ct)).Problem is { } away)
        {
            return away;
        }

        return await book.ForgetAsync(caller, tenant, then, ct);
    }

    private async Task<Result<IReadOnlyList<TenantId>>> KeepAsync(Caller caller, Guid userId, XeroTokenPair tokens, CancellationToken ct)
    {
        var kept = await TryKeepAsync(caller, userId, tokens, ct);
        if (!kept.Succeeded)
        {
            await book.GiveBackAsync(userId, tokens, ct);
        }

        return kept;
    }

    private async Task<Result<IReadOnlyList<TenantId>>> TryKeepAsync(Caller caller, Guid userId, XeroTokenPair tokens, CancellationToken ct)
    {
        var reached = await identity.ConnectionsAsync(tokens.AccessToken, ct);
        if (!reached.Succeeded)
        {
            return reached.Problem!;
        }

        var chosen = XeroConnection.OfConsent(reached.Value, tokens.AuthEventId);
        return chosen.Count == 0 ? ConnectionProblems.NothingChosen : await book.KeepAsync(caller, userId, tokens, chosen, ct);
    }
}

/// <summary>Refusals about connections.</summary>
public static class ConnectionProblems
{
    public static Problem NoApp { get; } = new(
        "xero-app-missing", "No Xero app is set for this installation. Register one at developer.xero.com and set Xero:ClientId and Xero:ClientSecret.", ProblemKind.Refused);

    public static Problem IsCustom { get; } = new(
        "xero-custom-connection", "This installation uses a custom connection, which needs no browser: on the machine run \"xero connect --email\" with the address of the person it belongs to.", ProblemKind.Refused);

    public static Problem NotCustom { get; } = new(
        "xero-not-custom", "\"xero connect\" is for custom connections. Set Xero:CustomConnection to true with the custom connection's Xero:ClientId and Xero:ClientSecret; other apps connect in the browser, on the page Connections.", ProblemKind.Refused);

    public static Problem NoPerson { get; } = new("xero-needs-person", "Only a person who is signed in can connect Xero.", ProblemKind.Refused);

    public static Problem NothingChosen { get; } = new("xero-nothing-chosen", "The consent names no organisation. Connect again and tick at least one at Xero.", ProblemKind.Refused);

    public static Problem DemoIsNotConnected { get; } = new("demo-not-connected", "The demo company is not connected to Xero; it can only be removed.", ProblemKind.Conflict);
}
