using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace XeroCfo.Data.Xero.Demo;

/// <summary>Answers lists and single records of an organisation with Xero's rules on paging, filters and left-out lines.</summary>
internal static class FakeLists
{
    public static FakeResponse Single(FakeOrganisation organisation, FakeEndpoint endpoint, string id, FakeRequest request, string envelope, DateTimeOffset now)
    {
        if (organisation.FindStored(endpoint, id) is not { } stored)
        {
            return FakeResponse.Problem(404, "NotFound", "The resource you're looking for cannot be found");
        }

        var text = endpoint.Name == "Budgets" ? FakeBudgets.Within(stored, request, now) : stored.Text;
        return text is null
            ? FakeResponse.BadRequest(10, "ValidationException", "The date range must be 24 months or less")
            : new FakeResponse(200, Body(envelope, "", endpoint.Plural, [text]));
    }

    public static FakeResponse List(FakeOrganisation organisation, FakeEndpoint endpoint, FakeRequest request, string envelope)
    {
        if (endpoint.Name == "Organisation")
        {
            return new FakeResponse(200, Body(envelope, "", endpoint.Plural, [WireFormat.Text(organisation.Settings.ToJson())]));
        }

        if (FakeOrder.Parse(request.Asked("order"), endpoint) is not { } order)
        {
            return FakeResponse.BadRequest(16, "QueryParseException", "No property or field '" + request.Asked("order") + "' exists");
        }

        Func<FakeStored, bool> where;
        try
        {
            where = Filter(endpoint, request);
        }
        catch (FormatException problem)
        {
            return FakeResponse.BadRequest(16, "QueryParseException", problem.Message);
        }

        var found = organisation.Sorted(endpoint, order with { Descending = false }).Where(where).ToList();
        if (order.Descending)
        {
            found.Reverse();
        }

        return Answer(endpoint, request, envelope, found);
    }

    private static FakeResponse Answer(FakeEndpoint endpoint, FakeRequest request, string envelope, List<FakeStored> found)
    {
        var summary = request.Asked("summaryOnly") is "true" && endpoint.Name is "Invoices" or "Contacts" && request.Asked("summaryOnly") is "true";
        if (!endpoint.Paged || (!request.Query.ContainsKey("page") && !summary))
        {
            var withLines = endpoint.Name == "Invoices" && (request.Asked("Statuses") ?? request.Asked("IDs")) is not null;
            return new FakeResponse(200, Body(envelope, "", endpoint.Plural, found.Select(stored => withLines ? stored.Text : WithoutLines(endpoint, stored))));
        }

        var page = Math.Max(1, Number(request.Asked("page"), 1));
        var pageSize = Math.Clamp(Number(request.Asked("pageSize"), 100), 1, 1000);
        var pageCount = (found.Count + pageSize - 1) / pageSize;
        var texts = found.Skip((page - 1) * pageSize).Take(pageSize).Select(stored => summary ? Summary(stored) : stored.Text);
        var pagination = string.Create(
            CultureInfo.InvariantCulture,
            $"\"pagination\":{{\"page\":{page},\"pageSize\":{pageSize},\"pageCount\":{pageCount},\"itemCount\":{found.Count}}},");
        return new FakeResponse(200, Body(envelope, pagination, endpoint.Plural, texts));
    }

    private static Func<FakeStored, bool> Filter(FakeEndpoint endpoint, FakeRequest request)
    {
        var clause = request.Asked("where") is { Length: > 0 } text ? text : null;
        var test = clause is null ? null : WhereClause.Parse(clause);
        var since = endpoint.ModifiedSince ? Since(request.Header("If-Modified-Since")) : null;
        var statuses = endpoint.Name == "Invoices" ? Set(request.Asked("Statuses")) : null;
        var ids = endpoint.Name is "Invoices" or "Contacts" ? Set(request.Asked("IDs")) : null;
        var gone = since is not null || statuses is not null || ids is not null
            || clause?.Contains("Status", StringComparison.OrdinalIgnoreCase) == true
            || (endpoint.Name == "BankTransfers" && request.Asked("includeDeleted") is "true");
        var archived = request.Asked("includeArchived") is "true" || ids is not null || endpoint.Name is not ("Contacts" or "TrackingCategories")
            || clause?.Contains("Status", StringComparison.OrdinalIgnoreCase) == true;

        return record =>
            (since is null || record.UpdatedUtc > since)
            && (gone || !record.IsGone)
            && (archived || record.Status != "ARCHIVED")
            && (statuses is null || statuses.Contains(record.Status))
            && (ids is null || ids.Contains(record.Id))
            && (test is null || test(record));
    }

    private static DateTimeOffset? Since(string? header) =>
        DateTimeOffset.TryParse(header, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var since) ? since : null;

    private static HashSet<string>? Set(string? text) => string.IsNullOrWhiteSpace(text)
        ? null
        : text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static int Number(string? text, int otherwise) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private static string WithoutLines(FakeEndpoint endpoint, FakeStored stored)
    {
        if (endpoint.LinesField is null)
        {
            return stored.Text;
        }

        var document = stored.Parse();
        document[endpoint.LinesField] = new JsonArray();
        return WireFormat.Text(document);
    }

    private static string Summary(FakeStored stored)
    {
        var document = stored.Parse();
        document.Remove("Payments");
        document.Remove("LineItems");
        document.Remove("HasAttachments");
        return WireFormat.Text(document);
    }

    private static string Body(string envelope, string pagination, string plural, IEnumerable<string> texts) =>
        new StringBuilder(envelope).Append(pagination).Append('"').Append(plural).Append("\":[").AppendJoin(',', texts).Append("]}").ToString();
}
