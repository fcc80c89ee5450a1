using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using XeroCfo.Domain.Primitives;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace XeroCfo.Web.Hosting.Api;

/// <summary>Either 200 with a document, or a refusal.</summary>
internal class ApiAnswer<T> : IResult, IEndpointMetadataProvider
    where T : class, IExample<T>
{
    private readonly T? _value;
    private readonly ApiProblem? _refusal;

    protected ApiAnswer(T? value, ApiProblem? refusal) => (_value, _refusal) = (value, refusal);

    /// <summary>The version of the thing, for a later If-Match.</summary>
    public string? ETag { get; init; }

    protected virtual int Status => StatusCodes.Status200OK;

    public static implicit operator ApiAnswer<T>(T value) => new(value, null);

    public static implicit operator ApiAnswer<T>(ApiProblem refusal) => new(null, refusal);

    public static implicit operator ApiAnswer<T>(Problem refusal) => new(null, ApiProblem.From(refusal));

    public static ApiAnswer<T> WithVersion(T value, string etag) => new(value, null) { ETag = etag };

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));
        builder.Metadata.Add(new AnswerExample(() => T.Example));
    }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (_refusal is not null)
        {
            return _refusal.ExecuteAsync(httpContext);
        }

        var response = httpContext.Response;
        response.StatusCode = Status;
        AddHeaders(response);
        var json = httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        return response.WriteAsJsonAsync(_value!, json, "application/json; charset=utf-8", httpContext.RequestAborted);
    }

    protected virtual void AddHeaders(HttpResponse response)
    {
        if (ETag is not null)
        {
            response.Headers.ETag = ETag;
        }
    }
}

/// <summary>Either 202 with the thing that is now under way and its address, or a refusal.</summary>
internal sealed class ApiAccepted<T> : ApiAnswer<T>, IEndpointMetadataProvider
    where T : class, IExample<T>
{
    private readonly string? _location;

    private ApiAccepted(T? value, string? location, ApiProblem? refusal)
        : base(value, refusal) => _location = location;

    protected override int Status => StatusCodes.Status202Accepted;

    public static implicit operator ApiAccepted<T>(ApiProblem refusal) => new(null, null, refusal);

    public static implicit operator ApiAccepted<T>(Problem refusal) => new(null, null, ApiProblem.From(refusal));

    public static ApiAccepted<T> At(string location, T value) => new(value, location, null);

    public static new void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status202Accepted, typeof(T), ["application/json"]));
        builder.Metadata.Add(new AnswerExample(() => T.Example));
    }

    protected override void AddHeaders(HttpResponse response) => response.Headers.Location = _location;
}

/// <summary>Either 201 with the thing that was made and its address, or a refusal.</summary>
internal sealed class ApiCreated<T> : ApiAnswer<T>, IEndpointMetadataProvider
    where T : class, IExample<T>
{
    private readonly string? _location;

    private ApiCreated(T? value, string? location, ApiProblem? refusal)
        : base(value, refusal) => _location = location;

    protected override int Status => StatusCodes.Status201Created;

    public static implicit operator ApiCreated<T>(ApiProblem refusal) => new(null, null, refusal);

    public static implicit operator ApiCreated<T>(Problem refusal) => new(null, null, ApiProblem.From(refusal));

    public static ApiCreated<T> At(string location, T value, string etag) => new(value, location, null) { ETag = etag };

    public static new void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status201Created, typeof(T), ["application/json"]));
        builder.Metadata.Add(new AnswerExample(() => T.Example));
    }

    protected override void AddHeaders(HttpResponse response)
    {
        base.AddHeaders(response);
        response.Headers.Location = _location;
    }
}

/// <summary>Either 204, or a refusal.</summary>
internal sealed class ApiDone : IResult, IEndpointMetadataProvider
{
    private readonly ApiProblem? _refusal;

    private ApiDone(ApiProblem? refusal) => _refusal = refusal;

    public static ApiDone Well { get; } = new(null);

    public static implicit operator ApiDone(ApiProblem refusal) => new(refusal);

    public static implicit operator ApiDone(Problem refusal) => new(ApiProblem.From(refusal));

    public static implicit operator ApiDone(Result<Done> done) => done.Problem is { } refusal ? refusal : Well;

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status204NoContent, typeof(void), []));

    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (_refusal is not null)
        {
            return _refusal.ExecuteAsync(httpContext);
        }

        httpContext.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
