using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Receivables;

/// <summary>An organisation's own text of a reminder, in the place of the one that comes with the product.</summary>
public sealed class ReminderText : Entity, ITenantOwned
{
    public const int SubjectLimit = 200, BodyLimit = 4000;

    public Guid TenantId { get; set; }

    /// <summary>One of <see cref="ReminderTones"/>.</summary>
    public required string Tone { get; set; }

    public required string Subject { get; set; }

    public required string Body { get; set; }

    /// <summary>Who wrote it last; null once the person was erased.</summary>
    public Guid? UserId { get; set; }
}

/// <summary>A text as somebody wants it kept.</summary>
public sealed record ReminderTextInput(string? Subject, string? Body);

/// <summary>The text of a tone that an organisation uses.</summary>
/// <param name="Tone">One of <see cref="ReminderTones"/>.</param>
/// <param name="FromDays">Used from so many days past the due day on.</param>
/// <param name="Subject">With fields.</param>
/// <param name="Body">With fields.</param>
/// <param name="UpdatedAt">Null: it is the one that comes with the product.</param>
public sealed record ReminderWording(string Tone, int FromDays, string Subject, string Body, DateTime? UpdatedAt)
{
    public bool IsOwn => UpdatedAt is not null;
}

/// <summary>Where texts of reminders are kept; each write is audited. One that is there already wants its version.</summary>
public interface IReminderTextBook
{
    Task<IReadOnlyList<ReminderText>> AllAsync(TenantId tenant, CancellationToken ct);

    Task<Result<ReminderText>> SetAsync(Caller caller, TenantId tenant, string tone, ReadVersion version, string subject, string body, CancellationToken ct);

    /// <summary>Takes the own text away.</summary>
    Task<Result<Done>> ResetAsync(Caller caller, TenantId tenant, string tone, ReadVersion version, CancellationToken ct);
}

/// <summary>What texts of reminders refuse.</summary>
public static class ReminderTextProblems
{
    public static Problem UnknownTone { get; } = Problem.NotFound("reminder-tone-not-found", $"There is no such tone; there are {string.Join(", ", ReminderTones.All)}.");

    public static Problem NoneOfOwn { get; } = Problem.NotFound("reminder-text-not-found", "This organisation has no text of its own for this tone.");
}

/// <summary>The texts of an organisation's reminders: those that come with the product until somebody writes others.</summary>
public sealed class ReminderTextService(ITenantRepository tenants, IReminderTextBook book)
{
    /// <summary>Of each tone, the friendliest first.</summary>
    public async Task<Result<IReadOnlyList<ReminderWording>>> ListAsync(Caller caller, TenantId tenant, CancellationToken ct) =>
        await RefusedAsync(caller, tenant, Permissions.LedgerRead, ct) is { } refused ? refused : Result<IReadOnlyList<ReminderWording>>.Of(await OfAsync(tenant, ct));

    public async Task<Result<ReminderWording>> GetAsync(Caller caller, TenantId tenant, string tone, CancellationToken ct)
    {
        var all = await ListAsync(caller, tenant, ct);
        return all.Problem is { } refused ? refused : all.Value.FirstOrDefault(text => text.Tone == tone) is { } found ? found : ReminderTextProblems.UnknownTone;
    }

    /// <summary>Keeps a text of the organisation's own, or changes it.</summary>
    public async Task<Result<ReminderWording>> SetAsync(Caller caller, TenantId tenant, string tone, ReadVersion version, ReminderTextInput input, CancellationToken ct)
    {
        if (await RefusedAsync(caller, tenant, Permissions.LayoutsWrite, ct) is { } refused)
        {
            return refused;
        }

        if (Reminders.Check(input) is { } wrong)
        {
            return wrong;
        }

        if (!ReminderTones.All.Contains(tone))
        {
            return ReminderTextProblems.UnknownTone;
        }

        var saved = await book.SetAsync(caller, tenant, tone, version, input.Subject!.Trim(), input.Body!.ReplaceLineEndings("\n").Trim(), ct);
        return saved.Problem is { } stale ? stale : Wording(tone, saved.Value);
    }

    /// <summary>Back to the text that comes with the product.</summary>
    public async Task<Result<Done>> ResetAsync(Caller caller, TenantId tenant, string tone, ReadVersion version, CancellationToken ct) =>
        await RefusedAsync(caller, tenant, Permissions.LayoutsWrite, ct) is { } refused ? refused
        : ReminderTones.All.Contains(tone) ? await book.ResetAsync(caller, tenant, tone, version, ct) : ReminderTextProblems.UnknownTone;

    /// <summary>The same as <see cref="ListAsync"/> for stages that have asked who wants it.</summary>
    internal async Task<IReadOnlyList<ReminderWording>> OfAsync(TenantId tenant, CancellationToken ct)
    {
        var own = (await book.AllAsync(tenant, ct)).ToDictionary(text => text.Tone);
        return [.. ReminderTones.All.Select(tone => Wording(tone, own.GetValueOrDefault(tone)))];
    }

    private static ReminderWording Wording(string tone, ReminderText? own) => own is null
        ? Reminders.Usual(tone)
        : new ReminderWording(tone, ReminderTones.From(tone), own.Subject, own.Body, own.UpdatedAt);

    private async Task<Problem?> RefusedAsync(Caller caller, TenantId tenant, string permission, CancellationToken ct) =>
        caller.Lacks(permission, tenant) ?? (await tenants.FindAsync(tenant, ct) is null ? TenantProblems.Unknown : null);
}
