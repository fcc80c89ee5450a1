using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using XeroCfo.Data;
using XeroCfo.Data.Saving;
using XeroCfo.Domain;
using XeroCfo.Domain.ApiKeys;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Users.Mail;
using XeroCfo.Domain.Xero;
using XeroCfo.Tests.Api.Contract;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Hosting;

namespace XeroCfo.Tests.Api;

/// <summary>
/// The API alone over a real database, with people of every role who may see Acme, and nobody who may see Foreign. Every answer that a
/// client of it gets is held against the OpenAPI document.
/// </summary>
public class ApiHost : IAsyncLifetime
{
    private readonly TestDatabaseKind _kind;
    private readonly Dictionary<string, string> _keys = [];
    private WebApplication? _app;
    private TestDatabase? _database;
    private ApiContract? _contract;

    public ApiHost()
        : this(TestDatabaseKind.Sqlite)
    {
    }

    protected ApiHost(TestDatabaseKind kind) => _kind = kind;

    public static XeroTenant Acme { get; } = Organisation("Acme");

    public static XeroTenant Beta { get; } = Organisation("Beta");

    public static XeroTenant Foreign { get; } = Organisation("Foreign");

    internal FakeBooks Books { get; } = new();

    internal TestClock Clock { get; } = new();

    public IServiceProvider Services => _app!.Services;

    internal IDbFactory Db => Services.GetRequiredService<IDbFactory>();

    internal ApiKeyService Keys => Services.GetRequiredService<ApiKeyService>();

    public Dictionary<string, string?> Settings { get; } = new()
    {
        ["RateLimit:PerKeyPerMinute"] = "100000",
        ["RateLimit:PerAddressPerMinute"] = "100000",
    };

    /// <summary>Everything of this host that no other registers: the frame's sign-in, for one.</summary>
    internal Action<WebApplicationBuilder> Configure { get; set; } = _ => { };

    /// <summary>What the host stands on; it outlives a restart.</summary>
    internal TestDatabase Database => _database!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(_kind);
        Build();
        await SeedAsync();
        await SeedMoreAsync();
        await _app!.StartAsync();
        _contract = await ApiContract.OfAsync(Services);
    }

    /// <summary>Another process on the same database.</summary>
    public async Task RestartAsync()
    {
        await _app!.DisposeAsync();
        Build();
        await _app!.StartAsync();
    }

    private void Build()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(Settings);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddXeroCfoData(Database.Options);
        builder.Services.AddXeroCfoDomain();
        builder.Services.AddSingleton(new XeroOptions());
        builder.Services.AddSingleton(new SmtpOptions());
        ReplaceServices(builder.Services);
        builder.Services.AddXeroCfoApi();
        Configure(builder);
        _app = builder.Build();
        _app.MapXeroCfoApi();
    }

    public async Task DisposeAsync()
    {
        await _app!.DisposeAsync();
        await _database!.DisposeAsync();
    }

    internal ApiContract Contract => _contract!;

    /// <summary>What this host's organisations hold beside their people.</summary>
    internal virtual Task SeedMoreAsync() => Task.CompletedTask;

    /// <summary>What this host has in place of the product's own services.</summary>
    internal virtual void ReplaceServices(IServiceCollection services)
    {
        services.Replace(ServiceDescriptor.Singleton<ITenantRepository, SeededTenants>());
        services.Replace(ServiceDescriptor.Singleton<ILedgerReader>(Books));
        services.Replace(ServiceDescriptor.Singleton<ITransactionReader>(Books));
        services.Replace(ServiceDescriptor.Singleton<ISyncRunRepository>(Books));
    }

    public HttpClient Anonymous() => new(new ContractHandler(Contract, _app!.GetTestServer().CreateHandler())) { BaseAddress = _app!.GetTestServer().BaseAddress };

    public HttpClient With(string? key)
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>A key with everything that the role may, for all of its owner's organisations.</summary>
    public HttpClient As(string role) => With(_keys[role]);

    public static Guid PersonOf(string role) => new(Roles.All.ToList().IndexOf(role) + 1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    /// <summary>A key of the role's person; without <paramref name="permissions"/> with everything that the role may.</summary>
    public async Task<NewApiKey> KeyAsync(string role, string[]? permissions = null, Guid[]? tenants = null, DateTime? expiresAt = null)
    {
        var made = await Keys.CreateAsync(Caller.Command, PersonOf(role), $"{role} key", permissions ?? [.. Permissions.Of(role)], tenants, expiresAt, default);
        return made.Value;
    }

    public async Task ChangePersonAsync(string role, Action<User> change)
    {
        await using var db = Db.Create();
        var person = await db.Users.SingleAsync(user => user.Id == PersonOf(role));
        change(person);
        await db.SaveChangesAsync();
    }

    public async Task GrantAsync(string role, XeroTenant tenant, bool granted)
    {
        await using var db = Db.For(new TenantId(tenant.Id));
        await db.UserTenants.Where(grant => grant.UserId == PersonOf(role)).ExecuteDeleteAsync();
        if (granted)
        {
            db.UserTenants.Add(new UserTenant { UserId = PersonOf(role), TenantId = tenant.Id });
            await db.SaveChangesAsync();
        }
    }

    private static XeroTenant Organisation(string name) => new()
    {
        Id = Guid.CreateVersion7(),
        XeroTenantId = $"xero-{name}",
        Name = name,
        BaseCurrency = "NZD",
        FinancialYearEndDay = 31,
        FinancialYearEndMonth = 3,
        BooksStart = new DateOnly(2024, 4, 1),
        DataAsOf = new DateTime(2026, 11, 1, 8, 0, 0, DateTimeKind.Utc),
        LedgerVersion = 7,
    };

    private async Task SeedAsync()
    {
        await using (var db = Db.AcrossTenants("A test makes organisations and people."))
        {
            db.XeroTenants.AddRange(Copy(Acme), Copy(Beta), Copy(Foreign));
            foreach (var role in Roles.All)
            {
                var email = $"{role}@example.com";
                db.Users.Add(new User
                {
                    Id = PersonOf(role),
                    Email = email,
                    NormalizedEmail = email.ToUpperInvariant(),
                    UserName = email,
                    NormalizedUserName = email.ToUpperInvariant(),
                    PasswordHash = "!",
                    SecurityStamp = "stamp",
                    Role = role,
                });
                db.UserTenants.AddRange(
                    new UserTenant { UserId = PersonOf(role), TenantId = Acme.Id }, new UserTenant { UserId = PersonOf(role), TenantId = Beta.Id });
            }

            await db.SaveChangesAsync();
        }

        foreach (var role in Roles.All)
        {
            _keys[role] = (await KeyAsync(role)).Secret;
        }
    }

    /// <summary>A row of its own for each database.</summary>
    internal static XeroTenant Copy(XeroTenant tenant)
    {
        var copy = Organisation(tenant.Name);
        copy.Id = tenant.Id;
        return copy;
    }
}

/// <summary>A clock that stands still until a test moves it.</summary>
public sealed class TestClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}

internal sealed class SeededTenants(IDbFactory factory) : ITenantRepository
{
    public async Task<IReadOnlyList<XeroTenant>> ListAsync(IReadOnlySet<Guid>? ids, CancellationToken ct)
    {
        await using var db = factory.Create();
        return [.. (await db.XeroTenants.AsNoTracking().OrderBy(tenant => tenant.Name).ToListAsync(ct)).Where(tenant => ids is null || ids.Contains(tenant.Id))];
    }

    public async Task<XeroTenant?> FindAsync(TenantId tenant, CancellationToken ct)
    {
        await using var db = factory.Create();
        return await db.XeroTenants.AsNoTracking().SingleOrDefaultAsync(row => row.Id == tenant.Value, ct);
    }

    public Task<Guid?> ActiveAsync(Guid userId, CancellationToken ct) => Task.FromResult<Guid?>(null);

    public Task SetActiveAsync(Caller caller, Guid userId, TenantId tenant, CancellationToken ct) => Task.CompletedTask;

    public Task<Result<Done>> HideAsync(Caller caller, Guid userId, TenantId tenant, bool hidden, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlySet<Guid>> HiddenAsync(Guid userId, CancellationToken ct) => Task.FromResult<IReadOnlySet<Guid>>(new HashSet<Guid>());
}
