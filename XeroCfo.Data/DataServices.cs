using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Data.Xero;

namespace XeroCfo.Data;

/// <summary>Everything of this project, in river order.</summary>
public static class DataServices
{
    /// <summary>Registers the database, the banks and the river.</summary>
    public static IServiceCollection AddXeroCfoData(this IServiceCollection services, DatabaseOptions database, XeroOptions xero)
    {
        services.AddSingleton(database);
        services.AddSingleton<IDbFactory, DbFactory>();
        services.AddBanks();
        services.AddRiver(xero);
        return services;
    }
}
