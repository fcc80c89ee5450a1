namespace XeroCfo.Domain.Webhooks.Deliveries;

/// <summary>What came of an attempt.</summary>
/// <param name="DeliveryId">Which delivery.</param>
/// <param name="StartedAt">UTC.</param>
/// <param name="Duration">Until the answer was read, or nobody waited any longer.</param>
/// <param name="Status">The HTTP status; null: nobody answered.</param>
/// <param name="Error">One of <see cref="DeliveryErrors"/>; null where there was an answer.</param>
/// <param name="Answer">How the answer begins.</param>
/// <param name="RetryAfter">What the receiver asks for; null: nothing.</param>
public sealed record AttemptOutcome(Guid DeliveryId, DateTime StartedAt, TimeSpan Duration, int? Status, string? Error = null, string? Answer = null, TimeSpan? RetryAfter = null)
{
    /// <summary>Only 2xx is a success: a redirect is not followed.</summary>
    public bool Succeeded => Status is >= 200 and < 300;

    /// <summary>The receiver says that nobody is there any more.</summary>
    public bool IsGone => Status == 410;

    public DateTime EndedAt => StartedAt + Duration;
}

/// <summary>When a delivery is tried again, and when an endpoint is given up. Pure.</summary>
public static class RetryPlan
{
    /// <summary>An endpoint at which nothing arrived for so long is switched off.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(3);

    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <summary>A tenth to either side, so that a receiver that comes back is not met by everything at once.</summary>
    private const double Jitter = 0.1;

    /// <summary>How long to wait before the next attempt; null: it is not tried again.</summary>
    /// <param name="outcome">The attempt that failed.</param>
    /// <param name="tries">Attempts of this plan, that one too.</param>
    /// <param name="delays">The settings' waits before each attempt.</param>
    /// <param name="chance">From 0 to 1.</param>
    public static TimeSpan? WaitAfter(AttemptOutcome outcome, int tries, IReadOnlyList<TimeSpan> delays, double chance)
    {
        if (outcome.IsGone || tries >= delays.Count)
        {
            return null;
        }

        var planned = delays[tries] * (1 - Jitter + (2 * Jitter * chance));
        var asked = outcome.RetryAfter is { } wish && wish < LongestWait ? wish : outcome.RetryAfter is null ? TimeSpan.Zero : LongestWait;
        return asked > planned ? asked : planned;
    }

    /// <summary>Why an endpoint is to be switched off; null: it is not.</summary>
    public static string? GivesUp(AttemptOutcome outcome, DateTime failingSince) =>
        outcome.IsGone ? DisabledReasons.Gone : outcome.EndedAt - failingSince >= Patience ? DisabledReasons.Failing : null;
}
