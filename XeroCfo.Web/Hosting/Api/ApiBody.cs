using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Net.Http.Headers;

namespace XeroCfo.Web.Hosting.Api;

/// <summary>What an endpoint's body is, for the OpenAPI document. Reading is <see cref="ApiBody"/>'s, after the guard.</summary>
internal sealed record TakesBody(Type Type, bool Required, Func<object> Example);

/// <summary>
/// Reads JSON bodies strictly: unknown and doubled members are refused by name, as are deep and large documents. The framework's own
/// binding would refuse a body before the organisation and the permission have been looked at.
/// </summary>
internal static class ApiBody
{
    private const long Largest = 1_000_000;

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        PropertyNameCaseInsensitive = false,
        NumberHandling = JsonNumberHandling.Strict,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        MaxDepth = 16,
        Converters = { new TextConverter() },
    };

    /// <summary>The body, or <paramref name="usual"/> when there is none.</summary>
    public static async Task<(T Body, ApiProblem? Refusal)> ReadAsync<T>(HttpRequest request, T usual)
        where T : class
    {
        using var bytes = new MemoryStream();
        if (!await CopyAsync(request, bytes))
        {
            return (usual, ApiProblem.BodyTooLarge);
        }

        if (bytes.Length == 0)
        {
            return (usual, null);
        }

        if (request.Headers.ContentEncoding.ToString() is not ("" or "identity"))
        {
            return (usual, ApiProblem.Encoded);
        }

        if (!IsJson(request.ContentType))
        {
            return (usual, ApiProblem.NotJson);
        }

        try
        {
            bytes.Position = 0;
            return JsonSerializer.Deserialize<T>(bytes, Strict) is { } body
                ? (body, null)
                : (usual, new ApiProblem(StatusCodes.Status400BadRequest, "invalid-json", "The body must be a JSON object."));
        }
        catch (JsonException exception)
        {
            return (usual, Refusal(exception));
        }
    }

    private static ApiProblem Refusal(JsonException exception)
    {
        var member = exception.Path?.TrimStart('$').TrimStart('.') ?? "";
        return member.Length == 0 ? new ApiProblem(StatusCodes.Status400BadRequest, "invalid-json", "The body is not the JSON object that this address takes.")
            : exception.Message.Contains("could not be mapped", StringComparison.Ordinal) ? ApiProblem.Invalid(member, $"There is no member {member}.", "unknown-member")
            : exception.Message.Contains("uplicate", StringComparison.Ordinal) ? ApiProblem.Invalid(member, $"{member} is there twice.", "duplicate-member")
            : ApiProblem.Invalid(member, $"{member} does not hold what it should.");
    }

    private static async Task<bool> CopyAsync(HttpRequest request, MemoryStream bytes)
    {
        if (request.ContentLength > Largest)
        {
            return false;
        }

        var buffer = new byte[16_384];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0)
        {
            if (bytes.Length + read > Largest)
            {
                return false;
            }

            bytes.Write(buffer, 0, read);
        }

        return true;
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}
