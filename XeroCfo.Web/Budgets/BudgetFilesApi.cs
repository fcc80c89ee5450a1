using System.ComponentModel.DataAnnotations;
using System.Net.Mime;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using XeroCfo.Domain.Budgets;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Audit;
using XeroCfo.Web.Hosting;
using XeroCfo.Web.Hosting.Api;
using XeroCfo.Web.Shared.Files;

namespace XeroCfo.Web.Budgets;

/// <summary>A table as text: with tabs as a spreadsheet copies it, or with commas or semicolons. A row for each account, a column for each month like 2026-04.</summary>
internal sealed record BudgetImportRequest(
    [property: Required, StringLength(Budget.NameLimit, MinimumLength = 1)] string? Name = null,
    [property: Required, MinLength(1)] string? Text = null,
    [property: MaxLength(2)] IReadOnlyList<BudgetTrackingRequest>? Tracking = null) : IExample<BudgetImportRequest>
{
    public static BudgetImportRequest Example => new("Budget 2026/27", "Code,Account,2026-10,2026-11\r\n200,Sales,52000,54500\r\n477,Wages,18200,18200\r\n");
}

/// <summary>How a budget is to be drafted. Growth is a fraction: 0.08 for 8 % more.</summary>
internal sealed record BudgetDraftRequest(
    [property: Required, RegularExpression("^[0-9]{4}-[0-9]{2}$")] string? First = null,
    [property: Range(1, BudgetRecipe.MostMonths)] int Months = 12,
    [property: AllowedValues(BudgetBases.LastYear, BudgetBases.Budget)] string? Basis = BudgetBases.LastYear,
    Guid? BudgetId = null,
    decimal IncomeGrowth = 0,
    decimal CostGrowth = 0,
    [property: AllowedValues(BudgetPhasing.Own, BudgetPhasing.Income, BudgetPhasing.Quarters, BudgetPhasing.Even)] string? Phasing = BudgetPhasing.Own,
    decimal RoundTo = 1,
    BudgetTrackingRequest? Tracking = null) : IExample<BudgetDraftRequest>
{
    public static BudgetDraftRequest Example => new("2027-04", 12, BudgetBases.LastYear, null, 0.08m, 0.02m);

    public Result<BudgetRecipe> ToRecipe() =>
        !Domain.Primitives.Month.TryParse(First, out var first) ? Problem.Invalid("first", "first must be a month yyyy-MM from 1900-01 to 2199-12.")
        : Tracking is not null and not { CategoryId: not null, OptionId: not null } ? Problem.Invalid("tracking", "tracking must name categoryId and optionId.")
        : new BudgetRecipe
        {
            First = first,
            Months = Months,
            Basis = Basis ?? BudgetBases.LastYear,
            BudgetId = BudgetId,
            IncomeGrowth = IncomeGrowth,
            CostGrowth = CostGrowth,
            Phasing = Phasing ?? BudgetPhasing.Own,
            RoundTo = RoundTo,
            Tracking = Tracking is { } pick ? new TrackingPick(pick.CategoryId!.Value, pick.OptionId!.Value) : null,
        };
}

/// <summary>Lines that are not kept yet; <c>remarks</c> say what is missing in them.</summary>
internal sealed record BudgetDraftAnswer(IReadOnlyList<BudgetLineAnswer> Lines, IReadOnlyList<string> Remarks) : IExample<BudgetDraftAnswer>
{
    public static BudgetDraftAnswer Example => new([new BudgetLineAnswer(Examples.Account, "2027-04", 56_160m)], ["The books do not hold 2024-04: nothing is planned there."]);
}

/// <summary>Either 200 with a file, or a refusal.</summary>
internal sealed class ApiBudgetFile : IResult, IEndpointMetadataProvider
{
    private readonly BudgetFile? _file;
    private readonly Problem? _refusal;

    private ApiBudgetFile(BudgetFile? file, Problem? refusal) => (_file, _refusal) = (file, refusal);

    public static implicit operator ApiBudgetFile(BudgetFile file) => new(file, null);

    public static implicit operator ApiBudgetFile(Problem refusal) => new(null, refusal);

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(byte[]), [.. BudgetFile.ContentTypes.Select(type => new ContentType(type).MediaType)]));

    public Task ExecuteAsync(HttpContext httpContext) =>
        _refusal is not null ? ApiProblem.From(_refusal).ExecuteAsync(httpContext) : Results.File(_file!.Bytes, _file.ContentType, _file.Name).ExecuteAsync(httpContext);
}

/// <summary>Budgets out of tables and as files.</summary>
internal static class BudgetFilesApi
{
    private const int MostMessages = 50;

    private static readonly ApiParameter<string> Format = ApiParameters.Word("format", "The file's format; without it a workbook.", BudgetFile.Formats);

    public static string Address(Guid org, Guid budget, string format) => $"/{org:D}/budgets/{budget:D}/export.{format}";

    public static void Map(RouteGroupBuilder budgets)
    {
        budgets.MapPost("/draft", DraftAsync)
            .WithName("DraftBudget").WithSummary("Lines of a new budget from last year or from another budget, with growth and phasing; nothing is kept.")
            .Needs(Permissions.BudgetsRead).TakesBody<BudgetDraftRequest>().MayRefuse(422);
        budgets.MapPost("/import", ImportAsync)
            .WithName("ImportBudget").WithSummary("Makes an own budget out of a table, or nothing and a message for each row and column that is wrong.")
            .Needs(Permissions.BudgetsWrite).TakesBody<BudgetImportRequest>().TakesIdempotencyKey().GivesVersion().MayRefuse(422);
        budgets.MapGet("/{id}/export", ExportAsync)
            .WithName("ExportBudget").WithSummary("A budget as a file that can be imported again.")
            .Needs(Permissions.BudgetsRead).Takes(Format).GivesFile<BudgetAnswer>().Costly().NotesExport("budget");
    }

    /// <summary>The page's own files: signed in by cookie, allowed by the service as the page is.</summary>
    public static void MapPages(IEndpointRouteBuilder app) => app.MapGet("/{org:guid}/budgets/{id:guid}/export.{format}", DownloadAsync).ExcludeFromDescription().NotesExport("budget");

    private static async Task<ApiAnswer<BudgetDraftAnswer>> DraftAsync(HttpContext http, BudgetDraftService drafts, CancellationToken ct)
    {
        var (body, wrong) = await ApiBody.ReadAsync(http.Request, new BudgetDraftRequest());
        if (wrong is not null)
        {
            return wrong;
        }

        var recipe = body.ToRecipe();
        if (recipe.Problem is { } unreadable)
        {
            return unreadable;
        }

        var draft = await drafts.DraftAsync(http.Caller(), http.Tenant(), recipe.Value, ct);
        return draft.Problem is { } refused
            ? refused
            : new BudgetDraftAnswer([.. draft.Value.Lines.Select(line => new BudgetLineAnswer(line.AccountId, line.Month.ToString(), line.Amount))], draft.Value.Remarks);
    }

    private static async Task<ApiCreated<BudgetAnswer>> ImportAsync(HttpContext http, BudgetService budgets, CancellationToken ct)
    {
        var (body, wrong) = await ApiBody.ReadAsync(http.Request, new BudgetImportRequest());
        if (wrong is not null)
        {
            return wrong;
        }

        if (string.IsNullOrWhiteSpace(body.Text))
        {
            return Problem.Invalid("text", "text is missing: paste the table.");
        }

        var read = await budgets.ReadTableAsync(http.Caller(), http.Tenant(), DelimitedText.Read(body.Text), ct);
        if (read.Problem is { } closed)
        {
            return closed;
        }

        if (read.Value.Messages.Count > 0)
        {
            return Wrong(read.Value.Messages);
        }

        var input = new BudgetRequest(body.Name, [], body.Tracking).ToInput();
        if (input.Problem is { } unreadable)
        {
            return unreadable;
        }

        var made = await budgets.CreateAsync(http.Caller(), http.Tenant(), input.Value with { Lines = read.Value.Lines }, ct);
        return made.Problem is { } refused ? refused : BudgetsApi.Created(http, made.Value);
    }

    // Each place with what is wrong there.
    private static ApiProblem Wrong(IReadOnlyList<TableMessage> messages) => ApiProblem.Parameters(
        messages.Take(MostMessages).GroupBy(message => $"text: {message.Place}").ToDictionary(place => place.Key, place => place.Select(message => message.Text).ToArray()), "invalid-table");

    private static async Task<ApiBudgetFile> ExportAsync(HttpContext http, BudgetService budgets, CancellationToken ct) => http.Id("id") is { } id
        ? await OfAsync(http.Caller(), http.Tenant(), id, new ApiQuery(http.Request).Read(Format) ?? BudgetFile.Xlsx, budgets, ct)
        : BudgetProblems.Unknown;

    private static async Task<IResult> DownloadAsync(Guid org, Guid id, string format, HttpContext http, [FromServices] CallerService callers, [FromServices] BudgetService budgets, CancellationToken ct)
    {
        var person = await callers.ForUserAsync(SessionCheck.PersonOf(http.User) ?? Guid.Empty, new Origin(), ct);
        return person.Succeeded && BudgetFile.Formats.Contains(format)
            ? await OfAsync(person.Value, new TenantId(org), id, format, budgets, ct)
            : Results.StatusCode(StatusCodes.Status404NotFound);
    }

    private static async Task<ApiBudgetFile> OfAsync(Caller caller, TenantId tenant, Guid id, string format, BudgetService budgets, CancellationToken ct)
    {
        var found = await budgets.GetAsync(caller, tenant, id, ct);
        if (found.Problem is { } refused)
        {
            return refused;
        }

        var accounts = await budgets.AccountsAsync(caller, tenant, ct);
        return accounts.Problem is { } closed ? closed : BudgetFile.Of(found.Value, accounts.Value, format);
    }
}
