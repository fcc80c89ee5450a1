using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using XeroCfo.Data.Reports.Schedules;
using XeroCfo.Domain;
using XeroCfo.Domain.Audit;
using XeroCfo.Domain.Backups;
using XeroCfo.Domain.Budgets;
using XeroCfo.Domain.Kpis;
using XeroCfo.Domain.Kpis.Custom;
using XeroCfo.Domain.Kpis.Targets;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Accounts;
using XeroCfo.Domain.Ledger.Contacts;
using XeroCfo.Domain.Ledger.Ties;
using XeroCfo.Domain.Payables;
using XeroCfo.Domain.Receivables;
using XeroCfo.Domain.Reports.Layouts;
using XeroCfo.Domain.Reports.Schedules;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Rules.Runs;
using XeroCfo.Domain.Rules.Suggestions;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Sync.Notices;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Users.Mail;
using XeroCfo.Domain.Webhooks;
using XeroCfo.Domain.Webhooks.Deliveries;
using XeroCfo.Domain.Xero;
using XeroCfo.Domain.Xero.Consents;
using XeroCfo.Web.Ledger.Transactions;
using XeroCfo.Web.Shared;
using XeroCfo.Web.Shell;

namespace XeroCfo.Tests.Support;

/// <summary>A page over fakes of the ports: render it as somebody, then read the words on it.</summary>
public abstract class PageTest : BunitContext, IAsyncLifetime
{
    internal SampleBooks Books { get; private set; } = new();

    /// <summary>The installation's own Xero app.</summary>
    internal XeroOptions Xero { get; } = new() { ClientId = "client", ClientSecret = "secret" };

    internal FakeMailer Mailer { get; } = new();

    internal FakeCaller Who { get; } = new(FakeCaller.Person(Roles.Accountant));

    /// <summary>What was noted in the audit trail.</summary>
    internal FakeAuditTrail Trail { get; } = new();

    protected PageTest()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices().AddXeroCfoDomain();
        Services.AddSingleton<TimeProvider>(new FixedClock());
        Services.AddSingleton<ITenantRepository>(_ => Books.Tenants).AddSingleton<ILedgerReader>(_ => Books.Ledger);
        Services.AddSingleton<ITransactionReader>(_ => Books.Transactions).AddSingleton<ISyncRunRepository>(_ => Books.SyncRuns);
        Services.AddSingleton<ITieOutBook>(_ => Books.TieOut).AddSingleton<IOpenItemReader>(_ => Books.OpenItems).AddSingleton<IDocumentSums>(_ => Books.Sums).AddSingleton<ITrackingReader>(_ => Books.Tracking);
        Services.AddSingleton<IAccountTagBook>(_ => Books.AccountBook).AddSingleton<IAccountLedgerReader>(_ => Books.AccountBook);
        Services.AddSingleton<IContactReader>(_ => Books.ContactBook).AddSingleton<IContactNoteBook>(_ => Books.ContactBook);
        Services.AddSingleton<IRuleRepository>(_ => Books.Rules).AddSingleton<IRuleRunRepository>(_ => Books.Rules).AddSingleton<IRulePreviewReader>(_ => Books.Rules);
        Services.AddSingleton<IPastReader>(_ => Books.Rules).AddSingleton<ICategoryFigures>(_ => Books.Rules);
        Services.AddSingleton<ICategorising>(_ => Books.Categorising).AddSingleton<ICategoryTrail>(_ => Books.Categorising).AddSingleton<ICategoryRepository>(_ => Books.Categorising);
        Services.AddSingleton<ITransactionFigures>(_ => Books.Transactions).AddSingleton<ISavedViews>(_ => Books.Views).AddTransactionPages();
        Services.AddSingleton<INoticeBook>(_ => Books.Notices);
        Services.AddSingleton(Xero).AddSingleton<IConnectionBook>(_ => Books.Connections).AddSingleton<IXeroIdentity>(_ => Books.Connections).AddSingleton<IDemoCompany>(_ => Books.Connections);
        Services.AddSingleton<IBudgetRepository>(_ => Books.Budgets).AddSingleton<IBudgetReader>(_ => Books.Budgets).AddSingleton<ILayoutRepository>(_ => Books.Layouts);
        Services.AddSingleton<IWebhookRepository>(_ => Books.Webhooks).AddSingleton<IDeliveryRepository>(_ => Books.Webhooks);
        Services.AddSingleton<ICallBudget>(_ => Books.Calls).AddSingleton(new SyncOptions());
        Services.AddSingleton<IMovementReader>(_ => Books.Kpis).AddSingleton<IKpiReader>(_ => Books.Kpis).AddSingleton<ICustomKpiBook>(_ => Books.Kpis).AddSingleton<IKpiTargetBook>(_ => Books.Kpis);
        Services.AddSingleton<IBackupArchive>(_ => Books.Backups).AddSingleton<IBackupBook>(_ => Books.Backups).AddSingleton<IBackupShelf>(_ => Books.Backups);
        Services.AddSingleton<IAuditTrail>(Trail).AddSingleton<ICircuitCaller>(_ => Who);
        Services.AddSingleton<IFollowUpBook>(_ => Books.FollowUps).AddSingleton<IBillMarkBook>(_ => Books.FollowUps).AddSingleton<IPayableReader>(_ => Books.FollowUps).AddSingleton<IReminderTextBook>(_ => Books.FollowUps);
        Services.AddSingleton<IMailer>(Mailer).AddSingleton<ICronCalendar, CronCalendar>();
        SignInAs(Roles.Accountant);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    // MudBlazor's services can only be disposed of asynchronously.
    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    protected Guid Org => Books.Company.Id;

    protected NavigationManager Address => Services.GetRequiredService<NavigationManager>();

    /// <summary>Other books; before anything is rendered.</summary>
    internal void Use(SampleBooks books)
    {
        Books = books;
        SignInAs(Who.Caller.Role!);
    }

    protected void SignInAs(string role) => Who.Caller = FakeCaller.Person(role, Books.Company);

    /// <summary>Opens a page at its address, query and all.</summary>
    protected IRenderedComponent<TPage> Open<TPage>(string path, Guid? org = null, params (string Name, Guid Value)[] ids)
        where TPage : TenantPage
    {
        Address.NavigateTo(path);
        return Render<TPage>(page =>
        {
            page.Add(p => p.Org, org ?? Org);
            foreach (var (name, value) in ids)
            {
                page.TryAdd(name, value);
            }
        });
    }
}
