namespace XeroCfo.Domain.Primitives;

/// <summary>What sort of refusal a <see cref="Problem"/> is; it alone picks the HTTP status and the alert's tone.</summary>
public enum ProblemKind
{
    /// <summary>Wrong by itself: malformed, missing, out of range (400).</summary>
    Invalid,

    /// <summary>Nobody is signed in, or the key is no good (401).</summary>
    Unauthenticated,

    /// <summary>The caller lacks the permission (403).</summary>
    Forbidden,

    /// <summary>Unknown, or another organisation's: the same answer (404).</summary>
    NotFound,

    /// <summary>Collides with something that is there or running (409).</summary>
    Conflict,

    /// <summary>The version that the caller read is no longer the newest (412).</summary>
    Stale,

    /// <summary>The caller must say which version it read (428).</summary>
    VersionMissing,

    /// <summary>Well-formed, but refused because of what is stored (422).</summary>
    Refused,

    /// <summary>Too many requests (429).</summary>
    TooMany,

    /// <summary>Something outside is away: try again later (503).</summary>
    Unavailable,
}

/// <summary>
/// An expected refusal that a careful person could cause. <paramref name="Code"/> is kebab-case and never changes; the message may.
/// </summary>
/// <param name="Code">Stable name of the problem, for programs.</param>
/// <param name="Message">One sentence for people: what is wrong and what to do.</param>
/// <param name="Kind">Picks status and tone.</param>
/// <param name="Field">The parameter or member at fault, when there is one.</param>
public sealed record Problem(string Code, string Message, ProblemKind Kind, string? Field = null)
{
    /// <summary>The one answer for an unknown thing and for another organisation's.</summary>
    public static Problem NotFound(string code = "not-found", string message = "There is nothing here that you may see.") =>
        new(code, message, ProblemKind.NotFound);

    /// <summary>A value that is wrong by itself, at <paramref name="field"/>.</summary>
    public static Problem Invalid(string field, string message, string code = "invalid-value") =>
        new(code, message, ProblemKind.Invalid, field);
}
