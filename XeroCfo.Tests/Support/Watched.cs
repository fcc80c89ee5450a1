using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace XeroCfo.Tests.Support;

/// <summary>Notes which methods of a port are called, and answers as the real one does.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1852", Justification = "DispatchProxy derives from it at run time.")]
internal class Watched<TPort> : DispatchProxy
    where TPort : class
{
    private TPort _real = null!;
    private List<string> _asked = null!;

    /// <summary>Puts a watched port in the real one's place.</summary>
    /// <param name="services">The host's.</param>
    /// <param name="asked">Where the methods' names are noted.</param>
    public static void Instead(IServiceCollection services, List<string> asked)
    {
        var real = services.Last(service => service.ServiceType == typeof(TPort));
        services.AddSingleton(provider =>
        {
            var port = Create<TPort, Watched<TPort>>();
            var watched = (Watched<TPort>)(object)port;
            (watched._real, watched._asked) = ((TPort)ActivatorUtilities.CreateInstance(provider, real.ImplementationType!), asked);
            return port;
        });
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        lock (_asked)
        {
            _asked.Add(targetMethod!.Name);
        }

        return targetMethod.Invoke(_real, args);
    }
}
