using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using XeroCfo.Domain.Ledger.Accounts;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Audit;
using XeroCfo.Web.Hosting;
using XeroCfo.Web.Shared;
using XeroCfo.Web.Shared.Files;

namespace XeroCfo.Web.Ledger.Accounts;

/// <summary>An account's ledger as a file: every line that the page's filter lets through. Signed in by cookie, allowed by the service as the page is.</summary>
internal static class AccountLedgerFile
{
    /// <summary>A sheet holds 1,048,576 rows.</summary>
    private const int MostRows = 1_000_000;

    internal const int PageSize = 20_000;
    private const int HeadRow = 5;

    private static readonly (string Text, double Width)[] Columns =
        [("Date", 12), ("Source", 24), ("Number", 16), ("Contact", 30), ("Description", 48), ("Debit", 15), ("Credit", 15), ("Amount", 15), ("Balance", 16)];

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/{org:guid}/ledger/{account:guid}/export.csv", CsvAsync).ExcludeFromDescription().NotesExport("ledger");
        app.MapGet("/{org:guid}/ledger/{account:guid}/export.xlsx", XlsxAsync).ExcludeFromDescription().NotesExport("ledger");
    }

    private static async Task<IResult> CsvAsync([AsParameters] Asked asked, CancellationToken ct)
    {
        var (pages, organisation, refused) = await OpenAsync(asked, ct);
        return refused ?? Results.Stream(
            async stream =>
            {
                await using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
                await text.WriteAsync(CsvWriter.ByteOrderMark + CsvWriter.Line(Names(pages!.First)));
                await foreach (var page in pages!.AllAsync(ct))
                {
                    foreach (var row in page.Rows)
                    {
                        await text.WriteAsync(CsvWriter.Line(Values(row, page)));
                    }
                }
            },
            CsvWriter.ContentType,
            FileName(organisation!, pages!.First, "csv"));
    }

    private static async Task<IResult> XlsxAsync([AsParameters] Asked asked, CancellationToken ct)
    {
        var (pages, organisation, refused) = await OpenAsync(asked, ct);
        if (refused is not null)
        {
            return refused;
        }

        // Not in memory, and not on its way before it is whole: a file that cannot be read to its end is refused.
        var file = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
            new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous });
        try
        {
            if (!await WriteAsync(file, pages!, organisation!, AccountLedgerWords.Of(Given(asked.Source), Given(asked.Kind)), ct))
            {
                await file.DisposeAsync();
                return Results.Text($"There are more than {MostRows:N0} lines. Choose fewer days, or take the CSV file.", statusCode: StatusCodes.Status413PayloadTooLarge);
            }
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }

        file.Position = 0;
        return Results.File(file, XlsxWriter.ContentType, FileName(organisation!, pages!.First, "xlsx"));
    }

    /// <summary>The workbook, row by row as they are read; false: there are too many.</summary>
    internal static async Task<bool> WriteAsync(Stream file, Pages pages, XeroTenant organisation, string? filter, CancellationToken ct)
    {
        using var book = new XlsxBook(file);
        using var rows = book.Begin(new Sheet("Ledger", [.. Columns.Select(column => column.Width)], [], HeadRow, 1));
        Heads(organisation, pages.First, filter).ForEach(rows.Write);
        await foreach (var page in pages.AllAsync(ct))
        {
            foreach (var row in page.Rows)
            {
                rows.Write([.. Values(row, page).Select((value, index) => new Cell(value, value is DateOnly ? CellLook.Day : index > 4 ? CellLook.Money : CellLook.Plain))]);
            }

            if (rows.Count > MostRows)
            {
                return false;
            }
        }

        var last = pages.First;
        rows.Write([.. Columns.Select((_, index) => new Cell(
            index == 0 ? (last.IsPartial ? "Sum of these lines" : $"Balance at {DateWords.Of(last.To)}") : index == Columns.Length - 1 ? last.Closing : (object?)null,
            index > 4 ? CellLook.TotalMoney : CellLook.TotalText))]);
        return true;
    }

    private static async Task<(Pages? Pages, XeroTenant? Organisation, IResult? Refused)> OpenAsync(Asked asked, CancellationToken ct)
    {
        var tenant = new TenantId(asked.Org);
        var person = await asked.Callers.ForUserAsync(SessionCheck.PersonOf(asked.Http.User) ?? Guid.Empty, new Origin(), ct);
        var organisation = person.Succeeded ? await asked.Tenants.GetAsync(person.Value, tenant, ct) : person.Problem!;
        var (from, to) = (FileDay.Read("from", asked.From), FileDay.Read("to", asked.To));
        if ((organisation.Problem ?? from.Problem ?? to.Problem) is { } wrong)
        {
            return (null, null, Refusal(wrong));
        }

        var filter = new AccountLedgerFilter { From = from.Value, To = to.Value, Source = Given(asked.Source), Kind = Given(asked.Kind) };
        var first = await asked.Ledgers.PageAsync(person.Value, tenant, asked.Account, filter, PagePlace.First, PageSize, ct);
        return first.Problem is { } refused
            ? (null, null, Refusal(refused))
            : (new Pages(asked.Ledgers, person.Value, tenant, asked.Account, filter, first.Value), organisation.Value, null);
    }

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static IResult Refusal(Problem problem) => problem.Kind switch
    {
        ProblemKind.Invalid => Results.Text(problem.Message, statusCode: StatusCodes.Status400BadRequest),
        ProblemKind.Forbidden => Results.StatusCode(StatusCodes.Status403Forbidden),
        _ => Results.StatusCode(StatusCodes.Status404NotFound),
    };

    private static List<IReadOnlyList<Cell>> Heads(XeroTenant organisation, AccountLedger ledger, string? filter) =>
    [
        new Cell[] { new($"{organisation.Name}: {AccountLedgerWords.Title(ledger.Account)}", CellLook.Title) },
        new Cell[] { new($"{AccountLedgerWords.Days(ledger)}{(filter is null ? "" : $" · only {filter}")} · {organisation.BaseCurrency}, debit positive, credit negative", CellLook.Note) },
        new Cell[] { new(string.Create(CultureInfo.InvariantCulture, $"Documents to {organisation.DataAsOf:yyyy-MM-dd HH:mm} UTC, ledger version {organisation.LedgerVersion}{(ledger.IsPartial ? "" : $". Balance before: {ledger.Opening:0.00}")}"), CellLook.Note) },
        Array.Empty<Cell>(),
        Names(ledger).Select((name, index) => new Cell(name, index > 4 ? CellLook.HeadRight : CellLook.Head)).ToArray(),
    ];

    // A part of the lines adds up to no balance.
    private static IEnumerable<string> Names(AccountLedger ledger) => Columns.Select((column, index) => ledger.IsPartial && index == Columns.Length - 1 ? "Sum so far" : column.Text);

    private static object?[] Values(LedgerRow row, AccountLedger ledger) =>
    [
        row.Day, AccountLedgerWords.Source(row), row.View?.Number, row.View?.ContactName, AccountLedgerWords.Text(row, ledger.Account),
        row.Amount > 0 ? row.Amount : null, row.Amount < 0 ? -row.Amount : null, row.Amount, row.Running,
    ];

    private static string FileName(XeroTenant organisation, AccountLedger ledger, string format) =>
        $"{FileNames.Plain(organisation.Name)}_{FileNames.Plain(AccountLedgerWords.Title(ledger.Account))}_{DateWords.Iso(ledger.From) ?? "start"}_{DateWords.Iso(ledger.To)}.{format}";

    /// <summary>What the address and the server give.</summary>
    internal sealed class Asked
    {
        public Guid Org { get; init; }

        public Guid Account { get; init; }

        public string? From { get; init; }

        public string? To { get; init; }

        public string? Source { get; init; }

        public string? Kind { get; init; }

        public required HttpContext Http { get; init; }

        [FromServices]
        public required CallerService Callers { get; init; }

        [FromServices]
        public required TenantService Tenants { get; init; }

        [FromServices]
        public required AccountLedgerService Ledgers { get; init; }
    }

    /// <summary>The ledger page by page, so that no file needs all of it in memory.</summary>
    internal sealed record Pages(AccountLedgerService Ledgers, Caller Caller, TenantId Tenant, Guid Account, AccountLedgerFilter Filter, AccountLedger First)
    {
        public async IAsyncEnumerable<AccountLedger> AllAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
        {
            var page = First;
            while (true)
            {
                // The next one is read while this one is written: a database in a file answers in the caller's own thread.
                var last = page;
                var next = last.Next is null ? null : Task.Run(() => Ledgers.NextAsync(Caller, Tenant, last, Filter, PageSize, ct), ct);
                try
                {
                    yield return last;
                }
                finally
                {
                    // Also where nobody wants it any more.
                    await (next?.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default) ?? Task.CompletedTask);
                }

                if (next is null)
                {
                    yield break;
                }

                // Nothing more can be said in a file that has begun: it breaks off.
                var read = await next;
                page = read.Problem is { } problem ? throw new InvalidOperationException($"The ledger could not be read on: {problem.Code}.") : read.Value;
            }
        }
    }
}
