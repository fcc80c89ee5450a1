using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Logging.Console;
using XeroCfo.Data;
using XeroCfo.Domain;
using XeroCfo.Web.Tenants;

namespace XeroCfo.Web.Hosting;

/// <summary>Makes the hosts: one that serves, and one for a command, both with the same settings and services.</summary>
internal static class AppHost
{
    /// <summary>The host that serves. <paramref name="args"/> may hold settings as <c>--Section:Name value</c>.</summary>
    public static WebApplicationBuilder ForServing(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = ContentRoot(args) });
        builder.Logging.AddConsole(options => options.FormatterName ??= LogLines.FormatterName).AddConsoleFormatter<LogLines, ConsoleFormatterOptions>();
        AddProduct(builder);
        return builder;
    }

    /// <summary>The host of a command: quiet, without web server or workers.</summary>
    public static HostApplicationBuilder ForCommand()
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = ContentRoot([]) });
        builder.Logging.ClearProviders();
        AddProduct(builder);
        return builder;
    }

    private static void AddProduct(IHostApplicationBuilder builder)
    {
        AddUserSecrets(builder);
        AddSecretFiles(builder);
        var database = builder.Services.AddSettings(builder.Configuration, builder.Environment.ContentRootPath);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddXeroCfoDomain();
        builder.Services.AddXeroCfoData(database);
        builder.Services.AddSingleton<DemoStart>();
    }

    /// <summary>User secrets count in every environment, not only in development; environment and command line still outrank them.</summary>
    private static void AddUserSecrets(IHostApplicationBuilder builder)
    {
        var secrets = new ConfigurationBuilder().AddUserSecrets(typeof(AppHost).Assembly, optional: true).Sources;
        var sources = builder.Configuration.Sources;
        var lastFile = sources.ToList().FindLastIndex(source => source is JsonConfigurationSource);
        foreach (var source in secrets)
        {
            sources.Insert(lastFile + 1, source);
        }
    }

    /// <summary>
    /// Files named as settings (<c>Encryption__Key</c>), each with its value, in the folder of secrets that containers mount. They outrank
    /// everything: whoever mounts one means it.
    /// </summary>
    private static void AddSecretFiles(IHostApplicationBuilder builder)
    {
        var folder = builder.Configuration["SecretsDirectory"] is { Length: > 0 } set ? set : "/run/secrets";
        builder.Configuration.AddKeyPerFile(Path.GetFullPath(folder), optional: true);
    }

    /// <summary>Where the settings file lies: here, or beside the executable when started from somewhere else.</summary>
    private static string? ContentRoot(string[] args)
    {
        var chosen = Array.Exists(args, arg => arg.TrimStart('-').StartsWith("contentRoot", StringComparison.OrdinalIgnoreCase))
            || Environment.GetEnvironmentVariable("ASPNETCORE_CONTENTROOT") is not null;
        return chosen || File.Exists("appsettings.json") ? null : AppContext.BaseDirectory;
    }
}
