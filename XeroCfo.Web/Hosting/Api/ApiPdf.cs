using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Web.Hosting.Api;

/// <summary>Either 200 with a PDF, or a refusal.</summary>
internal sealed class ApiPdf : IResult, IEndpointMetadataProvider
{
    public const string ContentType = "application/pdf";

    private readonly byte[]? _bytes;
    private readonly string? _name;
    private readonly ApiProblem? _refusal;

    private ApiPdf(byte[]? bytes, string? name, ApiProblem? refusal) => (_bytes, _name, _refusal) = (bytes, name, refusal);

    public static implicit operator ApiPdf(ApiProblem refusal) => new(null, null, refusal);

    public static implicit operator ApiPdf(Problem refusal) => new(null, null, ApiProblem.From(refusal));

    public static ApiPdf Named(string name, byte[] bytes) => new(bytes, name, null);

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(byte[]), [ContentType]));

    public Task ExecuteAsync(HttpContext httpContext) => _refusal is not null ? _refusal.ExecuteAsync(httpContext) : Results.File(_bytes!, ContentType, _name).ExecuteAsync(httpContext);
}
