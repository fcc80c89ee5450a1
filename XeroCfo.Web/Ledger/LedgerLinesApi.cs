using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Xero;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Ledger;

/// <summary>
/// A ledger line: base currency, debit +, credit −. Without <c>payroll:read</c>, payroll accounts come as one amount a month, and the other
/// lines of their documents without contact and texts.
/// </summary>
internal sealed record LedgerLineAnswer(
    DateOnly Date,
    Guid AccountId,
    decimal Amount,
    string Source,
    string? Kind,
    DocumentKind? DocumentKind,
    Guid? DocumentXeroId,
    Guid? TransactionId,
    string? Number,
    string? ContactName,
    string? Description,
    string? XeroUrl) : IExample<LedgerLineAnswer>
{
    public static LedgerLineAnswer Example => new(
        Examples.Day, Examples.Account, -100.10m, LineSources.Document, null, Domain.Xero.DocumentKind.Invoice, Examples.Document, Examples.Thing, "INV-0042", "Harbour Café", "Beans, 5 kg", null);

    public static LedgerLineAnswer Of(LedgerLineView view) => new(
        view.Line.Date,
        view.Line.AccountId,
        view.Line.Amount,
        view.Line.Source,
        view.Line.Kind,
        view.Line.DocumentKind,
        view.Line.DocumentXeroId,
        view.TransactionId,
        view.Number,
        view.ContactName,
        view.Line.Description,
        view.XeroUrl);
}

internal static class LedgerLinesApi
{
    private static readonly ApiParameter<Guid?> Account = ApiParameters.Id("accountId", "Xero's AccountID.");
    private static readonly ApiParameter<Guid?> Contact = ApiParameters.Id("contactId", "Xero's ContactID.");
    private static readonly ApiParameter<Guid?> Document = ApiParameters.Id("documentXeroId", "Xero's id of the document.");
    private static readonly ApiParameter<DateOnly?> From = ApiParameters.Date("from", "First day.");
    private static readonly ApiParameter<DateOnly?> To = ApiParameters.Date("to", "Last day.");
    private static readonly ApiParameter<string> Source = ApiParameters.Word("source", "Where the line comes from.", LineSources.All);
    private static readonly ApiParameter[] Filters = [Account, Contact, Document, From, To, Source];

    public static void Map(RouteGroupBuilder api)
    {
        var lines = api.MapGroup("/tenants/{tenant}/ledger-lines").WithTags("Ledger");
        lines.MapGet("", ListAsync)
            .WithName("ListLedgerLines").WithSummary("The lines of the ledger by date; the year-end roll of earnings is no line.")
            .Needs(Permissions.LedgerRead).Takes(Filters).TakesPage();
        lines.MapGet("/count", CountAsync)
            .WithName("CountLedgerLines").WithSummary("How many lines, counted up to 10 001.")
            .Needs(Permissions.LedgerRead).Takes(Filters);
    }

    private static async Task<ApiAnswer<FiguresPageAnswer<LedgerLineAnswer>>> ListAsync(
        HttpContext http, LedgerService ledger, TenantService tenants, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var (filter, limit, cursor) = (FilterOf(query), query.Limit, query.Cursor);
        if (query.Refusal is { } wrong)
        {
            return wrong;
        }

        var before = await tenants.SyncInProgressAsync(http.Caller(), http.Tenant(), ct);
        var page = await ledger.LinesAsync(http.Caller(), http.Tenant(), filter, PagePlace.After(cursor), limit, ct);
        var after = await tenants.SyncInProgressAsync(http.Caller(), http.Tenant(), ct);
        return (before.Problem ?? page.Problem ?? after.Problem) is { } refused
            ? refused
            : new FiguresPageAnswer<LedgerLineAnswer>(
                [.. page.Value.Items.Select(LedgerLineAnswer.Of)], ApiPaging.Next(http.Request, page.Value.Next), before.Value || after.Value);
    }

    private static async Task<ApiAnswer<CountAnswer>> CountAsync(HttpContext http, LedgerService ledger, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var filter = FilterOf(query);
        if (query.Refusal is { } wrong)
        {
            return wrong;
        }

        var count = await ledger.CountAsync(http.Caller(), http.Tenant(), filter, ct);
        return count.Problem is { } refused ? refused : CountAnswer.Of(count.Value);
    }

    private static LedgerLineFilter FilterOf(ApiQuery query)
    {
        var filter = new LedgerLineFilter
        {
            AccountId = query.Read(Account),
            ContactId = query.Read(Contact),
            DocumentXeroId = query.Read(Document),
            From = query.Read(From),
            To = query.Read(To),
            Source = query.Read(Source),
        };
        query.InOrder(From, filter.From, To, filter.To);
        return filter;
    }
}
