using MudBlazor;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Reports;

namespace XeroCfo.Web.Shell;

/// <summary>A page that one can go to from anywhere.</summary>
/// <param name="Text">Its name.</param>
/// <param name="Href">Its address.</param>
/// <param name="Icon">A path of Material's.</param>
/// <param name="Words">What else people call it, for the box that finds.</param>
/// <param name="Go">The letter that leads there after <c>g</c>; null: none.</param>
public sealed record SitePage(string Text, string Href, string Icon, string Words, string? Go = null);

/// <summary>The pages of the drawer, in its order; what a person may not see is not there.</summary>
public static class SitePages
{
    /// <summary>Those of an organisation.</summary>
    public static IReadOnlyList<SitePage> Of(Guid org, Caller caller) =>
    [
        new("Overview", PageLinks.Overview(org), Icons.Material.Outlined.SpaceDashboard, "dashboard home figures", "d"),
        new("KPIs", PageLinks.Kpis(org), Icons.Material.Outlined.Speed, "key performance indicators ratios margins targets alerts", "k"),
        .. caller.May(Permissions.TransactionsRead)
            ? [new SitePage("Transactions", PageLinks.Transactions(org), Icons.Material.Outlined.ReceiptLong, "invoices bills payments documents categorise", "t")]
            : Array.Empty<SitePage>(),
        .. caller.May(Permissions.RulesRead)
            ? new SitePage[]
            {
                new("Categories", PageLinks.Categories(org), Icons.Material.Outlined.Category, "colours mapping groups"),
                new("Rules", PageLinks.Rules(org), Icons.Material.Outlined.Rule, "automatic categorise patterns suggestions runs"),
            }
            : [],
        new("Reports", PageLinks.Reports(org), Icons.Material.Outlined.Description, "profit and loss balance sheet cash flow aged receivables payables statements", "r"),
        .. caller.May(Permissions.BudgetsRead)
            ? [new SitePage("Budgets", PageLinks.Budgets(org), Icons.Material.Outlined.EventNote, "plan planning forecast variance grid import")]
            : Array.Empty<SitePage>(),
        new("Receivables", PageLinks.Receivables(org), Icons.Material.Outlined.CallReceived, "chase debtors overdue promises reminders statements collections"),
        .. caller.May(Permissions.TransactionsRead)
            ? [new SitePage("Payables", PageLinks.Payables(org), Icons.Material.Outlined.CallMade, "bills to pay due hold duplicates creditors")]
            : Array.Empty<SitePage>(),
        new("Tie-out", PageLinks.TieOut(org), Icons.Material.Outlined.FactCheck, "reconcile check month end differences close", "a"),
        .. caller.May(Permissions.LedgerRead)
            ? [new SitePage("Trial balance", PageLinks.TrialBalance(org), Icons.Material.Outlined.Balance, "debits credits balances")]
            : Array.Empty<SitePage>(),
        new("Accounts", PageLinks.Accounts(org), Icons.Material.Outlined.AccountTree, "chart of accounts tags ledger"),
        new("Contacts", PageLinks.Contacts(org), Icons.Material.Outlined.Contacts, "customers suppliers debtors creditors owed"),
        .. caller.May(Permissions.LedgerRead)
            ? new SitePage[]
            {
                new("Tracking", PageLinks.Tracking(org), Icons.Material.Outlined.Sell, "options regions departments"),
                new("Currencies", PageLinks.Currencies(org), Icons.Material.Outlined.CurrencyExchange, "foreign exchange rates fx"),
            }
            : [],
        .. caller.May(Permissions.SyncRead)
            ? [new SitePage("Sync", PageLinks.Sync(org), Icons.Material.Outlined.Sync, "fetch xero runs history issues")]
            : Array.Empty<SitePage>(),
        .. caller.May(Permissions.WebhooksRead)
            ? [new SitePage("Webhooks", PageLinks.Webhooks(org), Icons.Material.Outlined.Webhook, "events notify n8n deliveries integrations endpoints")]
            : Array.Empty<SitePage>(),
    ];

    /// <summary>Those that have no place in the drawer of their own and are found all the same.</summary>
    public static IReadOnlyList<SitePage> Within(Guid org) =>
        [.. ReportKinds.All.Select(kind => new SitePage(kind.Title, PageLinks.Report(org, kind.Type, new ReportParameters()), Icons.Material.Outlined.Description, kind.Sentence))];

    /// <summary>Those of no organisation that the person may open.</summary>
    public static IReadOnlyList<SitePage> Common(Caller? caller) =>
        [.. OfNoOrganisation.Where(one => one.AnyOf.Length == 0 || one.AnyOf.Any(permission => caller?.May(permission) == true)).Select(one => one.Page)];

    private static readonly (string[] AnyOf, SitePage Page)[] OfNoOrganisation =
    [
        ([], new("Connections", PageLinks.Connections, Icons.Material.Outlined.Business, "organisations xero connect")),
        ([Permissions.UsersRead], new("People", PageLinks.Users, Icons.Material.Outlined.Group, "users roles invite access second factor admin")),
        ([Permissions.ApiKeysWrite, Permissions.ApiKeysAdmin], new("API keys", PageLinks.ApiKeys, Icons.Material.Outlined.VpnKey, "programs n8n tokens secrets rotate revoke")),
        ([Permissions.AuditRead], new("Audit trail", PageLinks.Audit, Icons.Material.Outlined.History, "who did what log history changes compliance")),
        ([Permissions.SystemWrite], new("Backups", PageLinks.Backups, Icons.Material.Outlined.Backup, "restore snapshot schedule safety copy")),
    ];
}
