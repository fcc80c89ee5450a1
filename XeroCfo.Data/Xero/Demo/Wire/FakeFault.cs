using System.Globalization;
using System.Text.Json.Nodes;

namespace XeroCfo.Data.Xero.Demo;

/// <summary>Something that goes wrong with one answer.</summary>
public sealed class FakeFault
{
    private readonly Func<FakeResponse, FakeResponse> _spoil;

    private FakeFault(Func<FakeResponse, FakeResponse> spoil) => _spoil = spoil;

    /// <summary>Never answers: the caller's own time-out ends the call.</summary>
    public static FakeFault TimeOut { get; } = new(response => response with { NeverComes = true });

    /// <summary>The connection breaks in the middle of the body.</summary>
    public static FakeFault CutBody { get; } = new(response => response with { SentShare = 0.5 });

    /// <summary>The connection breaks before anything of the answer is there.</summary>
    public static FakeFault Reset { get; } = new(response => response with { SentShare = 0 });

    /// <summary>200, and instead of figures the page of a gateway.</summary>
    public static FakeFault WebPage { get; } = Status(200, "\r\n<!DOCTYPE html><html><body>Please sign in</body></html>");

    /// <summary>Xero's clock, as the answer says it, is wrong.</summary>
    public static FakeFault Skewed(TimeSpan by) => new(response =>
    {
        const string Mark = "\"DateTimeUTC\":\"\\/Date(";
        var from = response.Body.IndexOf(Mark, StringComparison.Ordinal);
        var end = from < 0 ? -1 : response.Body.IndexOf(')', from);
        return end < 0
            ? response
            : With(response, string.Create(CultureInfo.InvariantCulture, $"{response.Body[..(from + Mark.Length)]}{long.Parse(response.Body[(from + Mark.Length)..end], CultureInfo.InvariantCulture) + (long)by.TotalMilliseconds}{response.Body[end..]}"));
    });

    /// <summary>A record of the list gets lost; the count still has it.</summary>
    public static FakeFault MissingRecord { get; } = Records(list => list.RemoveAt(list.Count / 2));

    /// <summary>A complete answer whose JSON ends in the middle.</summary>
    public static FakeFault BrokenJson { get; } = new(response => With(response, response.Body[..(response.Body.Length / 2)]));

    /// <summary>The first record of the list comes twice.</summary>
    public static FakeFault DoubledRecord { get; } = Records(list => list.Insert(0, list[0]!.DeepClone()));

    /// <summary>A null stands among the records.</summary>
    public static FakeFault NullRecord { get; } = Records(list => list.Insert(list.Count / 2, null));

    /// <summary>The answer does not say how many pages and records there are.</summary>
    public static FakeFault NoPagination { get; } = new(response =>
    {
        var body = JsonNode.Parse(response.Body)!.AsObject();
        body.Remove("pagination");
        return With(response, WireFormat.Text(body));
    });

    /// <summary>The JSON is broken inside the record with this id, on whatever page it comes.</summary>
    public static FakeFault BrokenRecord(Guid id) => new(response => With(response, response.Body.Replace($"{WireFormat.Id(id)}\"", $"{WireFormat.Id(id)}\" ?!", StringComparison.Ordinal)));

    /// <summary>429; the problem is "minute" or "day", the wait in whole seconds.</summary>
    public static FakeFault RateLimit(string problem = "minute", int retryAfterSeconds = 1) => new(_ =>
    {
        var response = new FakeResponse(429, "", "text/plain");
        response.Headers["Retry-After"] = retryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        response.Headers["X-Rate-Limit-Problem"] = problem;
        return response;
    });

    /// <summary>Any HTTP status, with a gateway's HTML unless told otherwise.</summary>
    public static FakeFault Status(int status, string body = "<html><body>Service unavailable</body></html>", string contentType = "text/html") =>
        new(_ => new FakeResponse(status, body, contentType));

    /// <summary>401 as Xero words it, e.g. "TokenExpired: token expired at …".</summary>
    public static FakeFault Unauthorized(string detail) => new(_ => FakeResponse.Unauthorized(detail));

    /// <summary>401 because the consent lacks one right.</summary>
    public static FakeFault InsufficientScope { get; } = new(_ =>
    {
        var response = FakeResponse.Unauthorized("AuthorizationUnsuccessful");
        response.Headers["WWW-Authenticate"] = "insufficient_scope";
        return response;
    });

    /// <summary>The first record lacks a field.</summary>
    public static FakeFault MissingField(string name) => Records(list => (list[0] as JsonObject)?.Remove(name));

    /// <summary>The first record carries nonsense in a field.</summary>
    public static FakeFault GarbledField(string name, string nonsense = "?#!") => Records(list =>
    {
        if (list[0] is JsonObject record)
        {
            record[name] = nonsense;
        }
    });

    internal FakeResponse Spoil(FakeResponse response) => _spoil(response);

    private static FakeFault Records(Action<JsonArray> change) => new(response =>
    {
        if (response.Status != 200 || JsonNode.Parse(response.Body) is not JsonObject body)
        {
            return response;
        }

        var list = body.Select(pair => pair.Value).OfType<JsonArray>().FirstOrDefault();
        if (list is { Count: > 0 })
        {
            change(list);
        }

        return With(response, WireFormat.Text(body));
    });

    private static FakeResponse With(FakeResponse response, string body) => response with { Body = body };
}
