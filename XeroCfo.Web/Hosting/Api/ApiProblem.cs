using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Options;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace XeroCfo.Web.Hosting.Api;

/// <summary>The document of a refusal (RFC 9457), as the contract names its members.</summary>
internal sealed record ProblemAnswer(
    string Type, string Title, int Status, string Detail, string Code, string TraceId, IReadOnlyDictionary<string, string[]> Errors);

/// <summary>A refusal on its way out: a <see cref="Problem"/> of the product, or one of HTTP itself.</summary>
internal sealed record ApiProblem(int Status, string Code, string Detail) : IResult
{
    private static readonly IReadOnlyDictionary<string, string[]> NoErrors = new Dictionary<string, string[]>();

    /// <summary>Parameter or member → what is wrong with it.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; init; } = NoErrors;

    public int? RetryAfterSeconds { get; init; }

    public static ApiProblem AuthenticationRequired { get; } =
        new(StatusCodes.Status401Unauthorized, "authentication-required", "Send an API key or a token in the header Authorization: Bearer, or a key in X-Api-Key.");

    public static ApiProblem KeyInQuery { get; } =
        new(StatusCodes.Status401Unauthorized, "api-key-in-query", "A key in an address ends up in logs. Send it in a header, and replace this key.");

    public static ApiProblem Unexpected { get; } =
        new(StatusCodes.Status500InternalServerError, "unexpected-error", "Something went wrong on our side. The trace id finds it in the log.");

    public static ApiProblem DatabaseAway { get; } =
        new(StatusCodes.Status503ServiceUnavailable, "database-unavailable", "The database is away or busy. Try again in a moment.") { RetryAfterSeconds = 5 };

    public static ApiProblem RouteUnknown { get; } = new(StatusCodes.Status404NotFound, "route-not-found", "The API has nothing at this address.");

    public static ApiProblem MethodNotAllowed { get; } =
        new(StatusCodes.Status405MethodNotAllowed, "method-not-allowed", "This address does not take that method; see the header Allow.");

    public static ApiProblem BodyTooLarge { get; } = new(StatusCodes.Status413PayloadTooLarge, "body-too-large", "The body is too large.");

    public static ApiProblem NotJson { get; } =
        new(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", "The body must be application/json in UTF-8.");

    public static ApiProblem Encoded { get; } =
        new(StatusCodes.Status415UnsupportedMediaType, "unsupported-content-encoding", "The body must be sent as it is, without a Content-Encoding.");

    /// <summary>The name of a request in logs, audit trail and problem documents.</summary>
    public static string TraceIdOf(HttpContext http) => Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier;

    /// <summary>The one place where the kind of a refusal becomes a status.</summary>
    public static ApiProblem From(Problem problem)
    {
        var status = problem.Kind switch
        {
            ProblemKind.Invalid => StatusCodes.Status400BadRequest,
            ProblemKind.Unauthenticated => StatusCodes.Status401Unauthorized,
            ProblemKind.Forbidden => StatusCodes.Status403Forbidden,
            ProblemKind.NotFound => StatusCodes.Status404NotFound,
            ProblemKind.Conflict => StatusCodes.Status409Conflict,
            ProblemKind.Stale => StatusCodes.Status412PreconditionFailed,
            ProblemKind.VersionMissing => StatusCodes.Status428PreconditionRequired,
            ProblemKind.Refused => StatusCodes.Status422UnprocessableEntity,
            ProblemKind.TooMany => StatusCodes.Status429TooManyRequests,
            ProblemKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status500InternalServerError,
        };
        return new ApiProblem(status, problem.Code, problem.Message)
        {
            Errors = problem.Field is { } field ? new Dictionary<string, string[]> { [field] = [problem.Message] } : NoErrors,
            RetryAfterSeconds = problem.Kind is ProblemKind.TooMany or ProblemKind.Unavailable ? 30 : null,
        };
    }

    public static ApiProblem Invalid(string field, string message, string code = "invalid-value") => From(Problem.Invalid(field, message, code));

    /// <summary>400 with what is wrong with each parameter of the query.</summary>
    public static ApiProblem Parameters(IReadOnlyDictionary<string, string[]> errors, string code) =>
        new(StatusCodes.Status400BadRequest, code, string.Join(' ', errors.Values.SelectMany(messages => messages))) { Errors = errors };

    public static ApiProblem TooMany(TimeSpan retryAfter) =>
        new(StatusCodes.Status429TooManyRequests, "too-many-requests", "Too many requests within a minute. Wait for the time in Retry-After.")
        {
            RetryAfterSeconds = Math.Max(1, (int)Math.Ceiling(retryAfter.TotalSeconds)),
        };

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.Headers.CacheControl = "no-store";
        if (RetryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        var json = httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        return response.WriteAsJsonAsync(Answer(TraceIdOf(httpContext)), json, "application/problem+json", httpContext.RequestAborted);
    }

    private ProblemAnswer Answer(string traceId) => new($"urn:xerocfo:problem:{Code}", TitleOf(Status), Status, Detail, Code, traceId, Errors);

    /// <summary>What the document of a status looks like.</summary>
    public static ProblemAnswer ExampleOf(int status)
    {
        var problem = status switch
        {
            StatusCodes.Status400BadRequest => Invalid("limit", "limit must be a whole number from 1 to 1000.", "invalid-parameter"),
            StatusCodes.Status401Unauthorized => AuthenticationRequired,
            StatusCodes.Status403Forbidden => new ApiProblem(status, "permission-missing", "This needs the permission sync:write."),
            StatusCodes.Status404NotFound => From(TenantProblems.Unknown),
            StatusCodes.Status409Conflict => new ApiProblem(status, "already-undone", "This change has been taken back already."),
            StatusCodes.Status412PreconditionFailed => new ApiProblem(status, "version-stale", "ada@example.com set Fuel 2 min ago. Read it again, then decide."),
            StatusCodes.Status413PayloadTooLarge => BodyTooLarge,
            StatusCodes.Status415UnsupportedMediaType => NotJson,
            StatusCodes.Status422UnprocessableEntity => new ApiProblem(status, "idempotency-key-reused", "This Idempotency-Key was used for another request."),
            StatusCodes.Status428PreconditionRequired => new ApiProblem(status, "if-match-missing", "Send If-Match with the ETag of the version that you read."),
            StatusCodes.Status429TooManyRequests => TooMany(TimeSpan.FromSeconds(12)),
            StatusCodes.Status503ServiceUnavailable => DatabaseAway,
            _ => Unexpected,
        };
        return problem.Answer("0af7651916cd43dd8448eb211c80319c");
    }

    /// <summary>The words of a status, the same for every problem that has it.</summary>
    public static string TitleOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "The request is wrong",
        StatusCodes.Status401Unauthorized => "Not signed in",
        StatusCodes.Status403Forbidden => "Not allowed",
        StatusCodes.Status404NotFound => "Not found",
        StatusCodes.Status405MethodNotAllowed => "Method not allowed",
        StatusCodes.Status409Conflict => "Conflict",
        StatusCodes.Status412PreconditionFailed => "A newer version exists",
        StatusCodes.Status413PayloadTooLarge => "Body too large",
        StatusCodes.Status415UnsupportedMediaType => "Unsupported media type",
        StatusCodes.Status422UnprocessableEntity => "Refused",
        StatusCodes.Status428PreconditionRequired => "If-Match is missing",
        StatusCodes.Status429TooManyRequests => "Too many requests",
        StatusCodes.Status503ServiceUnavailable => "Not available at the moment",
        _ => status >= StatusCodes.Status500InternalServerError ? "Unexpected error" : "The request is wrong",
    };
}
