using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using XeroCfo.Data.Encryption;
using XeroCfo.Data.Webhooks;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Webhooks;
using XeroCfo.Domain.Webhooks.Deliveries;
using XeroCfo.Tests.Storage;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Webhooks;

/// <summary>Endpoints and their deliveries over a database of one test, with one organisation in it and a wire that a test answers for.</summary>
internal sealed class WebhookSamples : IAsyncDisposable, IWebhookTransport
{
    private readonly Envelope _envelope;

    private WebhookSamples(TestDatabase database, TenantId tenant)
    {
        var ring = new KeyRing();
        ring.Use(MasterKey.NewText(), []);
        (Database, Tenant, _envelope) = (database, tenant, new Envelope(ring));
        Webhooks = new WebhookRepository(database.Factory, _envelope, database.Clock);
        Deliveries = new DeliveryRepository(database.Factory, database.Clock);
        Queue = Process();
        Sender = new DeliverySender(Queue, this, database.Clock, NullLogger<DeliverySender>.Instance);
    }

    public TestDatabase Database { get; }

    public TenantId Tenant { get; }

    public WebhookRepository Webhooks { get; }

    public DeliveryRepository Deliveries { get; }

    public DeliveryQueue Queue { get; }

    public DeliverySender Sender { get; }

    /// <summary>What was sent, in order.</summary>
    public List<SignedMessage> Sent { get; } = [];

    /// <summary>What the receiver answers.</summary>
    public Func<SignedMessage, ReceiverAnswer> Answer { get; set; } = _ => new ReceiverAnswer(204, null, null, null);

    public static async Task<WebhookSamples> CreateAsync(TestDatabaseKind kind)
    {
        var database = await TestDatabase.CreateAsync(kind);
        var (tenant, user) = (SampleRows.Tenant(), SampleRows.User());
        user.Role = Roles.Admin;
        await database.AddAsync(tenant, user);
        return new WebhookSamples(database, new TenantId(tenant.Id));
    }

    public DeliveryQueue Process() => new(
        Database.Factory, _envelope, new WebhookOptions { RetryDelays = [TimeSpan.Zero, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(100)] }, Database.Clock);

    public async Task<TenantId> AnotherOrganisationAsync()
    {
        var tenant = SampleRows.Tenant("Bolt");
        await Database.AddAsync(tenant);
        return new TenantId(tenant.Id);
    }

    public async Task<WebhookWithSecret> EndpointAsync(string choice = "*", TenantId? tenant = null, bool isActive = true) =>
        (await Webhooks.CreateAsync(Caller.Command, tenant ?? Tenant, new WebhookInput(choice, $"https://hooks.example.com/{Guid.NewGuid():N}", isActive), default)).Value;

    /// <summary>Something happened; it is not handed out yet.</summary>
    public async Task<OutboxEvent> HappenedAsync(string type = WebhookEvents.SyncSucceeded, TenantId? tenant = null)
    {
        var told = OutboxEvent.Of((tenant ?? Tenant).Value, type, "", [Guid.NewGuid()]);
        await Database.AddAsync(told);
        return told;
    }

    /// <summary>Hands out what happened and sends all that is due.</summary>
    public async Task<int> SendAsync()
    {
        while (await Queue.DispatchAsync(default) > 0)
        {
        }

        var sent = 0;
        foreach (var due in await Queue.DueAsync(default))
        {
            for (int some; (some = await Sender.SendAsync(due, default)) > 0;)
            {
                sent += some;
            }
        }

        return sent;
    }

    public async Task<List<WebhookDelivery>> KeptAsync()
    {
        await using var db = Database.Open();
        return await db.WebhookDeliveries.AsNoTracking().OrderBy(row => row.Id).ToListAsync();
    }

    Task<ReceiverAnswer> IWebhookTransport.SendAsync(SignedMessage message, CancellationToken ct)
    {
        lock (Sent)
        {
            Sent.Add(message);
        }

        return Task.FromResult(Answer(message));
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
