using XeroCfo.Data.Storage;
using XeroCfo.Data.Webhooks;
using XeroCfo.Web.Account;
using XeroCfo.Web.Tenants;
using XeroCfo.Web.Workers;

namespace XeroCfo.Web.Hosting;

/// <summary>The server from start to stop: settings, port, database and key are checked before anything is changed.</summary>
internal static class WebHost
{
    public static async Task RunAsync(string[] args, CancellationToken ct)
    {
        var builder = AppHost.ForServing(args);
        builder.AddPages();
        builder.Services.AddXeroCfoApi();
        builder.Services.AddHostedService<AfterStart<SyncWorker>>();
        builder.Services.AddHostedService<AfterStart<RuleWorker>>();
        builder.Services.AddHostedService<AfterStart<AuditWorker>>();
        builder.Services.AddHostedService<AfterStart<ApiKeyWorker>>();
        builder.Services.AddHostedService<AfterStart<ConsentWorker>>();
        builder.Services.AddHostedService<AfterStart<WebhookWorker>>();
        builder.Services.AddHostedService<AfterStart<BackupWorker>>();
        builder.Services.AddHostedService<AfterStart<ScheduleWorker>>();
        builder.Services.AddHostedService<AfterStart<OverviewWorker>>();
        await using var app = builder.Build();
        PortCheck.Run(app);
        await app.Services.GetRequiredService<DatabaseLifecycle>().EnsureUpToDateAsync(ct);
        await app.Services.GetRequiredService<AllowedTargetsNote>().KeepAsync(ct);
        await app.Services.GetRequiredService<FirstAdmin>().PrepareAsync(ct);
        await app.Services.GetRequiredService<DemoStart>().PrepareAsync(ct);
        app.UsePages();
        app.MapXeroCfoApi();
        app.Lifetime.ApplicationStarted.Register(() => Greeting.Write(app));
        await app.RunAsync(ct);
    }
}
