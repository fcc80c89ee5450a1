using XeroCfo.Data.Encryption;
using XeroCfo.Data.Storage;
using XeroCfo.Data.Users;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Users.Mail;
using XeroCfo.Domain.Webhooks;
using XeroCfo.Domain.Xero;
using XeroCfo.Web.Account;

namespace XeroCfo.Web.Hosting;

/// <summary>Every setting of the product, read and checked in one go before anything is touched.</summary>
internal static class AppSettings
{
    private const string DataDirectory = "DataDirectory";

    /// <summary>Registers each section's options as themselves; a fault in any of them is a <see cref="RefusedException"/>.</summary>
    /// <returns>The database that was chosen.</returns>
    public static DatabaseOptions AddSettings(this IServiceCollection services, IConfiguration configuration, string contentRoot)
    {
        var reader = new SettingsReader(configuration);
        var folder = FolderOf(configuration, contentRoot);
        var database = reader.Read<DatabaseOptions>(DatabaseOptions.Section, nameof(DatabaseOptions.ConnectionString));
        database.ConnectionString = ConnectionOf(configuration, database, folder);
        reader.Check(database);
        services.AddSingleton(folder);
        Add<EncryptionOptions>(EncryptionOptions.Section);
        Add<PasswordHashOptions>(PasswordHashOptions.Section);
        Add<AdminOptions>(AdminOptions.Section);
        Add<SessionLimits>(SessionLimits.Section);
        Add<ProxyOptions>(ProxyOptions.Section);
        Add<RateLimitOptions>(RateLimitOptions.Section);
        Add<CircuitLimitOptions>(CircuitLimitOptions.Section);
        Add<SmtpOptions>(SmtpOptions.Section);
        Add<MetricsOptions>(MetricsOptions.Section);
        Add<XeroOptions>(XeroOptions.Section);
        Add<DemoOptions>(DemoOptions.Section);
        Add<SyncOptions>(SyncOptions.Section);
        Add<WebhookOptions>(WebhookOptions.Section);
        reader.ThrowIfFaulty();
        return database;

        void Add<T>(string section)
            where T : class, ISettings, new()
        {
            var settings = reader.Read<T>(section);
            reader.Check(settings);
            services.AddSingleton(settings);
        }
    }

    private static DataFolder FolderOf(IConfiguration configuration, string contentRoot)
    {
        var set = configuration[DataDirectory];
        return new DataFolder(Path.GetFullPath(string.IsNullOrWhiteSpace(set) ? "data" : set, contentRoot));
    }

    private static string ConnectionOf(IConfiguration configuration, DatabaseOptions database, DataFolder folder)
    {
        var set = configuration.GetConnectionString("Database");
        var template = string.IsNullOrWhiteSpace(set) && database.IsSqlite ? "Data Source={DataDirectory}/xerocfo.db" : set ?? "";
        return template.Replace("{DataDirectory}", folder.FullPath, StringComparison.OrdinalIgnoreCase);
    }
}
