using XeroCfo.Domain.Ledger.Contacts;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Receivables;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Audit;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Receivables;

internal static class ReceivablesApi
{
    private static readonly ApiParameter<string> Show = ApiParameters.Word("show", "Only customers with something overdue, a missed promise, something to do by today, or in dispute.", ["overdue", "missed", "to_do", "disputed"]);

    private static readonly ApiParameter<string> Search = ApiParameters.Text("search", "A part of the name, in any case.", 200);

    private static readonly ApiParameter<string> Tone = ApiParameters.Word("tone", "How the reminder speaks; without it as the age of the oldest invoice has it.", ReminderTones.All);

    public static void Map(RouteGroupBuilder api)
    {
        var receivables = api.MapGroup("/tenants/{tenant}/receivables").WithTags("Receivables");
        receivables.MapGet("", ListAsync)
            .WithName("ListReceivables").WithSummary("Customers who owe: missed promises first, then what is to be done by today, then the most overdue.")
            .Needs(Permissions.ReportsRead).Takes(Show, Search).TakesPage();
        receivables.MapGet("/count", CountAsync)
            .WithName("CountReceivables").WithSummary("How many customers, counted up to 10 001.")
            .Needs(Permissions.ReportsRead).Takes(Show, Search);
        ReminderTextsApi.Map(receivables);
        receivables.MapGet("/{id}", GetAsync)
            .WithName("GetReceivables").WithSummary("A customer, by Xero's ContactID, with open invoices, what was agreed on each, what was said, and a reminder's text.")
            .Needs(Permissions.LedgerRead).Takes(Tone);
        receivables.MapGet("/{id}/statement", StatementAsync)
            .WithName("GetStatement").WithSummary("A statement of account for a customer: open documents and their age, as PDF.")
            .Needs(Permissions.LedgerRead).GivesFile<ReceivablesDetailAnswer>().NotesExport("statement");
        receivables.MapPost("/{id}/notes", AddNoteAsync)
            .WithName("AddCustomerNote").WithSummary("Writes down what was said. It stands among the contact's notes.")
            .Needs(Permissions.TransactionsWrite).TakesBody<CustomerNoteRequest>().TakesIdempotencyKey().GivesVersion();
        receivables.MapGet("/{id}/next-action", ActionAsync)
            .WithName("GetNextAction").WithSummary("What is planned for a customer.")
            .Needs(Permissions.LedgerRead).GivesVersion();
        receivables.MapPut("/{id}/next-action", PlanAsync)
            .WithName("SetNextAction").WithSummary("Plans what comes next for a customer. Where something is planned already, If-Match says which version is replaced.")
            .Needs(Permissions.TransactionsWrite).TakesBody<NextActionRequest>().TakesVersionOfEarlier().GivesVersion();
        receivables.MapDelete("/{id}/next-action", FinishAsync)
            .WithName("DeleteNextAction").WithSummary("It is done, or no longer wanted.")
            .Needs(Permissions.TransactionsWrite).TakesVersion();
        receivables.MapGet("/invoices/{id}/follow-up", FollowUpAsync)
            .WithName("GetFollowUp").WithSummary("What was agreed on an open invoice, by our id of it.")
            .Needs(Permissions.LedgerRead).GivesVersion();
        receivables.MapPut("/invoices/{id}/follow-up", SetFollowUpAsync)
            .WithName("SetFollowUp").WithSummary("Keeps a promised day, a dispute or both. Where there is one already, If-Match says which version is replaced.")
            .Needs(Permissions.TransactionsWrite).TakesBody<FollowUpRequest>().TakesVersionOfEarlier().GivesVersion();
        receivables.MapDelete("/invoices/{id}/follow-up", ClearFollowUpAsync)
            .WithName("DeleteFollowUp").WithSummary("Nothing is promised and nothing in dispute any more.")
            .Needs(Permissions.TransactionsWrite).TakesVersion();
    }

    private static async Task<ApiAnswer<FiguresPageAnswer<CustomerReceivablesAnswer>>> ListAsync(HttpContext http, ReceivablesService receivables, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var (filter, limit, cursor) = (FilterOf(query), query.Limit, query.Cursor);
        if (query.Refusal is { } wrong)
        {
            return wrong;
        }

        var page = await receivables.ListAsync(http.Caller(), http.Tenant(), filter, PagePlace.After(cursor), limit, ct);
        return page.Problem is { } refused ? refused : new FiguresPageAnswer<CustomerReceivablesAnswer>(
            [.. page.Value.Page.Items.Select(CustomerReceivablesAnswer.Of)], ApiPaging.Next(http.Request, page.Value.Page.Next), page.Value.Book.SyncInProgress);
    }

    private static async Task<ApiAnswer<CountAnswer>> CountAsync(HttpContext http, ReceivablesService receivables, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var filter = FilterOf(query);
        if (query.Refusal is { } wrong)
        {
            return wrong;
        }

        var page = await receivables.ListAsync(http.Caller(), http.Tenant(), filter, PagePlace.First, 1, ct);
        return page.Problem is { } refused ? refused : CountAnswer.Of(CappedCount.Of(page.Value.Count));
    }

    private static async Task<ApiAnswer<ReceivablesDetailAnswer>> GetAsync(HttpContext http, ReceivablesService receivables, CancellationToken ct)
    {
        var tone = new ApiQuery(http.Request).Read(Tone);
        if (http.Id("id") is not { } id)
        {
            return FollowUpProblems.UnknownCustomer;
        }

        var found = await receivables.GetAsync(http.Caller(), http.Tenant(), id, tone, ct);
        return found.Problem is { } refused ? refused : ReceivablesDetailAnswer.Of(found.Value);
    }

    private static async Task<ApiPdf> StatementAsync(HttpContext http, ReceivablesService receivables, CancellationToken ct)
    {
        if (http.Id("id") is not { } id)
        {
            return FollowUpProblems.UnknownCustomer;
        }

        var made = await receivables.StatementAsync(http.Caller(), http.Tenant(), id, ct);
        return made.Problem is { } refused ? refused : ApiPdf.Named(StatementPdf.NameOf(made.Value), StatementPdf.Write(made.Value));
    }

    private static async Task<ApiCreated<CustomerNoteAnswer>> AddNoteAsync(HttpContext http, ContactNoteService notes, CancellationToken ct)
    {
        var (body, wrong) = await ApiBody.ReadAsync(http.Request, new CustomerNoteRequest());
        if (wrong is not null)
        {
            return wrong;
        }

        var added = await notes.AddAsync(http.Caller(), http.Tenant(), http.Id("id") ?? Guid.Empty, body.Text, ct);
        return added.Problem is { } refused ? refused : ApiCreated<CustomerNoteAnswer>.At(
            $"{http.Request.PathBase}{ApiRoutes.Root}/tenants/{http.Tenant()}/receivables/{added.Value.ContactId:D}", CustomerNoteAnswer.Of(new ContactNoteView(added.Value, http.Caller().Name)), ReadVersion.Of(added.Value.UpdatedAt).Value!);
    }

    private static async Task<ApiAnswer<NextActionAnswer>> ActionAsync(HttpContext http, FollowUpService followUps, CancellationToken ct) =>
        Answer(await followUps.ActionAsync(http.Caller(), http.Tenant(), http.Id("id") ?? Guid.Empty, ct));

    private static async Task<ApiAnswer<NextActionAnswer>> PlanAsync(HttpContext http, FollowUpService followUps, CancellationToken ct)
    {
        var (body, wrong) = await ApiBody.ReadAsync(http.Request, new NextActionRequest());
        return wrong is not null ? wrong
            : Answer(await followUps.PlanAsync(http.Caller(), http.Tenant(), http.Id("id") ?? Guid.Empty, TakesVersion.Of(http.Request), new NextActionInput(body.Text, body.DueDate), ct));
    }

    private static async Task<ApiDone> FinishAsync(HttpContext http, FollowUpService followUps, CancellationToken ct) =>
        await followUps.FinishAsync(http.Caller(), http.Tenant(), http.Id("id") ?? Guid.Empty, TakesVersion.Of(http.Request), ct);

    private static async Task<ApiAnswer<FollowUpAnswer>> FollowUpAsync(HttpContext http, FollowUpService followUps, CancellationToken ct) =>
        Answer(await followUps.OfInvoiceAsync(http.Caller(), http.Tenant(), http.Id("id") ?? Guid.Empty, ct));

    private static async Task<ApiAnswer<FollowUpAnswer>> SetFollowUpAsync(HttpContext http, FollowUpService followUps, CancellationToken ct)
    {
        var (body, wrong) = await ApiBody.ReadAsync(http.Request, new FollowUpRequest());
        return wrong is not null ? wrong : Answer(await followUps.SetAsync(
            http.Caller(), http.Tenant(), http.Id("id") ?? Guid.Empty, TakesVersion.Of(http.Request), new InvoiceFollowUpInput(body.PromisedDate, body.IsDisputed, body.DisputeReason), ct));
    }

    private static async Task<ApiDone> ClearFollowUpAsync(HttpContext http, FollowUpService followUps, CancellationToken ct) =>
        await followUps.ClearAsync(http.Caller(), http.Tenant(), http.Id("id") ?? Guid.Empty, TakesVersion.Of(http.Request), ct);

    private static ReceivablesFilter FilterOf(ApiQuery query) => new(
        query.Read(Show) switch { "overdue" => ReceivablesShow.Overdue, "missed" => ReceivablesShow.Missed, "to_do" => ReceivablesShow.ToDo, "disputed" => ReceivablesShow.Disputed, _ => ReceivablesShow.All },
        query.Read(Search));

    private static ApiAnswer<NextActionAnswer> Answer(Result<NextAction> found) =>
        found.Problem is { } refused ? refused : ApiAnswer<NextActionAnswer>.WithVersion(NextActionAnswer.Of(found.Value), ReadVersion.Of(found.Value.UpdatedAt).Value!);

    private static ApiAnswer<FollowUpAnswer> Answer(Result<InvoiceFollowUp> found) =>
        found.Problem is { } refused ? refused : ApiAnswer<FollowUpAnswer>.WithVersion(FollowUpAnswer.Of(found.Value), ReadVersion.Of(found.Value.UpdatedAt).Value!);
}
