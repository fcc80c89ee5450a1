using Microsoft.Extensions.DependencyInjection;

namespace XeroCfo.Data;

internal static class BankServices
{
    /// <summary>Tenants, users, keys, audit: what every stage leans on.</summary>
    public static IServiceCollection AddBanks(this IServiceCollection services) => services;
}
