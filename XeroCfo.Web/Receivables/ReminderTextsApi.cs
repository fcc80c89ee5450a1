using System.ComponentModel.DataAnnotations;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Receivables;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Receivables;

/// <summary>The text of a reminder of one tone, with fields such as <c>{customer}</c>; <c>isOwn</c> is false while it is the one that comes with the product.</summary>
internal sealed record ReminderTextAnswer([property: Words(typeof(ReminderTones))] string Tone, int FromDays, string Subject, string Body, bool IsOwn, DateTime? UpdatedAt) : IExample<ReminderTextAnswer>
{
    public static ReminderTextAnswer Example => new(ReminderTones.Friendly, 1, "{organisation}: a reminder of {overdue}", "Hello {customer},\n\n{invoices}\n\nKind regards,\n{organisation}", true, Examples.Instant);

    public static ReminderTextAnswer Of(ReminderWording text) => new(text.Tone, text.FromDays, text.Subject, text.Body, text.IsOwn, text.UpdatedAt);
}

internal sealed record ReminderFieldAnswer(string Field, string Stands);

/// <summary>The texts by age of the oldest invoice, and the fields that they may have filled in.</summary>
internal sealed record ReminderTextsAnswer(IReadOnlyList<ReminderTextAnswer> Texts, IReadOnlyList<ReminderFieldAnswer> Fields) : IExample<ReminderTextsAnswer>
{
    public static ReminderTextsAnswer Example => new([ReminderTextAnswer.Example], [new("{customer}", "the customer's name")]);

    public static ReminderTextsAnswer Of(IReadOnlyList<ReminderWording> texts) =>
        new([.. texts.Select(ReminderTextAnswer.Of)], [.. Reminders.Fields.Select(field => new ReminderFieldAnswer(field.Field, field.Words))]);
}

internal sealed record ReminderTextRequest(
    [property: Required, StringLength(ReminderText.SubjectLimit, MinimumLength = 1)] string? Subject = null, [property: Required, StringLength(ReminderText.BodyLimit, MinimumLength = 1)] string? Body = null)
    : IExample<ReminderTextRequest>
{
    public static ReminderTextRequest Example => new(ReminderTextAnswer.Example.Subject, ReminderTextAnswer.Example.Body);
}

internal static class ReminderTextsApi
{
    public static void Map(RouteGroupBuilder receivables)
    {
        receivables.MapGet("/reminder-texts", ListAsync)
            .WithName("GetReminderTexts").WithSummary("The texts of reminders by age, the organisation's own or those that come with the product, and the fields that they may have.")
            .Needs(Permissions.LedgerRead);
        receivables.MapGet("/reminder-texts/{key}", GetAsync)
            .WithName("GetReminderText").WithSummary("The text of one tone: friendly, firm or final.")
            .Needs(Permissions.LedgerRead).GivesVersion();
        receivables.MapPut("/reminder-texts/{key}", SetAsync)
            .WithName("SetReminderText").WithSummary("Keeps a text of the organisation's own. Where there is one already, If-Match says which version is replaced.")
            .Needs(Permissions.LayoutsWrite).TakesBody<ReminderTextRequest>().TakesVersionOfEarlier().GivesVersion();
        receivables.MapDelete("/reminder-texts/{key}", ResetAsync)
            .WithName("ResetReminderText").WithSummary("Back to the text that comes with the product.")
            .Needs(Permissions.LayoutsWrite).TakesVersion();
    }

    private static async Task<ApiAnswer<ReminderTextsAnswer>> ListAsync(HttpContext http, ReminderTextService texts, CancellationToken ct)
    {
        var found = await texts.ListAsync(http.Caller(), http.Tenant(), ct);
        return found.Problem is { } refused ? refused : ReminderTextsAnswer.Of(found.Value);
    }

    private static async Task<ApiAnswer<ReminderTextAnswer>> GetAsync(HttpContext http, ReminderTextService texts, CancellationToken ct) =>
        Answer(await texts.GetAsync(http.Caller(), http.Tenant(), ToneOf(http), ct));

    private static async Task<ApiAnswer<ReminderTextAnswer>> SetAsync(HttpContext http, ReminderTextService texts, CancellationToken ct)
    {
        var (body, wrong) = await ApiBody.ReadAsync(http.Request, new ReminderTextRequest());
        return wrong is not null ? wrong : Answer(await texts.SetAsync(http.Caller(), http.Tenant(), ToneOf(http), TakesVersion.Of(http.Request), new ReminderTextInput(body.Subject, body.Body), ct));
    }

    private static async Task<ApiDone> ResetAsync(HttpContext http, ReminderTextService texts, CancellationToken ct) =>
        await texts.ResetAsync(http.Caller(), http.Tenant(), ToneOf(http), TakesVersion.Of(http.Request), ct);

    private static string ToneOf(HttpContext http) => http.Request.RouteValues["key"] as string ?? "";

    // The product's own text never changes under somebody: its version is that of the beginning of time.
    private static ApiAnswer<ReminderTextAnswer> Answer(Result<ReminderWording> found) => found.Problem is { } refused
        ? refused
        : ApiAnswer<ReminderTextAnswer>.WithVersion(ReminderTextAnswer.Of(found.Value), ReadVersion.Of(found.Value.UpdatedAt ?? DateTime.UnixEpoch).Value!);
}
