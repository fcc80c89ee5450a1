using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Data.Encryption;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;

namespace XeroCfo.Data;

/// <summary>Everything of this project, in river order.</summary>
public static class DataServices
{
    /// <summary>
    /// Registers the database, the banks and the river. <see cref="DataFolder"/>, <see cref="EncryptionOptions"/> and the options of each
    /// capability come from the host.
    /// </summary>
    public static IServiceCollection AddXeroCfoData(this IServiceCollection services, DatabaseOptions database)
    {
        services.AddSingleton(database);
        services.AddSingleton<IDbFactory, DbFactory>();
        services.AddSingleton<DatabaseLifecycle>();
        services.AddEncryption();
        services.AddBanks();
        services.AddRiver();
        return services;
    }
}
