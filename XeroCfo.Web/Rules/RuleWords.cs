using System.Globalization;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Rules.Matching;
using XeroCfo.Domain.Rules.Runs;
using XeroCfo.Domain.Sync;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Rules;

/// <summary>Rules in the words of people.</summary>
internal static class RuleWords
{
    /// <summary>What a field of conditions is called.</summary>
    public static string Field(string? field) => field switch
    {
        ConditionFields.ContactName => "contact's name",
        ConditionFields.Contact => "contact",
        _ => field ?? "",
    };

    /// <summary>Conditions in one line; empty where there are none.</summary>
    public static string Of(RuleCondition? condition) => condition switch
    {
        null => "",
        { Not: { } not, All: null, Any: null } => $"not ({Of(not)})",
        { IsGroup: true } => string.Join(" and ", new[] { Join(condition.All, " and "), condition.Any is null ? "" : $"({Join(condition.Any, " or ")})", condition.Not is null ? "" : $"not ({Of(condition.Not)})" }.Where(part => part.Length > 0)),
        { Field: ConditionFields.Amount } => Range("amount", Amount(condition.Min), Amount(condition.Max)),
        { Field: ConditionFields.Date } => Range("date", Day(condition.From), Day(condition.To)),
        { Field: ConditionFields.Reconciled, Is: [var flag, ..] } => flag == "true" ? "reconciled" : "not reconciled",
        { Matches: { } pattern } => $"{Field(condition.Field)} matches {pattern}",
        _ => $"{Field(condition.Field)} is {string.Join(" or ", condition.Is ?? [])}",
    };

    public static string Warning(RuleWarning warning) => string.Join(" ", new[]
    {
        warning.NeverWins is { } winner ? $"It can never win: “{winner.Pattern}” takes all {warning.Matches} that it matches." : null,
        warning.NeverWins is null && warning.Fights is { } other ? $"“{other.Pattern}” ({other.Category}) takes {warning.Fought} of the {warning.Matches} that it matches." : null,
        warning.IsBroad ? "It matches more than 30 % of all documents." : null,
        warning.IsIdle ? "It has decided nothing for 90 days." : null,
    }.OfType<string>());

    /// <summary>What becomes of the documents that another rule takes, too.</summary>
    public static string Conflict(RuleConflict conflict) => conflict.Winner == ConflictWinners.This
        ? $"Takes {conflict.Count} from rule {conflict.Rule.Category} (“{conflict.Rule.Pattern}”)."
        : $"Rule {conflict.Rule.Category} (“{conflict.Rule.Pattern}”) wins {conflict.Count} of them.";

    /// <summary>A category with its account code.</summary>
    public static string State(CategoryState state) => string.Join(" · ", new[] { state.Category ?? "none", state.AccountCode }.OfType<string>());

    /// <summary>A rule as people speak of it.</summary>
    public static string Name(CategoryRule rule) => $"“{rule.Pattern}” ({rule.Category})";

    public static string Status(RuleRunView view) => view switch
    {
        { UndoneAt: not null } => "Taken back",
        { Run.Status: SyncStatus.Queued } => "Waiting",
        { Run.Status: SyncStatus.Running } => "Running",
        { Run.Status: SyncStatus.Succeeded } => "Done",
        { Run.Status: SyncStatus.Cancelled } => "Cancelled",
        _ => "Failed",
    };

    public static Tone Tone(RuleRunView view) => view switch
    {
        { UndoneAt: not null } or { Run.Status: SyncStatus.Cancelled } => Shared.Tone.Neutral,
        { Run.Status: SyncStatus.Succeeded } => Shared.Tone.Good,
        { Run.Status: SyncStatus.Failed } => Shared.Tone.Bad,
        _ => Shared.Tone.Info,
    };

    public static string Scope(RuleRun run)
    {
        var days = (run.From, run.To) switch
        {
            (null, null) => "",
            ({ } from, null) => $" from {DateWords.Of(from)}",
            (null, { } to) => $" to {DateWords.Of(to)}",
            ({ } from, { } to) => $" {DateWords.Of(from)} – {DateWords.Of(to)}",
        };
        return (run.Scope == RunScopes.All ? "Everything" : "Without a category") + days;
    }

    private static string Join(IReadOnlyList<RuleCondition>? parts, string word) => string.Join(word, (parts ?? []).Select(Of));

    private static string Range(string what, string? least, string? most) => (least, most) switch
    {
        ({ } from, { } to) => $"{what} {from} – {to}",
        ({ } from, null) => $"{what} from {from}",
        (null, { } to) => $"{what} up to {to}",
        _ => what,
    };

    private static string? Amount(decimal? amount) => amount?.ToString("0.##", CultureInfo.InvariantCulture);

    private static string? Day(DateOnly? day) => day is { } known ? DateWords.Of(known) : null;
}
