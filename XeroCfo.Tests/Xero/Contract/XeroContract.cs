using System.Text.Json;
using XeroCfo.Data.Xero.Demo;
using YamlDotNet.RepresentationModel;

namespace XeroCfo.Tests.Xero.Contract;

/// <summary>Xero's own description of its accounting API, and what of a call or an answer it does not know.</summary>
internal sealed class XeroContract
{
    private readonly YamlMappingNode _root;

    private XeroContract(YamlMappingNode root) => _root = root;

    public static XeroContract Load(string file)
    {
        var yaml = new YamlStream();
        using var text = File.OpenText(file);
        yaml.Load(text);
        return new XeroContract((YamlMappingNode)yaml.Documents[0].RootNode);
    }

    /// <summary>What is wrong with a question: an address, or a parameter, that Xero does not describe.</summary>
    public IEnumerable<string> FaultsOf(FakeRequest request)
    {
        if (PathOf(request) is not { } path)
        {
            return [$"{request.Path} is no path of Xero's"];
        }

        var declared = Items(path, "parameters").Concat(Items(Get(path, "get")!, "parameters")).Select(Resolve).Select(parameter => (In: Text(parameter, "in"), Name: Text(parameter, "name"))).ToHashSet();
        var asked = request.Query.Keys.Select(name => (In: (string?)"query", Name: (string?)name));
        var since = request.Header("If-Modified-Since") is null ? [] : new[] { (In: (string?)"header", Name: (string?)"If-Modified-Since") };
        return asked.Concat(since).Where(parameter => !declared.Contains(parameter)).Select(parameter => $"{request.Endpoint} has no {parameter.In} {parameter.Name}");
    }

    /// <summary>What is wrong with an answer, member by member.</summary>
    public IEnumerable<string> FaultsOf(FakeRequest request, string body)
    {
        if (PathOf(request) is not { } path || Get(Get(Get(Get(Get(Get(path, "get"), "responses"), "200"), "content"), "application/json"), "schema") is not { } schema)
        {
            return [$"{request.Path} has no answer in JSON"];
        }

        using var json = JsonDocument.Parse(body);
        return [.. Walk(json.RootElement, schema, request.Endpoint)];
    }

    private IEnumerable<string> Walk(JsonElement value, YamlNode node, string at)
    {
        var schema = Resolve(node);
        if (value.ValueKind == JsonValueKind.Null)
        {
            yield break;
        }

        if (Text(schema, "type") is { } type && !Fits(value, type))
        {
            yield return $"{at} is {value.ValueKind}, not {type}";
        }
        else if (Items(schema, "enum").Select(Scalar).ToList() is { Count: > 0 } words && value.ValueKind == JsonValueKind.String && !words.Contains(value.GetString()))
        {
            yield return $"{at} is {value.GetString()}, none of its words";
        }
        else if (Text(schema, "format") == "uuid" && !Guid.TryParse(value.GetString(), out _))
        {
            yield return $"{at} is no id";
        }
        else if (value.ValueKind == JsonValueKind.Array && Get(schema, "items") is { } items)
        {
            foreach (var fault in value.EnumerateArray().SelectMany(item => Walk(item, items, at + "[]")))
            {
                yield return fault;
            }
        }
        else if (value.ValueKind == JsonValueKind.Object && Get(schema, "properties") is { } properties)
        {
            foreach (var fault in Members(value, schema, properties, at))
            {
                yield return fault;
            }
        }
    }

    private IEnumerable<string> Members(JsonElement value, YamlMappingNode schema, YamlNode properties, string at)
    {
        foreach (var member in value.EnumerateObject())
        {
            foreach (var fault in Get(properties, member.Name) is { } known ? Walk(member.Value, known, $"{at}.{member.Name}") : [$"{at}.{member.Name} is not known"])
            {
                yield return fault;
            }
        }

        foreach (var needed in Items(schema, "required").Select(Scalar).Where(name => !value.TryGetProperty(name!, out _)))
        {
            yield return $"{at}.{needed} is missing";
        }
    }

    private static bool Fits(JsonElement value, string type) => type switch
    {
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        _ => false,
    };

    /// <summary>The path whose segments are those of the request; a segment in braces takes any id.</summary>
    private YamlNode? PathOf(FakeRequest request)
    {
        var asked = request.Path[FakeXero.ApiRoot.Length..].Split('/');
        return ((YamlMappingNode)Get(_root, "paths")!).Children
            .Where(path => Scalar(path.Key)!.Trim('/').Split('/') is var parts && parts.Length == asked.Length && parts.Zip(asked).All(pair => pair.First == pair.Second || (pair.First[0] == '{' && Guid.TryParse(pair.Second, out _))))
            .Select(path => path.Value)
            .FirstOrDefault();
    }

    private YamlMappingNode Resolve(YamlNode node) => node is YamlMappingNode mapping && Text(mapping, "$ref") is { } reference
        ? Resolve(reference.TrimStart('#', '/').Split('/').Aggregate((YamlNode)_root, (here, part) => Get(here, part)!))
        : (YamlMappingNode)node;

    private static YamlNode? Get(YamlNode? node, string name) => node is YamlMappingNode mapping && mapping.Children.TryGetValue(new YamlScalarNode(name), out var found) ? found : null;

    private static IEnumerable<YamlNode> Items(YamlNode node, string name) => Get(node, name) is YamlSequenceNode list ? list.Children : [];

    private static string? Text(YamlNode node, string name) => Scalar(Get(node, name));

    private static string? Scalar(YamlNode? node) => (node as YamlScalarNode)?.Value;
}
