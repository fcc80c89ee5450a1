using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Sync;

namespace XeroCfo.Tests.Support;

/// <summary>The process dies here: nothing in the product may catch it.</summary>
internal sealed class KilledException() : Exception("The process was killed.");

/// <summary>Counts the writes of a process and kills it at one of them, before or after it reached the database.</summary>
internal sealed class KillSwitch
{
    /// <summary>Writes so far.</summary>
    public int Count { get; private set; }

    /// <summary>The write to die at, from 1; 0: none.</summary>
    public int At { get; set; }

    /// <summary>Dies after the write instead of before it.</summary>
    public bool After { get; set; }

    /// <summary>Puts the switch between the pipeline and the database.</summary>
    public void Guard(IServiceCollection services)
    {
        Replace<ISyncStore>(services);
        Replace<ILedgerBook>(services);
    }

    private void Replace<TPort>(IServiceCollection services)
        where TPort : class
    {
        var original = services.Last(service => service.ServiceType == typeof(TPort));
        services.Add(new ServiceDescriptor(typeof(TPort), provider => KillableProxy<TPort>.Of((TPort)ActivatorUtilities.CreateInstance(provider, original.ImplementationType!), this), original.Lifetime));
    }

    internal bool Strikes() => ++Count == At;
}

#pragma warning disable CA1852 // DispatchProxy derives from it when the test runs.
/// <summary>A port whose calls may kill the process.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1852", Justification = "DispatchProxy derives from it at run time.")]
internal class KillableProxy<TPort> : DispatchProxy
    where TPort : class
{
    private TPort _inner = null!;
    private KillSwitch _switch = null!;

    public static TPort Of(TPort inner, KillSwitch kill)
    {
        var proxy = Create<TPort, KillableProxy<TPort>>();
        var state = (KillableProxy<TPort>)(object)proxy;
        (state._inner, state._switch) = (inner, kill);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (!_switch.Strikes())
        {
            return targetMethod!.Invoke(_inner, args);
        }

        if (_switch.After)
        {
            ((Task)targetMethod!.Invoke(_inner, args)!).GetAwaiter().GetResult();
        }

        throw new KilledException();
    }
}
