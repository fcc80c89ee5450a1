using Microsoft.Extensions.DependencyInjection;

namespace XeroCfo.Domain.Backups;

internal static class BackupServices
{
    public static void AddBackups(this IServiceCollection services)
    {
        services.AddSingleton<BackupService>();
        services.AddSingleton<BackupRunner>();
    }
}
