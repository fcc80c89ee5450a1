using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Web.Reports;

namespace XeroCfo.Web.Shell;

/// <summary>Addresses of pages, each written once. Those of an organisation carry its id, so that links can be shared.</summary>
public static class PageLinks
{
    public const string Connections = "/connections";

    /// <summary>From an app at Xero to figures that tie out, step by step.</summary>
    public const string ConnectSteps = "/connections/steps";

    /// <summary>Leads to Xero's page for the consent; a full load.</summary>
    public const string ConnectXero = "/xero/connect";
    public const string ApiKeys = "/api-keys";
    public const string Audit = "/audit";
    public const string Backups = "/backups";
    public const string SignOut = "/account/logout";

    /// <summary>The person's own account; a full load.</summary>
    public const string Profile = "/account/profile";

    public const string Users = "/users";

    public static string Overview(Guid org) => $"/{org:D}/overview";

    /// <summary>The overview of some days, with a figure that is opened.</summary>
    public static string Overview(Guid org, string period, string? explain = null) => $"/{org:D}/overview?period={Uri.EscapeDataString(period)}{(explain is null ? "" : $"&explain={Uri.EscapeDataString(explain)}")}";

    /// <summary>The KPIs of the month, quarter or year that holds a day, up to it; without them of the month in progress.</summary>
    public static string Kpis(Guid org, DateOnly? date = null, string? period = null)
    {
        var query = new[] { Part("date", date), Part("period", period) }.OfType<string>().ToList();
        return $"/{org:D}/kpis{(query.Count > 0 ? "?" + string.Join('&', query) : "")}";
    }

    /// <summary>A KPI by its key, of the same days as <see cref="Kpis"/>.</summary>
    public static string Kpi(Guid org, string key, DateOnly? date = null, string? period = null) =>
        $"/{org:D}/kpi?{string.Join('&', new[] { Part("key", key), Part("date", date), Part("period", period) }.OfType<string>())}";

    public static string Transactions(Guid org) => $"/{org:D}/transactions";

    public static string Transaction(Guid org, Guid id) => $"/{org:D}/transactions/{id:D}";

    public static string Categories(Guid org) => $"/{org:D}/categories";

    public static string Category(Guid org, Guid category) => $"/{org:D}/categories/{category:D}";

    /// <summary>The rules; with a transaction the form of a new rule made from it.</summary>
    public static string Rules(Guid org, Guid? from = null) => $"/{org:D}/rules{(from is { } row ? $"?from={row:D}" : "")}";

    public static string TrialBalance(Guid org) => $"/{org:D}/trial-balance";

    /// <summary>The tie-out of a month; without one of the last full month.</summary>
    public static string TieOut(Guid org, Month? month = null, Guid? account = null) =>
        $"/{org:D}/tie-out{(month is { } m ? $"?month={m}" : "")}{(account is { } a ? $"{(month is null ? '?' : '&')}account={a:D}" : "")}";

    /// <summary>Every month of the tie-out as a workbook.</summary>
    public static string TieOutFile(Guid org) => $"/{org:D}/tie-out/export.xlsx";

    public static string Currencies(Guid org) => $"/{org:D}/currencies";

    public static string Tracking(Guid org) => $"/{org:D}/tracking";

    public static string Accounts(Guid org) => $"/{org:D}/accounts";

    public static string Contacts(Guid org) => $"/{org:D}/contacts";

    public static string Contact(Guid org, Guid contact) => $"/{org:D}/contacts/{contact:D}";

    public static string Receivables(Guid org) => $"/{org:D}/receivables";

    /// <summary>A customer who owes, with what was agreed and said.</summary>
    public static string Receivables(Guid org, Guid contact) => $"/{org:D}/receivables/{contact:D}";

    /// <summary>The organisation's texts of reminders.</summary>
    public static string ReminderTexts(Guid org) => $"/{org:D}/receivables/reminders";

    /// <summary>A customer's statement of account as PDF.</summary>
    public static string Statement(Guid org, Guid contact) => $"/{org:D}/receivables/{contact:D}/statement.pdf";

    public static string Payables(Guid org) => $"/{org:D}/payables";

    public static string TransactionsOf(Guid org, Guid contact) => $"/{org:D}/transactions?contactId={contact:D}";

    /// <summary>The webhooks; with an endpoint what was sent to it.</summary>
    public static string Webhooks(Guid org, Guid? webhook = null) => $"/{org:D}/webhooks{(webhook is { } id ? $"?webhook={id:D}" : "")}";

    public static string Sync(Guid org) => $"/{org:D}/sync";

    /// <summary>An account's ledger lines between two days.</summary>
    public static string Ledger(Guid org, Guid account, DateOnly? from = null, DateOnly? to = null)
    {
        var query = new[] { Part("from", from), Part("to", to) }.OfType<string>().ToList();
        return $"/{org:D}/ledger/{account:D}{(query.Count > 0 ? "?" + string.Join('&', query) : "")}";
    }

    /// <summary>An account's ledger as a file, filtered as the page.</summary>
    public static string LedgerFile(Guid org, Guid account, string format, DateOnly? from, DateOnly? to, string? source, string? kind)
    {
        var query = new[] { Part("from", from), Part("to", to), Part("source", source), Part("kind", kind) }.OfType<string>().ToList();
        return $"/{org:D}/ledger/{account:D}/export.{format}{(query.Count > 0 ? "?" + string.Join('&', query) : "")}";
    }

    public static string Budgets(Guid org) => $"/{org:D}/budgets";

    /// <summary>A budget's grid, at a financial year by the calendar year that it ends in.</summary>
    public static string Budget(Guid org, Guid id, int? year = null) => $"/{org:D}/budgets/{id:D}{(year is { } end ? $"?year={end}" : "")}";

    public static string Layouts(Guid org) => $"/{org:D}/reports/layouts";

    /// <summary>The editor of a layout; without one that of a new one.</summary>
    public static string Layout(Guid org, Guid? id = null) => $"/{org:D}/reports/layouts/{(id is { } layout ? layout.ToString("D") : "new")}";

    public static string Reports(Guid org) => $"/{org:D}/reports";

    /// <summary>The form of a schedule that makes this report by itself.</summary>
    public static string Schedule(Guid org, string type, ReportParameters parameters) =>
        $"/{org:D}/reports{ReportQuery.Text(parameters with { From = null, To = null, Date = null }, ("schedule", ReportKinds.Of(type).Slug))}";

    /// <summary>A kept report.</summary>
    public static string Report(Guid org, Guid id) => $"/{org:D}/reports/{id:D}";

    /// <summary>A report of a kind, made now.</summary>
    public static string Report(Guid org, string type, ReportParameters parameters) => $"/{org:D}/reports/{ReportKinds.Of(type).Slug}{ReportQuery.Text(parameters)}";

    /// <summary>The same as a file, in whole units and with codes as the page has them.</summary>
    public static string ReportFile(Guid org, string format, string type, ReportParameters parameters, bool whole, bool codes) =>
        $"/{org:D}/reports/export/{format}{ReportQuery.Text(parameters, ("type", type), ("whole", whole ? "true" : null), ("codes", codes ? "true" : null))}";

    public static string ReportFile(Guid org, Guid id, string format, bool whole) => $"/{org:D}/reports/{id:D}/export/{format}{(whole ? "?whole=true" : "")}";

    public static string SignIn(NavigationManager navigation) =>
        "/account/login?returnUrl=" + Uri.EscapeDataString("/" + navigation.ToBaseRelativePath(navigation.Uri));

    /// <summary>The organisation in an address of ours; null where it carries none.</summary>
    public static Guid? OrganisationIn(NavigationManager navigation) =>
        Guid.TryParseExact(Segments(navigation)[0], "D", out var org) ? org : null;

    /// <summary>The same kind of page of another organisation; what belongs to the first one alone falls back to its list.</summary>
    public static string SamePage(NavigationManager navigation, Guid org)
    {
        var segments = Segments(navigation);
        return OrganisationIn(navigation) is null || segments.Length < 2
            ? Overview(org)
            : segments[1] == "ledger" ? TrialBalance(org) : $"/{org:D}/{segments[1]}";
    }

    private static string[] Segments(NavigationManager navigation) =>
        navigation.ToBaseRelativePath(navigation.Uri).Split('?', '#')[0].Split('/');

    private static string? Part(string name, string? value) => value is null ? null : $"{name}={Uri.EscapeDataString(value)}";

    private static string? Part(string name, DateOnly? day) => day is { } d ? $"{name}={d:yyyy-MM-dd}" : null;
}
