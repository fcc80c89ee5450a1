using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using XeroCfo.Data;
using XeroCfo.Data.Encryption;
using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain;
using XeroCfo.Domain.Pipeline;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Xero;
using XeroCfo.Domain.Xero.Consents;

namespace XeroCfo.Tests.Support;

/// <summary>Two small organisations at a fake Xero behind a port, an app of our own there, and people who consent; the product's real client on our side.</summary>
internal sealed class ConsentedBooks : IAsyncDisposable
{
    public const string WebhookKey = "a key of Xero's notices";

    private readonly FakeXeroServer _server;
    private readonly ServiceProvider _services;
    private readonly string _key = MasterKey.NewText();

    private ConsentedBooks(TestDatabase database, FakeXeroServer server, SmallBooks small, FakeBooks other, Action<XeroOptions>? options)
    {
        (Database, _server, Small, Other) = (database, server, small, other);
        Options = new XeroOptions
        {
            ClientId = FakeConsents.ClientId,
            ClientSecret = FakeConsents.ClientSecret,
            RedirectUri = Consents.RedirectUri,
            WebhookKey = WebhookKey,
            LoginUrl = Address,
            IdentityUrl = Address,
            ApiUrl = Address,
            CallsPerMinute = 1_000_000,
            CallsPerDay = 4_000,
            RetryDelaySeconds = 0.001,
            TimeoutSeconds = 20,
            MaxRetries = 2,
        };
        options?.Invoke(Options);
        _services = Process();
    }

    public TestDatabase Database { get; }

    public SmallBooks Small { get; }

    public FakeBooks Other { get; }

    public XeroOptions Options { get; }

    /// <summary>Everything that was logged.</summary>
    public List<string> Log { get; } = [];

    public FakeXero Xero => _server.Xero;

    public FakeConsents Consents => Xero.Consents!;

    public FixedClock Clock => Small.Clock;

    public Guid First => Small.Books.Organisation.Settings.TenantId;

    public Guid Second => Other.Organisation.Settings.TenantId;

    private string Address => _server.BaseAddress.ToString().TrimEnd('/');

    public static async Task<ConsentedBooks> CreateAsync(TestDatabaseKind kind = TestDatabaseKind.Sqlite, Action<XeroOptions>? options = null)
    {
        var small = new SmallBooks();
        var other = FakeBooks.WithUsualAccounts(new FakeOrganisationSettings(Guid.Parse("bbbbbbbb-0000-4000-8000-000000000002"), "Other Limited"));
        other.Invoice(new DateOnly(2026, 1, 5), "Somebody", new FakeLine("200", 80m, "OUTPUT2"));
        var xero = new FakeXero(small.Clock) { Consents = new FakeConsents(small.Clock) };
        xero.Add(small.Books.Organisation);
        xero.Add(other.Organisation);
        return new ConsentedBooks(await TestDatabase.CreateAsync(kind, small.Clock), await FakeXeroServer.StartAsync(xero), small, other, options);
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>A process of its own on the same database.</summary>
    public ServiceProvider Process()
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new Listener(Log)));
        services.AddSingleton<TimeProvider>(Clock);
        services.AddXeroCfoDomain();
        services.AddSingleton(Options).AddSingleton(new SyncOptions());
        services.AddXeroCfoData(Database.Options);
        services.AddSingleton(Database.Factory);
        var ring = new KeyRing();
        ring.Use(_key, []);
        services.AddSingleton(ring);
        return services.BuildServiceProvider();
    }

    /// <summary>Somebody who may connect.</summary>
    public async Task<Caller> PersonAsync(string name = "ana", string role = Roles.Accountant)
    {
        var user = new User { Id = Guid.CreateVersion7(), Email = $"{name}@acme.test", UserName = $"{name}@acme.test", NormalizedUserName = $"{name}@ACME.TEST".ToUpperInvariant(), NormalizedEmail = $"{name}@ACME.TEST".ToUpperInvariant(), PasswordHash = "none", Role = role, SecurityStamp = "stamp" };
        await Database.AddAsync(user);
        return await AsNowAsync(user.Id);
    }

    /// <summary>The person with the rights of this moment.</summary>
    public async Task<Caller> AsNowAsync(Guid user) => (await Get<CallerService>().ForUserAsync(user, Origin.Console, default)).Value;

    /// <summary>The person's browser goes to Xero, ticks organisations and brings back what Xero says.</summary>
    public async Task<(ConsentRequest Request, Dictionary<string, string> Answer)> AskAsync(Caller caller, params Guid[] chosen)
    {
        (Consents.Person, Consents.Chosen) = (caller.Name, chosen);
        var request = ConsentRequest.New(Consents.RedirectUri);
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var back = await browser.GetAsync(request.Address(Options));
        Assert.Equal(HttpStatusCode.Redirect, back.StatusCode);
        var answer = back.Headers.Location!.Query.TrimStart('?').Split('&').Select(part => part.Split('=')).ToDictionary(part => part[0], part => Uri.UnescapeDataString(part[1]));
        return (request, answer);
    }

    /// <summary>The whole consent.</summary>
    public async Task<Result<IReadOnlyList<TenantId>>> ConnectAsync(Caller caller, params Guid[] chosen)
    {
        var (request, answer) = await AskAsync(caller, chosen);
        Assert.Equal(request.State, answer["state"]);
        return await Get<XeroConnectionService>().ConnectAsync(caller, answer["code"], request, default);
    }

    /// <summary>One organisation connected by one person, with its first sync done.</summary>
    public async Task<(Caller Person, TenantId Tenant)> ConnectedAsync()
    {
        var person = await PersonAsync();
        var tenant = (await ConnectAsync(person, First)).Value[0];
        var run = await SyncAsync(tenant);
        Assert.True(run?.Status == SyncStatus.Succeeded, $"{run?.Status} {run?.ErrorMessage}");
        return (await AsNowAsync(person.UserId!.Value), tenant);
    }

    /// <summary>Does the run that waits, or one asked for now.</summary>
    public async Task<SyncRun?> SyncAsync(TenantId tenant)
    {
        Assert.Null((await Get<SyncService>().RequestAsync(Caller.Command, tenant, false, default)).Problem);
        return await Get<SyncRunner>().RunNextAsync(tenant, default);
    }

    public async Task<XeroTenant> OrganisationAsync(TenantId tenant)
    {
        await using var db = Database.Open();
        return await db.XeroTenants.AsNoTracking().SingleAsync(row => row.Id == tenant.Value);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _server.DisposeAsync();
        await Database.DisposeAsync();
    }

    private sealed class Listener(List<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (lines)
            {
                lines.Add($"{formatter(state, exception)} {exception}");
            }
        }

        public void Dispose()
        {
            // It only listens.
        }
    }
}
