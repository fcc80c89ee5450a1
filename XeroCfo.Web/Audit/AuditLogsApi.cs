using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using XeroCfo.Domain.Audit;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Web.ApiKeys;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Audit;

/// <summary>
/// Who did what. <c>details</c> repeats who and which organisation, and holds what it was about, before and after. <c>seq</c> is the number
/// of the entry's seal, null for the seconds until it has one.
/// </summary>
internal sealed record AuditLogAnswer(
    Guid Id, DateTime CreatedAt, string Action, Guid? UserId, Guid? TenantId, JsonObject? Details, string? IpAddress, string? UserAgent, long? Seq) : IExample<AuditLogAnswer>
{
    public static AuditLogAnswer Example => new(
        Examples.Thing, Examples.Instant, "rule.updated", Examples.Contact, Examples.Tenant,
        new JsonObject { ["before"] = new JsonObject { ["priority"] = 0 }, ["after"] = new JsonObject { ["priority"] = 5 } }, "203.0.113.7", "n8n", 1_204);

    public static AuditLogAnswer Of(AuditEntry entry) => new(
        entry.Log.Id, entry.Log.CreatedAt, entry.Log.Action, entry.Log.UserId, entry.Log.TenantId, DetailsOf(entry.Log.Details), entry.Log.IpAddress, entry.Log.UserAgent, entry.Seq);

    private static JsonObject? DetailsOf(string? details)
    {
        try
        {
            return details is null ? null : JsonNode.Parse(details) as JsonObject;
        }
        catch (JsonException)
        {
            // Somebody wrote into the table; the verification names it.
            return null;
        }
    }
}

internal static class AuditLogsApi
{
    private static readonly ApiParameter<Guid?> User = ApiParameters.Id("userId", "Only what this person did, or a key of theirs.");
    private static readonly ApiParameter<Guid?> Tenant = ApiParameters.Id("tenantId", "Only what was done to this organisation.");
    private static readonly ApiParameter<string> Action = ApiParameters.Text("action", "Only this action, or all of an area: `rule.*`.", 100);
    private static readonly ApiParameter<DateTime?> From = Bound("from", "From this day, or instant, on.", bound => bound.First);
    private static readonly ApiParameter<DateTime?> To = Bound("to", "Up to this day and all of it, or up to this instant.", bound => bound.Last);

    public static void Map(RouteGroupBuilder api)
    {
        var logs = api.MapGroup("/audit-logs").WithTags("Audit");
        logs.MapGet("", ListAsync)
            .WithName("ListAuditLogs").WithSummary("Who did what, newest first: entries of your organisations, and those of none.")
            .Needs(Permissions.AuditRead).TakesPage().Takes(User, Tenant, Action, From, To);
        logs.MapGet("/count", CountAsync)
            .WithName("CountAuditLogs").WithSummary("How many entries, counted up to 10 001.")
            .Needs(Permissions.AuditRead).Takes(User, Tenant, Action, From, To);
    }

    private static async Task<ApiAnswer<PageAnswer<AuditLogAnswer>>> ListAsync(HttpContext http, AuditService audit, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var filter = FilterOf(query);
        if (query.Refusal is { } wrong)
        {
            return wrong;
        }

        var page = await audit.ListAsync(http.Caller(), filter, query.Cursor, query.Limit, ct);
        return page.Problem is { } refused ? refused : new PageAnswer<AuditLogAnswer>([.. page.Value.Items.Select(AuditLogAnswer.Of)], ApiPaging.Next(http.Request, page.Value.Next));
    }

    private static async Task<ApiAnswer<CountAnswer>> CountAsync(HttpContext http, AuditService audit, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var filter = FilterOf(query);
        if (query.Refusal is { } wrong)
        {
            return wrong;
        }

        var count = await audit.CountAsync(http.Caller(), filter, ct);
        return count.Problem is { } refused ? refused : CountAnswer.Of(count.Value);
    }

    private static AuditFilter FilterOf(ApiQuery query)
    {
        var (from, to) = (query.Read(From), query.Read(To));
        query.InOrder(From, from, To, to);
        return new AuditFilter(query.Read(User), query.Read(Tenant), query.Read(Action), from, to?.AddMicroseconds(1));
    }

    private static ApiParameter<DateTime?> Bound(string name, string description, Func<AuditBound, DateTime> which) => new(
        name, description, "a date yyyy-MM-dd or an instant such as 2026-11-01T08:00:00Z", new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}(T.+)?$" },
        (string text, out DateTime? value) => (value = AuditBound.Read(text) is { } bound ? which(bound) : null) is not null);
}

/// <summary>A day in UTC or an instant, as a bound of the trail.</summary>
/// <param name="First">The first instant of it.</param>
/// <param name="Last">The last one.</param>
internal sealed record AuditBound(DateTime First, DateTime Last)
{
    public static AuditBound? Read(string text)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return AccountingDays.Contain(day) ? Of(day) : null;
        }

        return InstantText.Read(text) is { } instant ? new AuditBound(instant, instant) : null;
    }

    public static AuditBound Of(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), day.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc).AddMicroseconds(-1));
}
