using System.Diagnostics;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules.Matching;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Rules;

/// <summary>Which rule takes documents that two want.</summary>
public static class ConflictWinners
{
    /// <summary>The rule that is looked at.</summary>
    public const string This = "this";

    /// <summary>The rule that is there.</summary>
    public const string Other = "other";

    public static readonly IReadOnlyList<string> All = [This, Other];
}

/// <summary>Documents that another rule takes, too.</summary>
/// <param name="Rule">The rule that is there.</param>
/// <param name="Count">How many both match.</param>
/// <param name="Winner">One of <see cref="ConflictWinners"/>.</param>
public sealed record RuleConflict(CategoryRule Rule, int Count, string Winner);

/// <summary>A document, what it has, and what it would have after a run over everything.</summary>
public sealed record PreviewSample(Transaction Transaction, CategoryState Before, CategoryState After);

/// <summary>What a rule would do, without doing it.</summary>
/// <param name="Matches">Documents that it matches, those of persons and of other rules too.</param>
/// <param name="Total">All documents.</param>
/// <param name="Uncategorised">Of those it matches: without a category.</param>
/// <param name="Locked">Of those it matches: a person decided, and no rule changes that.</param>
/// <param name="Sample">The newest of those it matches.</param>
/// <param name="Conflicts">The most first.</param>
/// <param name="Milliseconds">How long looking took.</param>
public sealed record RulePreview(int Matches, int Total, int Uncategorised, int Locked, IReadOnlyList<PreviewSample> Sample, IReadOnlyList<RuleConflict> Conflicts, double Milliseconds);

/// <summary>A document as a preview looks at it.</summary>
public sealed record PreviewRow(Guid Id, DateOnly Date, RuleSubject Subject, CategoryState State);

/// <summary>Reads documents for previews.</summary>
public interface IRulePreviewReader
{
    /// <summary>Shows all documents that hold <paramref name="literal"/> somewhere, and perhaps others, to <paramref name="visit"/>; the answer is how many there are at all.</summary>
    Task<int> VisitAsync(TenantId tenant, string literal, bool hidePayroll, Action<PreviewRow> visit, CancellationToken ct);

    /// <summary>Shows the newest documents to <paramref name="visit"/>.</summary>
    Task VisitNewestAsync(TenantId tenant, int most, bool hidePayroll, Action<PreviewRow> visit, CancellationToken ct);

    /// <summary>One document as rules see it; null where there is none, or payroll keeps it to itself.</summary>
    Task<PreviewRow?> FindRowAsync(TenantId tenant, Guid id, bool hidePayroll, CancellationToken ct);

    /// <summary>Null when an account of the organisation has this code.</summary>
    Task<Problem?> NoSuchCodeAsync(TenantId tenant, string code, CancellationToken ct);

    /// <summary>These documents, in no order; without what payroll keeps to itself.</summary>
    Task<IReadOnlyList<Transaction>> FindAsync(TenantId tenant, IReadOnlyList<Guid> ids, bool hidePayroll, CancellationToken ct);
}

/// <summary>Looking at what a rule would do before it is kept.</summary>
public sealed class RulePreviewService(IRulePreviewReader reader, IRuleRepository rules, TimeProvider clock)
{
    private const int SampleSize = 20;
    private volatile Others? _last;

    /// <param name="caller">Who looks.</param>
    /// <param name="tenant">The organisation.</param>
    /// <param name="input">The rule, kept or not.</param>
    /// <param name="replaces">The rule that it would take the place of; null: it would be new.</param>
    /// <param name="ct">Stops looking.</param>
    public async Task<Result<RulePreview>> LookAsync(Caller caller, TenantId tenant, RuleInput input, Guid? replaces, CancellationToken ct)
    {
        if ((caller.Lacks(Permissions.RulesRead, tenant) ?? RuleService.Check(input)) is { } refused)
        {
            return refused;
        }

        var started = Stopwatch.GetTimestamp();
        var all = await rules.AllAsync(tenant, ct);
        var old = all.FirstOrDefault(rule => rule.Id == replaces);
        if (replaces is not null && old is null)
        {
            return RuleProblems.Unknown;
        }

        if (input.AccountCode is { } code && await reader.NoSuchCodeAsync(tenant, code, ct) is { } nowhere)
        {
            return nowhere;
        }

        var look = new Look(Rule(tenant, input, old), Without(tenant, all, replaces), SampleSize);
        var hidePayroll = PayrollRules.AreHiddenFrom(caller);
        var total = await reader.VisitAsync(tenant, look.Literal, hidePayroll, look.Visit, ct);
        var sample = look.Newest();
        var found = (await reader.FindAsync(tenant, [.. sample.Select(row => row.Id)], hidePayroll, ct)).ToDictionary(row => row.Id);
        return new RulePreview(
            look.Matches, total, look.Uncategorised, look.Locked,
            [.. sample.Where(row => found.ContainsKey(row.Id)).Select(row => new PreviewSample(found[row.Id], row.State, look.After(row)))],
            look.Conflicts(), Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 1));
    }

    // Somebody who types asks for the same rules again and again: they are made ready once, and their expressions are kept even when some of them change.
    private RuleMatcher Without(TenantId tenant, IReadOnlyList<CategoryRule> all, Guid? replaces)
    {
        var (last, version) = (_last, RulesVersion.Of(all));
        if (last is null || last.Tenant != tenant || last.Replaces != replaces || last.Version != version)
        {
            var rules = all.Where(rule => rule.Id != replaces);
            _last = last = new Others(tenant, replaces, version, last?.Matcher.With(rules) ?? RuleMatcher.Of(rules));
        }

        return last.Matcher;
    }

    // Kept now: the youngest of its priority, unless it is one that is there.
    private CategoryRule Rule(TenantId tenant, RuleInput input, CategoryRule? old) => new()
    {
        Id = old?.Id ?? Guid.CreateVersion7(),
        TenantId = tenant.Value,
        Pattern = input.Pattern!.Trim(),
        Category = input.Category!.Trim(),
        AccountCode = input.AccountCode,
        Priority = input.Priority,
        Conditions = input.Conditions,
        CreatedAt = old?.CreatedAt ?? clock.UtcNow(),
    };

    private sealed record Others(TenantId Tenant, Guid? Replaces, RulesVersion Version, RuleMatcher Matcher);

    private sealed class Look(CategoryRule rule, RuleMatcher others, int most)
    {
        // Off or on: what is looked at is what it would do.
        private readonly RuleMatcher _alone = RuleMatcher.Of([rule]);
        private readonly Dictionary<Guid, (int Count, CategoryRule Rule)> _conflicts = [];
        private readonly PriorityQueue<PreviewRow, (DateOnly, Guid)> _newest = new();

        public string Literal { get; } = RulePattern.Read(rule.Pattern).Value.Literal;

        public int Matches { get; private set; }

        public int Uncategorised { get; private set; }

        public int Locked { get; private set; }

        public void Visit(PreviewRow row)
        {
            if (_alone.First(row.Subject) is null)
            {
                return;
            }

            (Matches, Uncategorised, Locked) = (Matches + 1, Uncategorised + (row.State.Category is null ? 1 : 0), Locked + (row.State.LockedByPerson ? 1 : 0));
            if (others.First(row.Subject) is { } other)
            {
                var known = _conflicts.GetValueOrDefault(other.Id);
                _conflicts[other.Id] = (known.Count + 1, other);
            }

            _newest.Enqueue(row, (row.Date, row.Id));
            if (_newest.Count > most)
            {
                _newest.Dequeue();
            }
        }

        public IReadOnlyList<PreviewRow> Newest() => [.. _newest.UnorderedItems.OrderByDescending(item => item.Priority).Select(item => item.Element)];

        public IReadOnlyList<RuleConflict> Conflicts() =>
            [.. _conflicts.Values.OrderByDescending(conflict => conflict.Count).Select(conflict => new RuleConflict(conflict.Rule, conflict.Count, Wins(conflict.Rule) ? ConflictWinners.This : ConflictWinners.Other))];

        public CategoryState After(PreviewRow row)
        {
            var winner = others.First(row.Subject) is { } other && !Wins(other) ? other : rule;
            return row.State.LockedByPerson ? row.State : row.State.After(winner, row.Subject.AccountCode);
        }

        private bool Wins(CategoryRule other) => RuleMatcher.Order.Compare(rule, other) < 0;
    }
}
