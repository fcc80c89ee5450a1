namespace XeroCfo.Domain.Primitives;

/// <summary>Either a value or the <see cref="Primitives.Problem"/> that stands in its way.</summary>
public readonly record struct Result<T>
{
    private readonly T? _value;

    private Result(T? value, Problem? problem) => (_value, Problem) = (value, problem);

    /// <summary>Why there is no value; null when there is one.</summary>
    public Problem? Problem { get; }

    /// <summary>True when there is a value.</summary>
    public bool Succeeded => Problem is null;

    /// <summary>The value. Reading it when there is none is a bug and throws.</summary>
    public T Value => Problem is null ? _value! : throw new InvalidOperationException($"No value: {Problem.Code}.");

    /// <summary>A success.</summary>
    public static Result<T> Of(T value) => new(value, null);

    /// <summary>A refusal.</summary>
    public static Result<T> Refused(Problem problem) => new(default, problem);

    public static implicit operator Result<T>(T value) => Of(value);

    public static implicit operator Result<T>(Problem problem) => Refused(problem);
}

/// <summary>The value of a <see cref="Result{T}"/> that succeeds without saying anything.</summary>
public readonly record struct Done
{
    /// <summary>The one value.</summary>
    public static readonly Done Value;
}
