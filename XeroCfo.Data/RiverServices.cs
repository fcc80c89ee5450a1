using Microsoft.Extensions.DependencyInjection;

namespace XeroCfo.Data;

internal static class RiverServices
{
    /// <summary>Xero, sync, ledger and what follows from them.</summary>
    public static IServiceCollection AddRiver(this IServiceCollection services) => services;
}
