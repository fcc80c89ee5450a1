using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.ApiKeys;
using XeroCfo.Domain.Audit;
using XeroCfo.Domain.Backups;
using XeroCfo.Domain.Budgets;
using XeroCfo.Domain.Kpis.Custom;
using XeroCfo.Domain.Kpis.Targets;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Contacts;
using XeroCfo.Domain.Payables;
using XeroCfo.Domain.Receivables;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Reports.Layouts;
using XeroCfo.Domain.Reports.Schedules;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Rules.Runs;
using XeroCfo.Domain.Rules.Suggestions;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Sync.Notices;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Users.SecondFactors;
using XeroCfo.Domain.Users.Sessions;
using XeroCfo.Domain.Webhooks;
using XeroCfo.Domain.Webhooks.Deliveries;
using XeroCfo.Domain.Xero;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Storage;

/// <summary>The smallest valid row of each kind.</summary>
internal static class SampleRows
{
    private static readonly DateOnly Day = new(2026, 11, 20);
    private static readonly DateTime Instant = new(2026, 11, 20, 9, 30, 0, DateTimeKind.Utc);

    public static User User(string email = "ada@example.com") => new()
    {
        Email = email,
        NormalizedEmail = email.ToUpperInvariant(),
        UserName = email,
        NormalizedUserName = email.ToUpperInvariant(),
        PasswordHash = "no password",
    };

    public static XeroTenant Tenant(string name = "Acme") => new() { XeroTenantId = Guid.NewGuid().ToString(), Name = name };

    public static Transaction Transaction(Guid tenant, decimal amount = 100m) => new()
    {
        TenantId = tenant,
        XeroId = Guid.NewGuid(),
        Type = TransactionTypes.Spend,
        Amount = amount,
        BaseAmount = -amount,
        AbsoluteAmount = Math.Abs(amount),
        Date = Day,
        Status = "AUTHORISED",
        CurrencyCode = "NZD",
        Direction = Directions.Out,
    };

    public static CategoryRule Rule(Guid user, Guid tenant) => new() { UserId = user, TenantId = tenant, Pattern = "aws", Category = "Hosting" };

    public static AuditLog Audit(Guid? user = null, Guid? tenant = null) => new()
    {
        UserId = user,
        TenantId = tenant,
        Action = "rule.created",
        Details = """{"pattern":"aws"}""",
    };

    /// <summary>Puts a row into every table.</summary>
    public static async Task AddAsync(TestDatabase database)
    {
        var user = User();
        var tenant = Tenant();
        await database.AddAsync([user, tenant, .. OfUser(user.Id), .. OfTenant(user.Id, tenant.Id), .. OfLedger(tenant.Id), .. OfNobody()]);
    }

    private static object[] OfUser(Guid user)
    {
        var key = new ApiKey { UserId = user, Name = "n8n", KeyHash = "0a", Prefix = "xc_", Permissions = ["reports:read"] };
        return
        [
            key,
            new UserSession { UserId = user, Kind = SessionKinds.Token, TokenHash = "0f", CreatedAt = Instant, LastSeenAt = Instant, ExpiresAt = Instant },
            new Authenticator { UserId = user, Secret = "ciphertext", CreatedAt = Instant },
            new RecoveryCode { UserId = user, CodeHash = "10" },
            new ApiKeyUse { ApiKeyId = key.Id, Permission = "reports:read", LastUsedAt = Instant },
            new IdentityUserClaim<Guid> { UserId = user, ClaimType = "kind", ClaimValue = "value" },
            new IdentityUserLogin<Guid> { UserId = user, LoginProvider = "sso", ProviderKey = "1" },
            new IdentityUserToken<Guid> { UserId = user, LoginProvider = "sso", Name = "authenticator", Value = "ciphertext" },
            new IdentityUserPasskey<Guid>
            {
                UserId = user,
                CredentialId = [1, 2, 3],
                Data = new IdentityPasskeyData { PublicKey = [1], AttestationObject = [2], ClientDataJson = [3], CreatedAt = Instant },
            },
        ];
    }

    private static object[] OfTenant(Guid user, Guid tenant)
    {
        var transaction = Transaction(tenant);
        var run = new SyncRun { TenantId = tenant, Trigger = SyncTriggers.Manual };
        var key = new ApiKey { UserId = user, Name = "limited", KeyHash = "0b", Prefix = "xc_" };
        var entry = Audit(user, tenant);
        var report = new Report { TenantId = tenant, UserId = user, Type = "PROFIT_LOSS", Name = "October", Data = "{}" };
        var category = new Category { TenantId = tenant, Name = "Fuel", NormalizedName = "FUEL", Colour = CategoryColours.Of(0) };
        var undo = new CategoryUndo { TenantId = tenant, By = "ada@example.com" };
        var webhook = new Webhook { UserId = user, TenantId = tenant, Event = "sync.succeeded", Url = "https://example.com", Secret = "ciphertext" };
        var told = OutboxEvent.Of(tenant, "sync.succeeded", "", []);
        var delivery = new WebhookDelivery { TenantId = tenant, WebhookId = webhook.Id, EventId = told.Id };
        var budget = new Budget { TenantId = tenant, UserId = user, Name = "Budget 2027", Source = BudgetSources.Own };
        var schedule = new ReportSchedule { TenantId = tenant, UserId = user, Name = "Board pack", Type = "PROFIT_LOSS", Period = SchedulePeriods.LastMonth, Parameters = "{}", DaysAfterMonthEnd = 3 };
        var layout = new ReportLayout { TenantId = tenant, UserId = user, Name = "Board", Rows = [new LayoutRow { Id = "head", Label = "Income", Kind = LayoutRowKinds.Heading }] };
        return
        [
            category,
            schedule,
            new ScheduleRun { TenantId = tenant, ScheduleId = schedule.Id, DueAt = Instant, ReportId = report.Id },
            new InvoiceFollowUp { TenantId = tenant, InvoiceXeroId = Guid.NewGuid(), PromisedDate = Day, UserId = user },
            new NextAction { TenantId = tenant, ContactId = Guid.NewGuid(), Text = "Call", DueDate = Day, UserId = user },
            new BillHold { TenantId = tenant, BillXeroId = Guid.NewGuid(), Reason = "Entered twice?", UserId = user },
            new ReminderText { TenantId = tenant, Tone = ReminderTones.Firm, Subject = "Overdue", Body = "Hello {customer}", UserId = user },
            new UsualBillDismissed { TenantId = tenant, ContactId = Guid.NewGuid(), Month = Day, UserId = user },
            new LookAlikeCleared { TenantId = tenant, FirstXeroId = Guid.NewGuid(), SecondXeroId = Guid.NewGuid(), UserId = user },
            new KpiTarget { TenantId = tenant, Key = "grossMargin", Target = 0.6m, AlertLevel = 0.58m },
            new CustomKpi { TenantId = tenant, Key = "rentShare", Name = "Rent share", NormalizedName = "RENT SHARE", Formula = "account(469) / group(income)" },
            new SavedView { TenantId = tenant, UserId = user, Page = "transactions", Name = "Drafts", NormalizedName = "DRAFTS", Query = "view=drafts" },
            new CategoryAccount { TenantId = tenant, AccountId = Guid.NewGuid(), CategoryId = category.Id },
            undo,
            budget,
            new BudgetLine { TenantId = tenant, BudgetId = budget.Id, AccountId = Guid.NewGuid(), Month = new DateOnly(2027, 4, 1), Amount = 100m },
            layout,
            new ReportLayoutVersion { TenantId = tenant, LayoutId = layout.Id, Version = 1, Name = "Board", UserId = user, CreatedAt = Instant },
            new RuleRun { TenantId = tenant, Scope = RunScopes.All, Trigger = RunTriggers.Manual, By = "ada@example.com" },
            new RuleOffer { TenantId = tenant, ContactId = Guid.NewGuid(), CategoryId = category.Id, OfferedAt = Instant },
            new CategoryUndoRow { TenantId = tenant, UndoId = undo.Id, TransactionId = transaction.Id },
            new UserTenant { UserId = user, TenantId = tenant, IsActive = true },
            new XeroToken { UserId = user, TenantId = tenant, AccessToken = "ciphertext", RefreshToken = "ciphertext", ExpiresAt = Instant },
            new XeroCallWindow { TenantId = tenant, OpenedAt = Instant },
            new XeroCall { TenantId = tenant, At = Instant, Purpose = CallPurposes.Sync },
            new XeroNotice { TenantId = tenant, Kind = "Invoice", XeroId = Guid.NewGuid(), ReceivedAt = Instant },
            Rule(user, tenant),
            transaction,
            new TransactionLine { TenantId = tenant, TransactionId = transaction.Id, LineNumber = 1, Net = 100m },
            report,
            new RowNote { TenantId = tenant, ReportId = report.Id, RowKey = "netProfit", Text = "As planned" },
            key,
            new ApiKeyTenant { ApiKeyId = key.Id, TenantId = tenant },
            webhook,
            told,
            delivery,
            new WebhookAttempt { TenantId = tenant, DeliveryId = delivery.Id, Number = 1, StartedAt = Instant, AnswerStatus = 204 },
            entry,
            new AuditSeal { Seq = 1, AuditLogId = entry.Id, Hash = "0c" },
            run,
            new SyncIssue { TenantId = tenant, RunId = run.Id, Kind = "Invoice", Code = "unreadable", Message = "No date." },
            new SyncCursor { TenantId = tenant, Endpoint = "Invoices" },
        ];
    }

    private static object[] OfLedger(Guid tenant)
    {
        var account = Guid.NewGuid();
        return
        [
            new Document { TenantId = tenant, Kind = DocumentKind.Invoice, XeroId = Guid.NewGuid(), Raw = "{}", Hash = "0d", Dirty = true },
            new Account { TenantId = tenant, AccountId = account, Name = "Sales", Type = "REVENUE", Class = "REVENUE" },
            new Contact { TenantId = tenant, ContactId = Guid.NewGuid(), Name = "Bolt Ltd" },
            new ContactNote { TenantId = tenant, ContactId = Guid.NewGuid(), Text = "Pays by card" },
            new TaxRate { TenantId = tenant, TaxType = "OUTPUT2", Name = "15 %", EffectiveRatePercent = 15m },
            new TrackingOption { TenantId = tenant, OptionId = Guid.NewGuid(), CategoryName = "Region", Name = "North" },
            new Currency { TenantId = tenant, Code = "NZD" },
            new Allocation { TenantId = tenant, Id = Guid.NewGuid(), SourceKind = DocumentKind.Payment, Amount = 100m, Date = Day, EffectiveDate = Day },
            new LedgerLine { TenantId = tenant, AccountId = account, Date = Day, Amount = -100m, Source = LineSources.Document },
            new AccountBalance { TenantId = tenant, AccountId = account, Month = Day, Source = LineSources.Document, Movement = -100m },
            new XeroTrialBalance { TenantId = tenant, AccountId = account, Date = Day, Balance = -100m, ReadAt = Instant },
            new TrackingBalance { TenantId = tenant, AccountId = account, Month = Day, Option1 = Guid.NewGuid(), Movement = -100m },
            new DayBalance { TenantId = tenant, AccountId = account, Date = Day, Movement = -100m },
            new ContactBalance { TenantId = tenant, AccountId = account, Month = new DateOnly(2026, 11, 1), ContactId = Guid.NewGuid(), Movement = -100m },
            new XeroDifference { TenantId = tenant, AccountId = account, Date = Day, Amount = 30m, FirstSeenAt = Instant, ChangedAt = Instant },
            new LedgerChange { TenantId = tenant, DocumentKind = DocumentKind.Invoice, AccountId = account, Month = Day, Reason = "posted" },
        ];
    }

    private static object[] OfNobody() =>
    [
        new IdempotencyRecord { Key = "k", RequestHash = "0e" },
        new Setting { Name = "demo.anchor", Value = "2026-11-20" },
        new BackupRun { Trigger = BackupTriggers.Manual, By = "ada@example.com", Status = BackupStatus.Succeeded },
        new DataProtectionKey { FriendlyName = "key", Xml = "<key />" },
    ];
}
