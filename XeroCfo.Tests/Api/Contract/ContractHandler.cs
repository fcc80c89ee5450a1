using System.Text.Json.Nodes;

namespace XeroCfo.Tests.Api.Contract;

/// <summary>
/// Stands between every test's client and the API: an answer that the document does not tell of fails the test that caused it, whatever the
/// test itself looks at.
/// </summary>
internal sealed class ContractHandler(ApiContract contract, HttpMessageHandler server) : DelegatingHandler(server)
{
    // What an address without an operation may answer.
    private static readonly HashSet<int> Elsewhere = [401, 404, 405, 429, 503];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        if (!request.RequestUri!.AbsolutePath.StartsWith("/api", StringComparison.OrdinalIgnoreCase))
        {
            return answer;
        }

        await answer.Content.LoadIntoBufferAsync(cancellationToken);
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        if (FaultOf(request, answer, body) is { } fault)
        {
            throw new Xunit.Sdk.XunitException($"{request.Method} {request.RequestUri} answered {(int)answer.StatusCode}: {fault}\n{body[..Math.Min(body.Length, 2_000)]}");
        }

        return answer;
    }

    private string? FaultOf(HttpRequestMessage request, HttpResponseMessage answer, string body)
    {
        var (status, type) = ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType);
        if (contract.Find(request.Method.Method, request.RequestUri!.AbsolutePath) is { } operation)
        {
            var missing = HeadersOf(operation, status).Where(name => !Has(answer, name)).ToList();
            return contract.FaultOf(operation, status, type, body) ?? (missing.Count == 0 ? null : $"without {string.Join(", ", missing)}");
        }

        if (!Elsewhere.Contains(status) || type != "application/problem+json")
        {
            return $"no operation, and {type}";
        }

        // An answer to HEAD has a type and a length, and no body.
        return body.Length == 0 || JsonNode.Parse(body)!["code"] is not null ? null : "no code";
    }

    private static IEnumerable<string> HeadersOf(ApiOperation operation, int status) =>
        operation.Node["responses"]![status.ToString(System.Globalization.CultureInfo.InvariantCulture)]?["headers"] is JsonObject headers ? headers.Select(header => header.Key) : [];

    private static bool Has(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out _) || answer.Content.Headers.TryGetValues(name, out _);
}
