using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;

namespace XeroCfo.Data.Xero.Demo;

/// <summary>Xero as far as a reader can see it: connections, tokens, lists, the trial balance, limits and faults. Transport-free;
/// <see cref="FakeXeroHandler"/> puts it behind an HttpClient, and the tests put it behind a port.</summary>
public sealed class FakeXero(TimeProvider clock)
{
    internal const string ApiRoot = "/api.xro/2.0/";
    private readonly ConcurrentDictionary<Guid, Func<FakeOrganisation>> _organisations = new();
    private readonly ConcurrentQueue<FakeCall> _calls = new();
    private readonly FakeLimits _limits = new(clock);
    private int _count;

    /// <summary>May spoil an answer; null leaves it alone. Asked once per call, after the call is counted.</summary>
    public Func<FakeRequest, FakeFault?>? Faults { get; set; }

    /// <summary>Answer 429 past 60 calls a minute or 5,000 a day per organisation. The remaining-calls headers are sent either way.</summary>
    public bool EnforceLimits { get; set; }

    public FakeTokens Tokens { get; } = new(clock);

    /// <summary>Sign-in with an app of our own; null: any token is taken.</summary>
    public FakeConsents? Consents { get; set; }

    /// <summary>Every call so far, oldest first.</summary>
    public IReadOnlyList<FakeCall> Calls => [.. _calls];

    /// <summary>How often an endpoint was asked, e.g. "Invoices" or "Reports/TrialBalance"; whatever the answer.</summary>
    public int CallsTo(string endpoint) => _calls.Count(call => call.Request.Endpoint.Equals(endpoint, StringComparison.OrdinalIgnoreCase));

    public void ForgetCalls() => _calls.Clear();

    public void Add(FakeOrganisation organisation) => Hold(organisation.Settings.TenantId, () => organisation);

    /// <summary>Holds an organisation that is brought up to date for each call to it, as the demo grows to today.</summary>
    public void Hold(Guid tenantId, Func<FakeOrganisation> current) => _organisations[tenantId] = current;

    /// <summary>From now on the tenant answers 403 and is missing from the connections.</summary>
    public void Disconnect(Guid tenantId) => _organisations.TryRemove(tenantId, out _);

    /// <summary>Answers a call; never throws for what a caller can do wrong.</summary>
    public FakeResponse Answer(FakeRequest request)
    {
        request = request with { Number = Interlocked.Increment(ref _count) - 1 };
        var limited = Guid.TryParse(request.Header("xero-tenant-id"), out var tenant) && _limits.Count(tenant) && EnforceLimits;
        var fault = Faults?.Invoke(request) ?? (limited ? _limits.Problem(tenant) : null);
        var response = Dispatch(request, tenant);
        response = fault?.Spoil(response) ?? response;
        _limits.Describe(tenant, response.Headers);
        _calls.Enqueue(new FakeCall(request, response.Status));
        return response;
    }

    private FakeResponse Dispatch(FakeRequest request, Guid tenant)
    {
        if (request.Path == "/connect/token" && request.Method == "POST")
        {
            return Consents?.Token(request) ?? Tokens.Answer(request);
        }

        if (Consents is not null && (request.Method, request.Path) is ("GET", "/identity/connect/authorize") or ("POST", "/connect/revocation"))
        {
            return request.Method == "GET" ? Consents!.Authorize(request) : Consents!.Revoke(request);
        }

        if (request.Header("Authorization") is not { } authorization || !authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return FakeResponse.Unauthorized();
        }

        var reached = Consents?.Reached(request);
        if (Consents is not null && reached is null)
        {
            return FakeResponse.Unauthorized("TokenExpired: token expired");
        }

        if (request.Path.StartsWith("/connections", StringComparison.OrdinalIgnoreCase))
        {
            return reached is null ? Connections(request) : Connections(request, reached);
        }

        if (!request.Path.StartsWith(ApiRoot, StringComparison.OrdinalIgnoreCase))
        {
            return FakeResponse.Problem(404, "NotFound", "The resource you're looking for cannot be found");
        }

        return _organisations.TryGetValue(tenant, out var organisation) && reached?.Any(connection => connection.Tenant == tenant) != false
            ? Accounting(organisation(), request)
            : FakeResponse.Problem(403, "Forbidden", "AuthenticationUnsuccessful");
    }

    private FakeResponse Accounting(FakeOrganisation organisation, FakeRequest request)
    {
        var parts = request.Path[ApiRoot.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 2 && parts[0].Equals("Reports", StringComparison.OrdinalIgnoreCase) && parts[1].Equals("TrialBalance", StringComparison.OrdinalIgnoreCase))
        {
            return TrialBalance(organisation, request);
        }

        if (parts.Length == 2 && parts[0].Equals("Reports", StringComparison.OrdinalIgnoreCase) && StatementReport.Answer(organisation, parts[1], request, clock.GetUtcNow()) is { } statement)
        {
            return statement.Status == 200 ? statement with { Body = Envelope() + statement.Body } : statement;
        }

        if (parts.Length == 3 && parts[2].Equals("History", StringComparison.OrdinalIgnoreCase) && FakeEndpoint.All.TryGetValue(parts[0], out var kept) && Guid.TryParse(parts[1], out var id))
        {
            return new FakeResponse(200, Envelope() + "\"HistoryRecords\":[" + string.Join(',', organisation.History(kept.Name, id)) + "]}");
        }

        if (parts.Length is 0 or > 2 || !FakeEndpoint.All.TryGetValue(parts[0], out var endpoint))
        {
            return FakeResponse.Problem(404, "NotFound", "The resource you're looking for cannot be found");
        }

        if (request.Method != "GET")
        {
            return FakeResponse.Problem(405, "MethodNotAllowed", "This fake is read only");
        }

        return parts.Length == 2
            ? FakeLists.Single(organisation, endpoint, parts[1], request, Envelope(), clock.GetUtcNow())
            : FakeLists.List(organisation, endpoint, request, Envelope());
    }

    private FakeResponse TrialBalance(FakeOrganisation organisation, FakeRequest request)
    {
        var books = request.Asked("paymentsOnly") is "true" ? organisation.CashTrialBalance : organisation.TrialBalance;
        if (books is null)
        {
            return FakeResponse.BadRequest(10, "ValidationException", "These books know no cash basis");
        }

        var date = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        if (request.Asked("date") is { } asked && !DateOnly.TryParseExact(asked, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date))
        {
            return FakeResponse.BadRequest(10, "ValidationException", "The date is not valid");
        }

        var report = TrialBalanceReport.At(organisation, books, date, clock.GetUtcNow());
        return new FakeResponse(200, Envelope() + "\"Reports\":[" + WireFormat.Text(report) + "]}");
    }

    private FakeResponse Connections(FakeRequest request)
    {
        if (request.Method == "DELETE")
        {
            var found = _organisations.Keys.FirstOrDefault(tenant => request.Path.EndsWith(ConnectionId(tenant), StringComparison.OrdinalIgnoreCase));
            return _organisations.TryRemove(found, out _) ? new FakeResponse(204, "") : FakeResponse.Problem(403, "Forbidden", "Unknown connection");
        }

        var list = _organisations.Values.Select(current => current()).OrderBy(organisation => organisation.Settings.Name, StringComparer.Ordinal).Select(organisation => new JsonObject
        {
            ["id"] = ConnectionId(organisation.Settings.TenantId),
            ["authEventId"] = WireFormat.Id(DemoIds.For(0, "authorisation", "fake")),
            ["tenantId"] = WireFormat.Id(organisation.Settings.TenantId),
            ["tenantType"] = "ORGANISATION",
            ["tenantName"] = organisation.Settings.Name,
            ["createdDateUtc"] = Connected(organisation),
            ["updatedDateUtc"] = Connected(organisation),
        });
        return new FakeResponse(200, WireFormat.Text(new JsonArray([.. list])));
    }

    private FakeResponse Connections(FakeRequest request, IReadOnlyList<FakeConnection> reached)
    {
        if (request.Method == "DELETE")
        {
            return Guid.TryParse(request.Path.Split('/')[^1], out var id) && reached.Any(connection => connection.Id == id) && Consents!.Remove(id)
                ? new FakeResponse(204, "")
                : FakeResponse.Problem(403, "Forbidden", "Unknown connection");
        }

        return new FakeResponse(200, WireFormat.Text(new JsonArray([.. reached.Select(connection => new JsonObject
        {
            ["id"] = WireFormat.Id(connection.Id),
            ["authEventId"] = WireFormat.Id(connection.Consent.AuthEventId),
            ["tenantId"] = WireFormat.Id(connection.Tenant),
            ["tenantType"] = "ORGANISATION",
            ["tenantName"] = _organisations.TryGetValue(connection.Tenant, out var organisation) ? organisation().Settings.Name : "gone",
            ["createdDateUtc"] = connection.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture),
            ["updatedDateUtc"] = connection.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture),
        })])));
    }

    private static string ConnectionId(Guid tenant) => WireFormat.Id(DemoIds.For(0, "connection", tenant.ToString()));

    private static string Connected(FakeOrganisation organisation) =>
        organisation.Settings.CreatedUtc.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture);

    private string Envelope()
    {
        var id = WireFormat.Id(DemoIds.For(0, "answer", _count.ToString(CultureInfo.InvariantCulture)));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"Id\":\"{id}\",\"Status\":\"OK\",\"ProviderName\":\"XeroCfo\",\"DateTimeUTC\":\"\\/Date({clock.GetUtcNow().ToUnixTimeMilliseconds()})\\/\",");
    }
}
