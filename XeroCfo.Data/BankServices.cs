using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Data.ApiKeys;

namespace XeroCfo.Data;

internal static class BankServices
{
    /// <summary>Tenants, users, keys, audit: what every stage leans on.</summary>
    public static IServiceCollection AddBanks(this IServiceCollection services)
    {
        services.AddApiKeyStore();
        return services;
    }
}
