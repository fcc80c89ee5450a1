using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Domain.ApiKeys;
using XeroCfo.Domain.Budgets;
using XeroCfo.Domain.Finding;
using XeroCfo.Domain.Kpis;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Accounts;
using XeroCfo.Domain.Ledger.Contacts;
using XeroCfo.Domain.Ledger.Ties;
using XeroCfo.Domain.Pipeline;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Reports.Drill;
using XeroCfo.Domain.Reports.Layouts;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Rules.Runs;
using XeroCfo.Domain.Rules.Suggestions;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain;

/// <summary>The services of every capability, in river order.</summary>
public static class DomainServices
{
    public static IServiceCollection AddXeroCfoDomain(this IServiceCollection services)
    {
        services.AddSingleton<TenantService>();
        services.AddSingleton<CallerService>();
        services.AddSingleton<SignInService>();
        services.AddSingleton<UserService>();
        services.AddSingleton<SavedViewService>();
        services.AddApiKeys();
        services.AddSingleton<SyncService>();
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
        services.AddSingleton<CategoryService>();
        services.AddSingleton<CategorisingService>();
        services.AddSingleton<CategoryTrailService>();
        services.AddSingleton<RuleService>();
        services.AddSingleton<RuleRunService>();
        services.AddSingleton<RuleRunner>();
        services.AddSingleton<RulePreviewService>();
        services.AddSingleton<SuggestionService>();
        services.AddSingleton<RuleHealthService>();
        services.AddSingleton<CategorySpendingService>();
        services.AddSingleton<BudgetService>();
        services.AddSingleton<BudgetDraftService>();
        services.AddSingleton<StatementReading>();
        services.AddSingleton<StatementMaker>();
        services.AddSingleton<CustomMaker>();
        services.AddSingleton<ReportMaker>();
        services.AddSingleton<LayoutService>();
        services.AddSingleton<AgedMaker>();
        services.AddSingleton<ReportService>();
        services.AddSingleton<DrillBooks>();
        services.AddSingleton<ReportDrillService>();
        services.AddSingleton<XeroComparisonService>();
        services.AddSingleton<RowNoteService>();
        services.AddSingleton<KpiService>();
        services.AddSingleton<IReportBuilder, KpiReport>();
        services.AddSingleton<OverviewService>();
        services.AddSingleton<DocumentFetch>();
        services.AddSingleton<BooksOpening>();
        services.AddSingleton<TrialBalanceReading>();
        services.AddSingleton<BookPosting>();
        services.AddSingleton<BookKeeping>();
        services.AddSingleton<BudgetFetch>();
        services.AddSingleton<BookRefresh>();
        services.AddSingleton<LedgerRebuild>();
        services.AddSingleton<SyncRunner>();
        return services;
    }
}
