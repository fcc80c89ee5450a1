using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace XeroCfo.Tests.Api.Contract;

/// <summary>One request made up from the document; enough to send it again by hand.</summary>
internal sealed record FuzzRequest(string Method, string Address, IReadOnlyList<(string Name, string Value)> Headers, byte[]? Body, string? ContentType)
{
    public HttpRequestMessage ToMessage()
    {
        var request = new HttpRequestMessage(new HttpMethod(Method), new Uri(Address, UriKind.Relative));
        if (Body is not null)
        {
            request.Content = new ByteArrayContent(Body);
            if (ContentType is not null)
            {
                request.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
            }
        }

        foreach (var (name, value) in Headers)
        {
            _ = request.Headers.TryAddWithoutValidation(name, value) || request.Content?.Headers.TryAddWithoutValidation(name, value) == true;
        }

        return request;
    }

    public override string ToString()
    {
        var body = Body is null ? "" : Encoding.UTF8.GetString(Body);
        return $"{Method} {Limit(Address)}\n{string.Join('\n', Headers.Select(header => $"{header.Name}: {Limit(header.Value)}"))}\nContent-Type: {ContentType}\n\n{Limit(body)}";
    }

    private static string Limit(string text) => text.Length <= 600 ? text : $"{text[..600]}… ({text.Length})";
}

/// <summary>
/// Makes requests out of the OpenAPI document: what it describes, with one or a few things wrong. The same seed makes the same requests,
/// but for the cursors, which the API gives out.
/// </summary>
internal sealed class Fuzzer(ApiContract contract, ContractHost host, int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<string> _cursors = ["AAAA"];
    private readonly List<string> _undos = [];
    private readonly List<string> _reports = [Guid.NewGuid().ToString()];
    private readonly List<string> _categories = [host.Used.Id.ToString()];

    private int Names { get; set; }

    /// <summary>Takes from an answer what later requests can use: cursors, to be tried on other lists too, and ids of changes and categories.</summary>
    public void Learn(JsonObject answer)
    {
        if (answer["next"]?.ToString() is { } next)
        {
            _cursors.Add(next[(next.LastIndexOf("cursor=", StringComparison.Ordinal) + 7)..]);
        }

        if (answer["undoId"]?.ToString() is { } undo)
        {
            _undos.Add(undo);
        }

        if (answer["data"] is not null)
        {
            _reports.Add(answer["id"]!.ToString());
        }

        if (answer["colour"] is not null)
        {
            _categories.Add(answer["id"]!.ToString());
        }
    }

    public FuzzRequest Next()
    {
        var operation = Of(contract.Operations);
        var method = Chance(3) ? Of(FuzzPalette.Methods) : operation.Method;
        var headers = new List<(string Name, string Value)>();
        if (operation.Parameters.Any(parameter => Name(parameter) == "If-Match") && Chance(80))
        {
            headers.Add(("If-Match", "*"));
        }

        if (operation.Parameters.Any(parameter => Name(parameter) == "Idempotency-Key") && Chance(30))
        {
            headers.Add(("Idempotency-Key", _random.Next(200).ToString(CultureInfo.InvariantCulture)));
        }

        if (Chance(15))
        {
            var odd = Of(FuzzPalette.Headers);
            headers.RemoveAll(header => header.Name == odd.Name);
            headers.Add(odd);
        }

        var (body, type) = operation.BodySchema is { } schema || Chance(3) ? Body(operation) : (null, null);
        return new FuzzRequest(method, Path(operation) + Query(operation), headers, body, type);
    }

    private string Path(ApiOperation operation)
    {
        var path = string.Join('/', operation.Path.Split('/').Select(segment => segment switch
        {
            "{tenant}" => Chance(90) ? ApiHost.Acme.Id.ToString() : Of([ApiHost.Foreign.Id.ToString(), Guid.NewGuid().ToString(), ApiHost.Acme.Id.ToString().ToUpperInvariant(), Segment()]),
            _ when segment.StartsWith('{') => Chance(75) ? IdOf(operation) : Of([Guid.NewGuid().ToString(), host.ForeignTransaction.Id.ToString(), Segment()]),
            _ => segment,
        }));
        return Chance(2) ? path + "/" : path;
    }

    // A segment that is empty, or made of dots, would be another address; the server itself refuses one with NUL.
    private string Segment() => Of(FuzzPalette.Queries) is { Length: > 0 and < 200 } text && !text.StartsWith('.') && !text.Contains("%00", StringComparison.Ordinal) ? text : "x";

    private string IdOf(ApiOperation operation) => operation.Path switch
    {
        var path when path.Contains("/syncs/", StringComparison.Ordinal) => host.Over.Id.ToString(),
        var path when path.Contains("/categories/", StringComparison.Ordinal) => Of(_categories),
        var path when path.Contains("/reports/", StringComparison.Ordinal) => Of(_reports),
        var path when path.Contains("/undo/", StringComparison.Ordinal) && _undos.Count > 0 => _undos[^(1 + _random.Next(Math.Min(3, _undos.Count)))],
        _ => Of(host.Transactions).Id.ToString(),
    };

    private string Query(ApiOperation operation)
    {
        var pairs = new List<string>();
        foreach (var parameter in operation.Parameters.Where(parameter => parameter["in"]!.GetValue<string>() == "query"))
        {
            if (Chance(30))
            {
                pairs.Add($"{Name(parameter)}={(Chance(55) ? Fitting(Name(parameter), parameter["schema"]!.AsObject()) : Of(FuzzPalette.Queries))}");
            }
        }

        if (pairs.Count > 0 && Chance(4))
        {
            pairs.Add(Of(pairs));
        }

        if (Chance(4))
        {
            pairs.Add($"{Of(["x", "Limit", "", "%00", "limit%00", "filter[a]", "api", "ＬＩＭＩＴ"])}={Of(FuzzPalette.Queries)}");
        }

        var query = string.Join('&', pairs);
        return query.Length is 0 or > 7_000 ? "" : "?" + query;
    }

    private string Fitting(string name, JsonObject schema) => (name, schema["type"]?.ToString(), schema["format"]?.ToString()) switch
    {
        ("cursor", _, _) => Of(_cursors),
        _ when schema["enum"] is JsonArray words => Of([.. words.Select(word => word!.ToString())]),
        (_, "integer", _) => Of(["1", "2", "5", "100", "1000"]),
        (_, "number", _) => Of(["0", "10", "10.5", "15.0000", "922337203685477.5807"]),
        (_, "boolean", _) => Of(["true", "false"]),
        (_, _, "date") => Of(["2026-11-20", "2026-10-31", "1900-01-01", "2199-12-31", "2024-02-29"]),
        (_, _, "uuid") => Of([FakeBooks.Bank.ToString(), FakeBooks.Sales.ToString(), Guid.NewGuid().ToString()]),
        _ when schema["pattern"] is not null => Of(["2026-10", "2026-11", "2024-04", "1900-01", "2199-12"]),
        _ => Of(["AUTHORISED", "beans", "%25", "none", "200", "Fuel", "caf%C3%A9"]),
    };

    private (byte[]? Body, string? Type) Body(ApiOperation operation)
    {
        var type = Chance(90) ? "application/json" : Of(FuzzPalette.ContentTypes);
        if (Chance(8) || operation.BodySchema is null)
        {
            return (Encoding.UTF8.GetBytes(Of(FuzzPalette.Bodies)), type);
        }

        var members = FittingBody(operation);
        if (Chance(60))
        {
            for (var wrong = 1 + _random.Next(2); wrong > 0; wrong--)
            {
                Spoil(members, operation.BodySchema["properties"]!.AsObject());
            }
        }

        var text = "{" + string.Join(',', members.Select(member => $"\"{member.Name}\":{member.Json}")) + "}";
        return (Chance(4) ? Of([Encoding.Unicode, Encoding.Latin1, Encoding.UTF32]).GetBytes(text) : Chance(3) ? [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text)] : Cut(Encoding.UTF8.GetBytes(text)), type);
    }

    private byte[] Cut(byte[] bytes) => Chance(3) ? bytes[.._random.Next(bytes.Length)] : bytes;

    private List<(string Name, string Json)> FittingBody(ApiOperation operation)
    {
        var members = new List<(string Name, string Json)>();
        var required = (operation.BodySchema!["required"] as JsonArray ?? []).Select(name => name!.ToString()).ToHashSet();
        foreach (var (name, schema) in operation.BodySchema["properties"]!.AsObject())
        {
            if (required.Contains(name) || Chance(40))
            {
                members.Add((name, FittingJson(name, schema!.AsObject())));
            }
        }

        return members;
    }

    private string FittingJson(string name, JsonObject schema) => name switch
    {
        "name" => $"\"Name {seed} {++Names}\"",
        "month" => "\"2026-10\"",
        "kind" => Of(["\"other\"", "\"payroll\"", "\"rounding\""]),
        "category" => Of(["\"Fuel\"", "\"Travel\"", "null"]),
        "colour" => "\"#112233\"",
        "accountCode" or "defaultAccountCode" => Of(["\"200\"", "\"090\""]),
        "accountId" => $"\"{FakeBooks.Bank}\"",
        "email" => Of([$"\"fuzz{seed}x{++Names}@example.com\"", "\"token@example.com\""]),
        "role" => Of(["\"Standard\"", "\"Executive\""]),
        "tenants" => Of(["\"all\"", "[]", $"[\"{ApiHost.Acme.Id}\"]", $"[\"{ApiHost.Foreign.Id}\"]"]),
        "accountIds" => $"[\"{FakeBooks.Sales}\"]",
        "ids" => $"[\"{Of(host.Transactions).Id}\",\"{Of(host.Transactions).Id}\"]",
        "filter" => Of(["{}", "{\"type\":\"SPEND\"}", "{\"from\":\"2026-11-01\",\"search\":\"beans\"}", "{\"minAmount\":12.5,\"maxAmount\":15}"]),
        _ when schema["type"]?.ToString() == "boolean" => Of(["true", "false"]),
        _ => "\"text\"",
    };

    private void Spoil(List<(string Name, string Json)> members, JsonObject properties)
    {
        var place = _random.Next(Math.Max(1, members.Count));
        switch (_random.Next(10))
        {
            case < 6 when members.Count > 0:
                members[place] = (members[place].Name, Of(FuzzPalette.Members));
                break;
            case 6:
                members.Add((Of([.. properties.Select(property => property.Key)]), Of(FuzzPalette.Members)));
                break;
            case 7:
                members.Add((Of(["nobody", "tenantId", "Name", "id", "a b", "", "\\u0000", "$type", "input", "filter.x"]), Of(FuzzPalette.Members)));
                break;
            case 8 when members.Count > 0:
                members.RemoveAt(place);
                break;
            default:
                if (members.Count > 0)
                {
                    members.Add(members[place]);
                }

                break;
        }
    }

    private static string Name(JsonObject parameter) => parameter["name"]!.GetValue<string>();

    private bool Chance(int percent) => _random.Next(100) < percent;

    private T Of<T>(IReadOnlyList<T> values) => values[_random.Next(values.Count)];
}
