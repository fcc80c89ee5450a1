using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace XeroCfo.Web.Hosting;

/// <summary>
/// Asks again, for as long as a page is open, whether its person may still be here. The cookie's check does not reach an open
/// circuit, and this one does not reach the next page load: both are needed.
/// </summary>
internal sealed class LiveSession(ILoggerFactory logs, SessionCheck sessions) : RevalidatingServerAuthenticationStateProvider(logs)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(30);

    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        sessions.IsCurrentAsync(authenticationState.User, cancellationToken);
}
