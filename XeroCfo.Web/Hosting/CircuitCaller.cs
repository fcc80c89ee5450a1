using Microsoft.AspNetCore.Components.Authorization;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Shell;

namespace XeroCfo.Web.Hosting;

/// <summary>From where the page was opened. The root component hands it over, because a circuit has no request of its own.</summary>
public sealed class Visitor
{
    public Origin Origin { get; private set; } = new();

    public void Arrived(string? address, string? userAgent) => Origin = new Origin(address, userAgent);
}

/// <summary>Who uses this page, with rights read from the database and read again at least twice a minute.</summary>
public sealed class CircuitCaller(AuthenticationStateProvider session, CallerService callers, Visitor visitor, TimeProvider clock) : ICircuitCaller
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(30);
    private Caller? _caller;
    private long _readAt;

    Task<Caller> ICircuitCaller.GetAsync() => GetAsync();

    /// <summary>The caller; somebody without any right when the session has ended.</summary>
    public async Task<Caller> GetAsync(CancellationToken ct = default)
    {
        if (_caller is { } known && clock.GetElapsedTime(_readAt) < Freshness)
        {
            return known;
        }

        var user = (await session.GetAuthenticationStateAsync()).User;
        var read = SessionCheck.PersonOf(user) is { } userId ? await callers.ForUserAsync(userId, visitor.Origin, ct, SessionCheck.SessionOf(user)) : CallerService.NotSignedIn;
        (_caller, _readAt) = (read.Succeeded ? read.Value : Nobody(), clock.GetTimestamp());
        return _caller;
    }

    /// <summary>Reads anew at the next <see cref="GetAsync"/>: after granting something to oneself.</summary>
    public void Forget() => _caller = null;

    private Caller Nobody() => new() { Kind = CallerKind.Person, Name = "nobody", Address = visitor.Origin.Address, UserAgent = visitor.Origin.UserAgent };
}
