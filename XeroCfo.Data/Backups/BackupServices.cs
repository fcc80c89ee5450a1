using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Domain.Backups;

namespace XeroCfo.Data.Backups;

internal static class BackupServices
{
    /// <summary>Backups and their schedule.</summary>
    public static IServiceCollection AddBackups(this IServiceCollection services)
    {
        services.AddSingleton<BackupRestore>();
        services.AddSingleton<IBackupArchive, BackupArchive>();
        services.AddSingleton<IBackupBook, BackupBook>();
        services.AddSingleton<IBackupShelf, BackupShelf>();
        return services;
    }
}
