using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace XeroCfo.Web.Hosting;

/// <summary>How many pages are open on this node, and whose.</summary>
internal sealed class OpenCircuits(CircuitLimitOptions limits)
{
    private readonly ConcurrentDictionary<Guid, int> _perPerson = new();
    private int _all;

    /// <summary>How many there are.</summary>
    public int Open => Volatile.Read(ref _all);

    /// <summary>Counts one in; false when there are too many, and then it is not counted.</summary>
    public bool TryEnter(Guid person)
    {
        var all = Interlocked.Increment(ref _all);
        var own = _perPerson.AddOrUpdate(person, 1, (_, open) => open + 1);
        if (all <= limits.PerNode && own <= limits.PerPerson)
        {
            return true;
        }

        Leave(person);
        return false;
    }

    public void Leave(Guid person)
    {
        Interlocked.Decrement(ref _all);
        _perPerson.AddOrUpdate(person, 0, (_, open) => Math.Max(0, open - 1));
    }
}

/// <summary>Refuses a circuit beyond the limits: each holds memory for as long as its page is open.</summary>
internal sealed class CircuitLimit(OpenCircuits circuits, AuthenticationStateProvider session) : CircuitHandler
{
    private Guid? _counted;

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        var person = SessionCheck.PersonOf((await session.GetAuthenticationStateAsync()).User) ?? Guid.Empty;
        if (!circuits.TryEnter(person))
        {
            throw new InvalidOperationException("Too many open pages.");
        }

        _counted = person;
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (_counted is { } person)
        {
            circuits.Leave(person);
            _counted = null;
        }

        return Task.CompletedTask;
    }
}
