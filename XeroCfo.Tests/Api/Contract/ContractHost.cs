using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using XeroCfo.Data;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Budgets;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Rules.Runs;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Storage;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Api.Contract;

/// <summary>The API with all of its real services over a database with a few rows of everything, in Acme and, under other names, in Foreign.</summary>
internal sealed class ContractHost(TestDatabaseKind kind) : ApiHost(kind)
{
    /// <summary>No row of Foreign is without it.</summary>
    public const string Secret = "Hushed";

    public const string SignInEmail = "token@example.com", SignInPassword = "correct horse battery";

    private static readonly DateOnly October = new(2026, 10, 31);

    /// <summary>The only admin who can sign in, and gets what erased people leave.</summary>
    public Guid LastAdmin => Heir;

    public Guid Heir { get; private set; }

    /// <summary>What every database read of a recognised caller fails with.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Acme's transactions, newest last.</summary>
    public Transaction[] Transactions { get; } = [.. Enumerable.Range(0, 12).Select(i => Row(Acme.Id, i))];

    public Transaction ForeignTransaction { get; } = Row(Foreign.Id, 0, Secret);

    public SyncRun Over { get; } = new() { TenantId = Acme.Id, Trigger = SyncTriggers.Manual, Status = SyncStatus.Succeeded };

    public Contact Customer { get; } = new() { TenantId = Acme.Id, ContactId = Guid.NewGuid(), Name = "Harbour Street", EmailAddress = "accounts@harbour.example", IsCustomer = true };

    /// <summary>Acme's open invoice, of <see cref="Customer"/>.</summary>
    public Transaction Invoice { get; } = Open(Acme.Id, TransactionTypes.Invoice, "INV-77", 1_380m, 20);

    /// <summary>Acme's open bills; they look alike.</summary>
    public Transaction[] Bills { get; } = [Open(Acme.Id, TransactionTypes.Bill, "SP-20418", 7_475m, 4), Open(Acme.Id, TransactionTypes.Bill, "SP20418", 7_475m, 7)];

    /// <summary>A supplier's bills from April to September, all paid: October's is missing.</summary>
    public Transaction[] Usual { get; } = [.. Enumerable.Range(4, 6).Select(month => Monthly(Acme.Id, month))];

    public Budget OfXero { get; } = new() { TenantId = Acme.Id, Name = "Overall budget", Source = BudgetSources.Xero, XeroId = Guid.NewGuid() };

    public Category Used { get; } = Category(Acme.Id, "Used by a rule");

    internal override void ReplaceServices(IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.Replace(ServiceDescriptor.Singleton<Domain.Xero.IXeroSource, EmptyXero>());
        services.Replace(ServiceDescriptor.Singleton<IDbFactory>(provider =>
            new FaultyDb(new DbFactory(Database.Options, Clock), () => provider.GetRequiredService<IHttpContextAccessor>().HttpContext?.User.Identity?.IsAuthenticated == true ? Failure : null)));
    }

    internal override async Task SeedMoreAsync()
    {
        var users = Services.GetRequiredService<UserService>();
        await users.AddAsync(Caller.Command, new NewUser(SignInEmail, Roles.Standard, TenantGrants.Of(Acme.Id), SignInPassword), default);
        Heir = (await users.AddAsync(Caller.Command, new NewUser("heir@example.com", Roles.Admin, TenantGrants.Of(Acme.Id, Beta.Id), SignInPassword), default)).Value.User.Id;
        var run = new SyncRun { TenantId = Foreign.Id, Trigger = SyncTriggers.Manual, Status = SyncStatus.Succeeded, Step = Secret };
        await Database.AddAsync([.. Transactions, ForeignTransaction, Over, run, Used, OfXero, new Budget { TenantId = Foreign.Id, Name = Secret, Source = BudgetSources.Xero, XeroId = Guid.NewGuid() }, Category(Foreign.Id, Secret), .. Ledger(Acme.Id, ""), .. Ledger(Foreign.Id, Secret)]);
        Invoice.ContactId = Customer.ContactId;
        Bills[1].ContactId = Bills[0].ContactId;
        Array.ForEach(Usual, bill => bill.ContactId = Usual[0].ContactId);
        await Database.AddAsync([Customer, Invoice, .. Bills, .. Usual, Open(Foreign.Id, TransactionTypes.Invoice, $"{Secret}-1", 10m, 20), Open(Foreign.Id, TransactionTypes.Bill, $"{Secret}-2", 10m, 20)]);
        await Database.AddAsync(new CategoryRule { UserId = PersonOf(Roles.Admin), TenantId = Acme.Id, Pattern = "x", Category = Used.Name });
    }

    /// <summary>Acme's figures are on the move, or not.</summary>
    public async Task MoveAsync(bool moving)
    {
        await using var db = Db.Create();
        await db.XeroTenants.Where(tenant => tenant.Id == Acme.Id).ExecuteUpdateAsync(set => set.SetProperty(tenant => tenant.SyncInProgress, moving));
    }

    /// <summary>Does all runs of Acme's rules that wait, this one too.</summary>
    public async Task<Guid> FinishRunAsync(Guid run)
    {
        while (await Services.GetRequiredService<RuleRunner>().RunNextAsync(new TenantId(Acme.Id), default) is not null)
        {
        }

        return run;
    }

    internal static Transaction Row(Guid tenant, int place, string name = "")
    {
        var row = SampleRows.Transaction(tenant, 10m + place);
        (row.Date, row.ContactName, row.Number, row.Description) = (row.Date.AddDays(place % 5), $"{name}Customer {place}", $"{name}INV-{place}", $"{name}Beans {place}");
        row.SearchText = $"{row.ContactName} {row.Number} {row.Description}".ToLowerInvariant();
        return row;
    }

    private static Transaction Monthly(Guid tenant, int month)
    {
        var row = Open(tenant, TransactionTypes.Bill, $"KP-{month}01", 2_300m + month, 9);
        (row.Date, row.Status, row.AmountDue) = (new DateOnly(2026, month, 9), "PAID", 0);
        return row;
    }

    // Of a day in November 2026.
    private static Transaction Open(Guid tenant, string type, string number, decimal amount, int day)
    {
        var row = SampleRows.Transaction(tenant, amount);
        (row.Type, row.Number, row.AmountDue, row.Date, row.DueDate, row.ContactId, row.ContactName) = (type, number, amount, new DateOnly(2026, 11, day), new DateOnly(2026, 11, 20), Guid.NewGuid(), $"Contact of {number}");
        (row.Direction, row.BaseAmount) = type == TransactionTypes.Invoice ? (Directions.In, amount) : (Directions.Out, -amount);
        row.SearchText = $"{row.ContactName} {row.Number}".ToLowerInvariant();
        return row;
    }

    private static Category Category(Guid tenant, string name) =>
        new() { TenantId = tenant, Name = name, NormalizedName = Domain.Rules.Category.Normalize(name), Colour = CategoryColours.Of(0) };

    /// <summary>A few rows of an organisation's books, with <paramref name="name"/> in every text.</summary>
    internal static IEnumerable<object> Ledger(Guid tenant, string name)
    {
        var now = new DateTime(2026, 11, 20, 9, 30, 0, DateTimeKind.Utc);
        foreach (var (account, code, amount) in new[] { (FakeBooks.Bank, "090", 30m), (FakeBooks.Sales, "200", -30m) })
        {
            yield return new Domain.Ledger.Account { TenantId = tenant, AccountId = account, Code = code, Name = $"{name}Account {code}", Type = code == "090" ? "BANK" : "REVENUE", Class = code == "090" ? "ASSET" : "REVENUE" };
            yield return new LedgerLine { TenantId = tenant, AccountId = account, Date = October, Amount = amount, Source = LineSources.XeroTrialBalance, Kind = DifferenceKinds.Unexplained };
            yield return new LedgerLine { TenantId = tenant, AccountId = account, Date = October.AddDays(-3), Amount = amount / 3, Source = LineSources.Document, DocumentXeroId = Guid.NewGuid(), DocumentKind = Domain.Xero.DocumentKind.Invoice, Description = $"{name}Beans" };
            yield return new XeroDifference { TenantId = tenant, AccountId = account, Date = October, Amount = amount, FirstSeenAt = now, ChangedAt = now };
        }
    }

    private sealed class FaultyDb(IDbFactory real, Func<Exception?> failure) : IDbFactory
    {
        public XeroCfoDb Create() => failure() is { } fault ? throw fault : real.Create();
    }
}
