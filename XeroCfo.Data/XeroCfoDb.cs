using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
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

namespace XeroCfo.Data;

/// <summary>
/// The tables, each organisation's rows behind a filter. The default scope matches nothing: a context comes from
/// <see cref="DbScopes.For"/> or, with a reason, from <see cref="DbScopes.AcrossTenants"/>.
/// </summary>
public abstract class XeroCfoDb(DbContextOptions options) : IdentityUserContext<User, Guid>(options), IDataProtectionKeyContext
{
    public DbSet<XeroTenant> XeroTenants => Set<XeroTenant>();

    public DbSet<UserSession> UserSessions => Set<UserSession>();

    public DbSet<Authenticator> Authenticators => Set<Authenticator>();

    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();

    public DbSet<UserTenant> UserTenants => Set<UserTenant>();

    public DbSet<XeroToken> XeroTokens => Set<XeroToken>();

    public DbSet<XeroCallWindow> XeroCallWindows => Set<XeroCallWindow>();

    public DbSet<XeroCall> XeroCalls => Set<XeroCall>();

    public DbSet<XeroNotice> XeroNotices => Set<XeroNotice>();

    public DbSet<CategoryRule> CategoryRules => Set<CategoryRule>();

    public DbSet<Category> Categories => Set<Category>();

    public DbSet<CategoryAccount> CategoryAccounts => Set<CategoryAccount>();

    public DbSet<CategoryUndo> CategoryUndos => Set<CategoryUndo>();

    public DbSet<CategoryUndoRow> CategoryUndoRows => Set<CategoryUndoRow>();

    public DbSet<RuleRun> RuleRuns => Set<RuleRun>();

    public DbSet<RuleOffer> RuleOffers => Set<RuleOffer>();

    public DbSet<SavedView> SavedViews => Set<SavedView>();

    public DbSet<Transaction> Transactions => Set<Transaction>();

    public DbSet<Budget> Budgets => Set<Budget>();

    public DbSet<BudgetLine> BudgetLines => Set<BudgetLine>();

    public DbSet<Report> Reports => Set<Report>();

    public DbSet<ReportLayout> ReportLayouts => Set<ReportLayout>();

    public DbSet<ReportLayoutVersion> ReportLayoutVersions => Set<ReportLayoutVersion>();

    public DbSet<ReportSchedule> ReportSchedules => Set<ReportSchedule>();

    public DbSet<ScheduleRun> ScheduleRuns => Set<ScheduleRun>();

    public DbSet<RowNote> ReportRowNotes => Set<RowNote>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<ApiKeyTenant> ApiKeyTenants => Set<ApiKeyTenant>();

    public DbSet<ApiKeyUse> ApiKeyUses => Set<ApiKeyUse>();

    public DbSet<KpiTarget> KpiTargets => Set<KpiTarget>();

    public DbSet<CustomKpi> CustomKpis => Set<CustomKpi>();

    public DbSet<Webhook> Webhooks => Set<Webhook>();

    public DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();

    public DbSet<WebhookAttempt> WebhookAttempts => Set<WebhookAttempt>();

    public DbSet<OutboxEvent> OutboxEvents => Set<OutboxEvent>();

    public DbSet<AuditLog> AuditLogs => Set<AuditLog>();

    public DbSet<AuditSeal> AuditSeals => Set<AuditSeal>();

    public DbSet<BackupRun> BackupRuns => Set<BackupRun>();

    public DbSet<Document> Documents => Set<Document>();

    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<Contact> Contacts => Set<Contact>();

    public DbSet<ContactNote> ContactNotes => Set<ContactNote>();

    public DbSet<InvoiceFollowUp> InvoiceFollowUps => Set<InvoiceFollowUp>();

    public DbSet<NextAction> NextActions => Set<NextAction>();

    public DbSet<ReminderText> ReminderTexts => Set<ReminderText>();

    public DbSet<BillHold> BillHolds => Set<BillHold>();

    public DbSet<LookAlikeCleared> LookAlikesCleared => Set<LookAlikeCleared>();

    public DbSet<UsualBillDismissed> UsualBillsDismissed => Set<UsualBillDismissed>();

    public DbSet<TaxRate> TaxRates => Set<TaxRate>();

    public DbSet<TrackingOption> TrackingOptions => Set<TrackingOption>();

    public DbSet<Currency> Currencies => Set<Currency>();

    public DbSet<TransactionLine> TransactionLines => Set<TransactionLine>();

    public DbSet<Allocation> Allocations => Set<Allocation>();

    public DbSet<LedgerLine> LedgerLines => Set<LedgerLine>();

    public DbSet<AccountBalance> AccountBalances => Set<AccountBalance>();

    public DbSet<XeroTrialBalance> XeroTrialBalances => Set<XeroTrialBalance>();

    public DbSet<TrackingBalance> TrackingBalances => Set<TrackingBalance>();

    public DbSet<DayBalance> DayBalances => Set<DayBalance>();

    public DbSet<ContactBalance> ContactBalances => Set<ContactBalance>();

    public DbSet<XeroDifference> XeroDifferences => Set<XeroDifference>();

    public DbSet<LedgerChange> LedgerChanges => Set<LedgerChange>();

    public DbSet<SyncRun> SyncRuns => Set<SyncRun>();

    public DbSet<SyncIssue> SyncIssues => Set<SyncIssue>();

    public DbSet<SyncCursor> SyncCursors => Set<SyncCursor>();

    public DbSet<IdempotencyRecord> IdempotencyRecords => Set<IdempotencyRecord>();

    public DbSet<Setting> Settings => Set<Setting>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>The organisation whose rows are seen and may be written; an empty id matches none.</summary>
    public Guid Scope { get; internal set; }

    /// <summary>True when the context was opened across organisations, for one of the listed reasons.</summary>
    public bool IsAcrossTenants { get; internal set; }

    // The tables UserPasskeys and the like come with version 3; set here so that design time and run time agree.
    protected override Version SchemaVersion => IdentitySchemaVersions.Version3;

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<DocumentKind>().HaveConversion<short>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(XeroCfoDb).Assembly);
        if (!IsAcrossTenants)
        {
            TenantFilter.Apply(builder, this);
        }

        Naming.UseCamelCase(builder);
    }
}
