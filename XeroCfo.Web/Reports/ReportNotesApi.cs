using System.ComponentModel.DataAnnotations;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Reports;

/// <summary>A note on a row; <c>@[row/column]</c> in its text stands for a figure of the report.</summary>
internal sealed record RowNoteRequest(
    [property: Required, StringLength(RowNote.KeyLimit, MinimumLength = 1)] string? RowKey = null,
    [property: Required, StringLength(RowNote.TextLimit, MinimumLength = 1)] string? Text = null) : IExample<RowNoteRequest>
{
    public static RowNoteRequest Example => new("netProfit", "Profit of @[netProfit/actual] is after the new bean prices.");
}

internal sealed record LinkedFigureAnswer(string Token, string RowKey, string ColumnKey, ReportValue Value);

internal sealed record RowNoteAnswer(Guid Id, string RowKey, string Text, string? Author, DateTime CreatedAt, IReadOnlyList<LinkedFigureAnswer> Figures) : IExample<RowNoteAnswer>
{
    public static RowNoteAnswer Example => new(
        Examples.Thing, "netProfit", "Profit of @[netProfit/actual] is after the new bean prices.", "ana@tui-and-ash.example", Examples.Instant,
        [new LinkedFigureAnswer("@[netProfit/actual]", "netProfit", "actual", 48_330.55m)]);

    public static RowNoteAnswer Of(RowNoteView view) => new(
        view.Note.Id, view.Note.RowKey, view.Note.Text, view.Author, view.Note.CreatedAt,
        [.. view.Figures.Select(figure => new LinkedFigureAnswer(figure.Token, figure.RowKey, figure.ColumnKey, figure.Value))]);
}

internal sealed record RowNotesAnswer(IReadOnlyList<RowNoteAnswer> Items) : IExample<RowNotesAnswer>
{
    public static RowNotesAnswer Example => new([RowNoteAnswer.Example]);
}

internal static class ReportNotesApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var notes = api.MapGroup("/tenants/{tenant}/reports/{id}/notes").WithTags("Reports");
        notes.MapGet("", NotesAsync)
            .WithName("ListReportNotes").WithSummary("Notes on the rows of a kept report, with the figures that they speak of.")
            .Needs(Permissions.ReportsRead);
        notes.MapPost("", AddNoteAsync)
            .WithName("AddReportNote").WithSummary("Adds a note to a row of a kept report.")
            .Needs(Permissions.ReportsWrite).TakesBody<RowNoteRequest>().TakesIdempotencyKey().GivesVersion();
        notes.MapDelete("/{noteId}", DeleteNoteAsync)
            .WithName("DeleteReportNote").WithSummary("Deletes a note of one's own.")
            .Needs(Permissions.ReportsWrite);
    }

    private static async Task<ApiAnswer<RowNotesAnswer>> NotesAsync(HttpContext http, RowNoteService notes, CancellationToken ct)
    {
        if (http.Id("id") is not { } id)
        {
            return ReportProblems.Unknown;
        }

        var found = await notes.ListAsync(http.Caller(), http.Tenant(), id, ct);
        return found.Problem is { } refused ? refused : new RowNotesAnswer([.. found.Value.Select(RowNoteAnswer.Of)]);
    }

    private static async Task<ApiCreated<RowNoteAnswer>> AddNoteAsync(HttpContext http, RowNoteService notes, CancellationToken ct)
    {
        var (body, wrong) = await ApiBody.ReadAsync(http.Request, new RowNoteRequest());
        if (wrong is not null)
        {
            return wrong;
        }

        if (http.Id("id") is not { } id)
        {
            return ReportProblems.Unknown;
        }

        var added = await notes.AddAsync(http.Caller(), http.Tenant(), id, body.RowKey, body.Text, ct);
        return added.Problem is { } refused
            ? refused
            : ApiCreated<RowNoteAnswer>.At(
                $"{http.Request.PathBase}{ApiRoutes.Root}/tenants/{http.Tenant()}/reports/{id:D}/notes", RowNoteAnswer.Of(added.Value), ReadVersion.Of(added.Value.Note.UpdatedAt).Value!);
    }

    private static async Task<ApiDone> DeleteNoteAsync(HttpContext http, RowNoteService notes, CancellationToken ct)
    {
        if (http.Id("id") is not { } id || http.Id("noteId") is not { } noteId)
        {
            return ReportProblems.Unknown;
        }

        return await notes.DeleteAsync(http.Caller(), http.Tenant(), id, noteId, ct);
    }
}
