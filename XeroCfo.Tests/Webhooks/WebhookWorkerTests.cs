using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using XeroCfo.Data;
using XeroCfo.Data.Encryption;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Webhooks;
using XeroCfo.Domain.Webhooks.Deliveries;
using XeroCfo.Domain.Xero;
using XeroCfo.Tests.Storage;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Workers;

namespace XeroCfo.Tests.Webhooks;

/// <summary>The loop of the product itself, over the wire to receivers on this machine.</summary>
public sealed class WebhookWorkerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_slow_receiver_delays_nobody_else()
    {
        var release = new TaskCompletionSource();
        await using var slow = await WebhookReceiver.StartAsync((_, _) => release.Task);
        await using var quick = await WebhookReceiver.StartAsync();
        await using var product = await ProductAsync();
        await product.EndpointAsync(slow);
        await product.EndpointAsync(quick);
        await product.HappenAsync(40);

        using var worker = product.Start();
        await UntilAsync(() => quick.Received.Count == 40);

        Assert.InRange(slow.Received.Count, 0, DeliverySender.AtOnce);
        release.SetResult();
        await UntilAsync(() => slow.Received.Select(message => message.Id).Distinct().Count() == 40);
        await worker.StopAsync(default);
    }

    [Fact]
    public async Task Each_event_reaches_a_receiver_that_fails_half_the_time_with_exactly_one_effect()
    {
        var (effects, calls) = (new ConcurrentDictionary<string, int>(), 0);
        await using var receiver = await WebhookReceiver.StartAsync((message, response) =>
        {
            if (Interlocked.Increment(ref calls) % 2 == 0)
            {
                response.StatusCode = 500;
            }
            else
            {
                effects.AddOrUpdate(message.Id, 1, (_, count) => count + 1);
            }

            return Task.CompletedTask;
        });
        await using var product = await ProductAsync();
        var secret = await product.EndpointAsync(receiver);
        await product.HappenAsync(200);

        using (var first = product.Start())
        using (var second = product.Start())
        {
            await UntilAsync(() => effects.Count == 200);
            await Task.WhenAll(first.StopAsync(default), second.StopAsync(default));
        }

        Assert.All(effects.Values, count => Assert.Equal(1, count));
        Assert.All(receiver.Received, message => Assert.True(message.IsSignedWith(secret)));
    }

    private static async Task<Product> ProductAsync()
    {
        var database = await TestDatabase.CreateAsync(TestDatabaseKind.Sqlite);
        var (tenant, user) = (SampleRows.Tenant(), SampleRows.User());
        user.Role = Roles.Admin;
        await database.AddAsync(tenant, user);
        return new Product(database, new TenantId(tenant.Id));
    }

    private static async Task UntilAsync(Func<bool> happened)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!happened())
        {
            await Task.Delay(10, limit.Token);
        }
    }

    private sealed class Product : IAsyncDisposable
    {
        private readonly TestDatabase _database;
        private readonly TenantId _tenant;
        private readonly ServiceProvider _services;

        public Product(TestDatabase database, TenantId tenant)
        {
            (_database, _tenant) = (database, tenant);
            _services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddSingleton(new XeroOptions())
                .AddSingleton(new WebhookOptions { AllowPrivateNetworks = ["127.0.0.1"], RetryDelays = [.. Enumerable.Repeat(TimeSpan.FromMilliseconds(20), 40)] })
                .AddXeroCfoDomain().AddXeroCfoData(database.Options).BuildServiceProvider();
            _services.GetRequiredService<KeyRing>().Use(MasterKey.NewText(), []);
        }

        public async Task<string> EndpointAsync(WebhookReceiver receiver) =>
            (await _services.GetRequiredService<WebhookService>().CreateAsync(Caller.Command, _tenant, new WebhookInput("*", receiver.Address.ToString()), default)).Value.Secret;

        public async Task HappenAsync(int count)
        {
            await using var db = _services.GetRequiredService<IDbFactory>().For(_tenant);
            db.OutboxEvents.AddRange(Enumerable.Range(0, count).Select(_ => OutboxEvent.Of(_tenant.Value, WebhookEvents.SyncSucceeded, "", [])));
            await db.SaveChangesAsync();
        }

        /// <summary>Another process.</summary>
        public WebhookWorker Start()
        {
            var queue = _services.GetRequiredService<IDeliveryQueue>();
            var sender = new DeliverySender(queue, _services.GetRequiredService<IWebhookTransport>(), TimeProvider.System, NullLogger<DeliverySender>.Instance);
            var worker = new WebhookWorker(queue, sender, TimeProvider.System, NullLogger<WebhookWorker>.Instance);
            worker.StartAsync(default);
            return worker;
        }

        public async ValueTask DisposeAsync()
        {
            await _services.DisposeAsync();
            await _database.DisposeAsync();
        }
    }
}
