using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Domain.ApiKeys;
using XeroCfo.Domain.Audit;
using XeroCfo.Domain.Backups;
using XeroCfo.Domain.Budgets;
using XeroCfo.Domain.Finding;
using XeroCfo.Domain.Kpis;
using XeroCfo.Domain.Kpis.Custom;
using XeroCfo.Domain.Kpis.Overviews;
using XeroCfo.Domain.Kpis.Targets;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Accounts;
using XeroCfo.Domain.Ledger.Contacts;
using XeroCfo.Domain.Ledger.Ties;
using XeroCfo.Domain.Payables;
using XeroCfo.Domain.Pipeline;
using XeroCfo.Domain.Receivables;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Reports.Drill;
using XeroCfo.Domain.Reports.Layouts;
using XeroCfo.Domain.Reports.Schedules;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Rules.Runs;
using XeroCfo.Domain.Rules.Suggestions;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Sync.Notices;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Users.People;
using XeroCfo.Domain.Users.SecondFactors;
using XeroCfo.Domain.Users.Sessions;
using XeroCfo.Domain.Webhooks;
using XeroCfo.Domain.Xero;
using XeroCfo.Domain.Xero.Consents;

namespace XeroCfo.Domain;

/// <summary>The services of every capability, in river order.</summary>
public static class DomainServices
{
    public static IServiceCollection AddXeroCfoDomain(this IServiceCollection services) =>
        services.AddBanks().AddLedger().AddRules().AddReports().AddReceivablesAndPayables().AddKpis().AddWebhooks().AddPipeline();

    private static IServiceCollection AddBanks(this IServiceCollection services)
    {
        services.AddSingleton<TenantService>();
        services.AddSingleton<CallerService>();
        services.AddSingleton<SignInService>();
        services.AddSingleton<UserService>();
        services.AddSingleton<PeopleService>();
        services.AddSingleton<ProfileService>();
        services.AddSingleton<SessionService>();
        services.AddSingleton<SecondFactorService>();
        services.AddSingleton<PersonTokenService>();
        services.AddSingleton<SavedViewService>();
        services.AddApiKeys();
        services.AddAudit();
        services.AddBackups();
        services.AddSingleton<DemoService>();
        services.AddSingleton<XeroConnectionService>();
        return services;
    }

    private static IServiceCollection AddLedger(this IServiceCollection services)
    {
        services.AddSingleton<SyncService>();
        services.AddSingleton<NoticeService>();
        services.AddSingleton<LedgerService>();
        services.AddSingleton<TransactionService>();
        services.AddSingleton<TransactionFiguresService>();
        services.AddSingleton<TrialBalanceService>();
        services.AddSingleton<TieOutService>();
        services.AddSingleton<ControlTieService>();
        services.AddSingleton<BookTieService>();
        services.AddSingleton<AccountListService>();
        services.AddSingleton<AccountTagService>();
        services.AddSingleton<AccountLedgerService>();
        services.AddSingleton<ContactBooks>();
        services.AddSingleton<ContactService>();
        services.AddSingleton<ContactNoteService>();
        services.AddSingleton<FindService>();
        services.AddSingleton<CurrencyService>();
        services.AddSingleton<TrackingService>();
        services.AddSingleton<OverdueWatch>();
        return services;
    }

    private static IServiceCollection AddRules(this IServiceCollection services)
    {
        services.AddSingleton<CategoryService>();
        services.AddSingleton<CategorisingService>();
        services.AddSingleton<CategoryTrailService>();
        services.AddSingleton<RuleService>();
        services.AddSingleton<RuleRunService>();
        services.AddSingleton<RuleRunner>();
        services.AddSingleton<RulePreviewService>();
        services.AddSingleton<SuggestionService>();
        services.AddSingleton<RuleHealthService>();
        services.AddSingleton<RuleCauseService>();
        services.AddSingleton<CategorySpendingService>();
        return services;
    }

    private static IServiceCollection AddReports(this IServiceCollection services)
    {
        services.AddSingleton<BudgetService>();
        services.AddSingleton<BudgetDraftService>();
        services.AddSingleton<StatementReading>();
        services.AddSingleton<TrackedReading>();
        services.AddSingleton<StatementMaker>();
        services.AddSingleton<CustomMaker>();
        services.AddSingleton<ReportMaker>();
        services.AddSingleton<LayoutService>();
        services.AddSingleton<AgedMaker>();
        services.AddSingleton<ReportService>();
        services.AddSingleton<ScheduleClock>();
        services.AddSingleton<ScheduleService>();
        services.AddSingleton<ScheduleRunner>();
        services.AddSingleton<DrillBooks>();
        services.AddSingleton<ReportDrillService>();
        services.AddSingleton<XeroComparisonService>();
        services.AddSingleton<RowNoteService>();
        services.AddSingleton<ReportReviewService>();
        return services;
    }

    private static IServiceCollection AddReceivablesAndPayables(this IServiceCollection services)
    {
        services.AddSingleton<ReminderTextService>();
        services.AddSingleton<ReceivablesBooks>();
        services.AddSingleton<ReceivablesService>();
        services.AddSingleton<FollowUpService>();
        services.AddSingleton<PayablesBooks>();
        services.AddSingleton<PayablesService>();
        return services;
    }

    private static IServiceCollection AddKpis(this IServiceCollection services)
    {
        services.AddSingleton<KpiReading>();
        services.AddSingleton<KpiBook>();
        services.AddSingleton<KpiService>();
        services.AddSingleton<KpiExplainService>();
        services.AddSingleton<KpiDriverService>();
        services.AddSingleton<KpiTargetService>();
        services.AddSingleton<CustomKpiService>();
        services.AddSingleton<KpiWatch>();
        services.AddSingleton<CustomerBooks>();
        services.AddSingleton<OverviewReading>();
        services.AddSingleton<OverviewPlans>();
        services.AddSingleton<WaitingReading>();
        services.AddSingleton<IReportBuilder, KpiReport>();
        services.AddSingleton<OverviewService>();
        services.AddSingleton<OverviewPreparation>();
        services.AddSingleton<OverviewArrangementService>();
        return services;
    }

    private static IServiceCollection AddPipeline(this IServiceCollection services)
    {
        services.AddSingleton<RecordPages>();
        services.AddSingleton<VanishedRecords>();
        services.AddSingleton<DocumentFetch>();
        services.AddSingleton<CountCheck>();
        services.AddSingleton<NoticeFetch>();
        services.AddSingleton<ContactFetch>();
        services.AddSingleton<BookFetch>();
        services.AddSingleton<BooksOpening>();
        services.AddSingleton<TrialBalanceReading>();
        services.AddSingleton<BookPosting>();
        services.AddSingleton<BookKeeping>();
        services.AddSingleton<MonthMending>();
        services.AddSingleton<BudgetFetch>();
        services.AddSingleton<BookRefresh>();
        services.AddSingleton<LedgerRebuild>();
        services.AddSingleton<SyncParking>();
        services.AddSingleton<SyncRunner>();
        return services;
    }
}
