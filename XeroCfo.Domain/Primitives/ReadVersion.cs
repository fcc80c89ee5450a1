using System.Globalization;

namespace XeroCfo.Domain.Primitives;

/// <summary>Which version of a thing the caller read: what If-Match says, or what a page loaded. Empty when they did not say.</summary>
public readonly record struct ReadVersion(string? Value)
{
    /// <summary>Whatever stands there; for callers that need not have read it.</summary>
    public static ReadVersion Any { get; } = new("*");

    /// <summary>Microseconds of the last change: the same on both databases.</summary>
    public static ReadVersion Of(DateTime updatedAt) =>
        new(string.Create(CultureInfo.InvariantCulture, $"\"{updatedAt.Ticks / TimeSpan.TicksPerMicrosecond:x}\""));

    /// <summary>Why a write may not go on over what stands there now; null when it may.</summary>
    /// <param name="updatedAt">When what stands there was last changed.</param>
    /// <param name="changed">Who changed it and to what, for the person who comes second.</param>
    public Problem? Against(DateTime updatedAt, string? changed = null) => Value switch
    {
        null or "" => new Problem("if-match-missing", "Send If-Match with the ETag of the version that you read.", ProblemKind.VersionMissing),
        "*" => null,
        _ when Value.Split(',', StringSplitOptions.TrimEntries).Contains(Of(updatedAt).Value) => null,
        _ => new Problem("version-stale", $"{changed ?? "It was changed since you read it."} Read it again, then decide.", ProblemKind.Stale),
    };
}
