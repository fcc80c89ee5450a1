namespace XeroCfo.Web.Hosting.Api;

/// <summary>Reads a request's query and collects everything that is wrong with it. Names that nobody asked for are ignored.</summary>
internal sealed class ApiQuery(HttpRequest request)
{
    /// <summary>Rows of a page when nobody said how many.</summary>
    public const int UsualLimit = 100;

    private readonly Dictionary<string, string[]> _errors = [];

    /// <summary>400 with every wrong parameter named; null when all is well.</summary>
    public ApiProblem? Refusal => _errors.Count == 0
        ? null
        : new ApiProblem(StatusCodes.Status400BadRequest, "invalid-parameter", string.Join(' ', _errors.Values.SelectMany(messages => messages))) { Errors = _errors };

    public int Limit => Read(ApiParameters.Limit) ?? UsualLimit;

    public string? Cursor => Read(ApiParameters.Cursor);

    /// <summary>The value; null when the parameter is not there, or wrong.</summary>
    public T? Read<T>(ApiParameter<T> parameter)
    {
        if (!request.Query.TryGetValue(parameter.Name, out var texts))
        {
            return default;
        }

        if (texts is [{ } text] && parameter.Read(text, out var value))
        {
            return value;
        }

        _errors[parameter.Name] = [$"{parameter.Name} must be {parameter.Expected}" + (texts.Count > 1 ? ", given once." : ".")];
        return default;
    }

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
