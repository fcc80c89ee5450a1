using XeroCfo.Domain.Primitives;

namespace XeroCfo.Web.Hosting.Api;

/// <summary>Reads a request's query, which <see cref="ApiQueryGuard"/> has let pass, and collects what is wrong between its parameters.</summary>
internal sealed class ApiQuery(HttpRequest request)
{
    /// <summary>Rows of a page when nobody said how many.</summary>
    public const int UsualLimit = 100;

    private readonly Dictionary<string, string[]> _errors = [];

    /// <summary>400 with every wrong parameter named; null when all is well.</summary>
    public ApiProblem? Refusal => _errors.Count == 0 ? null : ApiProblem.Parameters(_errors, "invalid-parameter");

    public int Limit => Read(ApiParameters.Limit) ?? UsualLimit;

    /// <summary>The place that this list's own cursor stands for.</summary>
    public string? Cursor => Read(ApiParameters.Cursor) is { } cursor ? ApiCursor.PlaceIn(request, cursor) : null;

    /// <summary>The value; null when the parameter is not there.</summary>
    public T? Read<T>(ApiParameter<T> parameter) =>
        request.Query.TryGetValue(parameter.Name, out var texts) && texts is [{ } text] && parameter.Read(text, out var value) ? value : default;

    /// <summary>Refuses a range that ends before it starts.</summary>
    public void InOrder<T>(ApiParameter<T?> first, T? low, ApiParameter<T?> last, T? high)
        where T : struct, IComparable<T>
    {
        if (low is { } from && high is { } to && from.CompareTo(to) > 0)
        {
            _errors[first.Name] = [$"{first.Name} must not be beyond {last.Name}."];
        }
    }
}

/// <summary>
/// Refuses a query by all that is wrong with it: values, parameters given twice, and names that the address does not take. A mistyped
/// filter that nobody reads would give an answer to another question.
/// </summary>
internal sealed class ApiQueryGuard : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        return Refusal(http.Request, http.GetEndpoint()!.Metadata.GetOrderedMetadata<ApiParameter>()) is { } refused
            ? ValueTask.FromResult<object?>(refused)
            : next(context);
    }

    private static ApiProblem? Refusal(HttpRequest request, IReadOnlyList<ApiParameter> parameters)
    {
        var errors = new Dictionary<string, string[]>();
        foreach (var (name, texts) in request.Query)
        {
            var parameter = parameters.FirstOrDefault(parameter => parameter.Name == name);
            if (parameter is null)
            {
                var known = parameters.Count == 0 ? "This address takes no parameters." : $"This address takes {string.Join(", ", parameters.Select(one => one.Name))}.";
                errors[name] = [$"There is no parameter {name}. {known}"];
            }
            else if (texts is not [{ } text] || !parameter.Takes(text))
            {
                errors[name] = [$"{name} must be {parameter.Expected}" + (texts.Count > 1 ? ", given once." : ".")];
            }
            else if (parameter == ApiParameters.Cursor && text.Length > 0 && ApiCursor.PlaceIn(request, text) is null)
            {
                errors[name] = [ListProblems.BadCursor.Message];
            }
        }

        return errors.Count == 0 ? null : ApiProblem.Parameters(errors, CodeOf(errors, parameters));
    }

    private static string CodeOf(Dictionary<string, string[]> errors, IReadOnlyList<ApiParameter> parameters) =>
        errors.Keys.All(name => parameters.All(parameter => parameter.Name != name)) ? "unknown-parameter"
        : errors.Values.All(messages => messages[0] == ListProblems.BadCursor.Message) ? ListProblems.BadCursor.Code
        : "invalid-parameter";
}
