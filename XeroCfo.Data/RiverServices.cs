using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Data.Budgets;
using XeroCfo.Data.Kpis;
using XeroCfo.Data.Ledger;
using XeroCfo.Data.Ledger.Accounts;
using XeroCfo.Data.Ledger.Contacts;
using XeroCfo.Data.Payables;
using XeroCfo.Data.Receivables;
using XeroCfo.Data.Reports;
using XeroCfo.Data.Reports.Schedules;
using XeroCfo.Data.Rules;
using XeroCfo.Data.Sync;
using XeroCfo.Data.Webhooks;
using XeroCfo.Data.Xero;
using XeroCfo.Data.Xero.Consents;
using XeroCfo.Domain.Budgets;
using XeroCfo.Domain.Kpis;
using XeroCfo.Domain.Kpis.Custom;
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
using XeroCfo.Domain.Xero;
using XeroCfo.Domain.Xero.Consents;

namespace XeroCfo.Data;

internal static class RiverServices
{
    /// <summary>Xero, sync, ledger and what follows from them.</summary>
    public static IServiceCollection AddRiver(this IServiceCollection services)
    {
        services.AddSingleton<XeroPace>();
        services.AddXeroClients();
        services.AddSingleton<ICallBudget>(provider => provider.GetRequiredService<XeroPace>());
        services.AddSingleton<DemoInstallation>();
        services.AddSingleton<IDemoCompany, DemoCompanyInstaller>();
        services.AddSingleton<TokenBook>();
        services.AddSingleton<GrantLock>();
        services.AddSingleton<IXeroIdentity, XeroIdentity>();
        services.AddSingleton<IXeroAccess, XeroAccess>();
        services.AddSingleton<IUnclearRenewals, UnclearRenewals>();
        services.AddSingleton<XeroLeaving>();
        services.AddSingleton<IConnectionBook, ConnectionBook>();
        services.AddSingleton<IXeroTransport, XeroTransport>();
        services.AddSingleton<IXeroSource, XeroSource>();
        services.AddSingleton<ISyncStore, SyncStore>();
        services.AddSingleton<ISyncRunRepository, SyncRunRepository>();
        services.AddSingleton<ISyncQueue, SyncQueue>();
        services.AddSingleton<INoticeBook, NoticeBook>();
        services.AddSingleton<ILedgerBook, LedgerBook>();
        services.AddSingleton<ILedgerReader, LedgerReader>();
        services.AddSingleton<IAccountTagBook, AccountTagBook>();
        services.AddSingleton<IAccountLedgerReader, AccountLedgerReader>();
        services.AddSingleton<IContactReader, ContactReader>();
        services.AddSingleton<IContactNoteBook, ContactNoteBook>();
        services.AddSingleton<ITransactionReader, TransactionReader>();
        services.AddSingleton<ITransactionFigures, TransactionFigures>();
        services.AddSingleton<ITieOutBook, TieOutBook>();
        services.AddSingleton<ICategoryRepository, CategoryRepository>();
        services.AddSingleton<ICategorising, Categorising>();
        services.AddSingleton<ICategoryTrail, CategoryTrail>();
        services.AddSingleton<IRuleRepository, RuleRepository>();
        services.AddSingleton<IRuleRunRepository, RuleRunRepository>();
        services.AddSingleton<IRuleRunQueue, RuleRunQueue>();
        services.AddSingleton<IRulePreviewReader, RulePreviewReader>();
        services.AddSingleton<IPastReader, PastReader>();
        services.AddSingleton<ICategoryFigures, CategoryFigures>();
        services.AddSingleton<IOpenItemReader, OpenItemReader>();
        services.AddSingleton<IDocumentSums, DocumentSums>();
        services.AddSingleton<ITrackingReader, TrackingReader>();
        services.AddSingleton<IMovementReader, MovementReader>();
        services.AddSingleton<IXeroBudgetBook, XeroBudgetBook>();
        services.AddSingleton<BudgetRepository>();
        services.AddSingleton<IBudgetRepository>(provider => provider.GetRequiredService<BudgetRepository>());
        services.AddSingleton<IBudgetReader>(provider => provider.GetRequiredService<BudgetRepository>());
        services.AddSingleton<ICashFlowReader, CashFlowReader>();
        services.AddSingleton<ILayoutRepository, LayoutRepository>();
        services.AddSingleton<IReportRepository, ReportRepository>();
        services.AddSingleton<IDrillReader, DrillReader>();
        services.AddSingleton<IOverdueBook, OverdueBook>();
        services.AddSingleton<IRowNoteBook, RowNoteBook>();
        services.AddSingleton<ICronCalendar, CronCalendar>();
        services.AddSingleton<IScheduleRepository, ScheduleRepository>();
        services.AddSingleton<IScheduleQueue, ScheduleQueue>();
        services.AddSingleton<IFollowUpBook, FollowUpBook>();
        services.AddSingleton<IReminderTextBook, ReminderTextBook>();
        services.AddSingleton<IPayableReader, PayableReader>();
        services.AddSingleton<IBillMarkBook, BillMarkBook>();
        services.AddSingleton<IKpiReader, KpiReader>();
        services.AddSingleton<ICustomKpiBook, CustomKpiBook>();
        services.AddSingleton<KpiTargetBook>();
        services.AddSingleton<IKpiTargetBook>(provider => provider.GetRequiredService<KpiTargetBook>());
        services.AddSingleton<IKpiAlerts>(provider => provider.GetRequiredService<KpiTargetBook>());
        return services.AddWebhookStore();
    }

    /// <summary>None follows a redirect: a token goes to the address that the settings name, and nowhere else.</summary>
    private static void AddXeroClients(this IServiceCollection services)
    {
        services.AddHttpClient(XeroTransport.ApiClient, (provider, client) =>
        {
            client.BaseAddress = new Uri(provider.GetRequiredService<XeroOptions>().ApiUrl.TrimEnd('/') + "/api.xro/2.0/");
            client.Timeout = Timeout.InfiniteTimeSpan;
        }).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        services.AddHttpClient(XeroIdentity.Client, (provider, client) =>
        {
            client.Timeout = TimeSpan.FromSeconds(Math.Min(XeroIdentity.LongestAnswerSeconds, provider.GetRequiredService<XeroOptions>().TimeoutSeconds));
            client.MaxResponseContentBufferSize = XeroIdentity.LargestAnswer;
        }).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    }
}
