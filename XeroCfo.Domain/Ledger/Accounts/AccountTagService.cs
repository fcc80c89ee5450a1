using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Ledger.Accounts;

/// <summary>A suggestion as a person saw it.</summary>
public sealed record TagChoice(Guid AccountId, string Tag);

/// <summary>Keeps what a person said of accounts: their tags, and where they stand in the cash-flow statement. Each write is audited and raises the ledger's version, for figures follow tags.</summary>
public interface IAccountTagBook
{
    /// <summary>Keeps <paramref name="tag"/>, null for none at all; it survives syncs.</summary>
    Task<Result<Done>> SayAsync(Caller caller, TenantId tenant, Guid accountId, string? tag, CancellationToken ct);

    /// <summary>Forgets what was said; the tag is a suggestion again.</summary>
    Task<Result<Done>> ForgetAsync(Caller caller, TenantId tenant, Guid accountId, CancellationToken ct);

    /// <summary>Puts the account's movement into a bucket of the cash-flow statement; null: where its type says.</summary>
    Task<Result<Done>> PutAsync(Caller caller, TenantId tenant, Guid accountId, CashFlowBucket? bucket, CancellationToken ct);

    /// <summary>Confirms those suggestions that still stand as they were seen; how many.</summary>
    Task<Result<int>> ConfirmAsync(Caller caller, TenantId tenant, IReadOnlyList<TagChoice> seen, CancellationToken ct);
}

/// <summary>What Xero's type does not tell of an account: tags are suggested from names and confirmed by a person, who may also choose its place in the cash-flow statement.</summary>
public sealed class AccountTagService(IAccountTagBook book)
{
    private const int Most = 5_000;

    /// <summary>Says what an account is: one of <see cref="AccountTags.All"/>, or null for none of them.</summary>
    public async Task<Result<Done>> SayAsync(Caller caller, TenantId tenant, Guid accountId, string? tag, CancellationToken ct)
    {
        if (Refusal(caller, tenant) is { } refused)
        {
            return refused;
        }

        return tag is null || AccountTags.All.Contains(tag)
            ? await book.SayAsync(caller, tenant, accountId, tag, ct)
            : Problem.Invalid("tag", $"tag must be one of {string.Join(", ", AccountTags.All)}.");
    }

    /// <summary>Takes back what was said.</summary>
    public async Task<Result<Done>> ForgetAsync(Caller caller, TenantId tenant, Guid accountId, CancellationToken ct) =>
        Refusal(caller, tenant) is { } refused ? refused : await book.ForgetAsync(caller, tenant, accountId, ct);

    /// <summary>Puts the account's movement into a bucket of the cash-flow statement, or with null back where its type says.</summary>
    public async Task<Result<Done>> PutAsync(Caller caller, TenantId tenant, Guid accountId, CashFlowBucket? bucket, CancellationToken ct) =>
        Refusal(caller, tenant) is { } refused ? refused
        : bucket is { } chosen && !CashFlowBuckets.Choices.Contains(chosen) ? Problem.Invalid("cashFlowBucket", $"cashFlowBucket must be one of {string.Join(", ", CashFlowBuckets.Choices)}.")
        : await book.PutAsync(caller, tenant, accountId, bucket, ct);

    /// <summary>Confirms many suggestions at once; how many were still what the person saw.</summary>
    public async Task<Result<int>> ConfirmAsync(Caller caller, TenantId tenant, IReadOnlyList<TagChoice> seen, CancellationToken ct) =>
        Refusal(caller, tenant) is { } refused ? refused
        : seen.Count > Most ? Problem.Invalid("accounts", $"At most {Most} accounts at once.")
        : await book.ConfirmAsync(caller, tenant, seen, ct);

    // A tag is confirmed by somebody, never by the product itself.
    private static Problem? Refusal(Caller caller, TenantId tenant) =>
        caller.Lacks(Permissions.KpisWrite, tenant) ?? (caller.UserId is null ? AccountTagProblems.NoPerson : null);
}

/// <summary>Refusals about tags.</summary>
public static class AccountTagProblems
{
    public static Problem NoPerson { get; } = new("person-needed", "This is for a person to say.", ProblemKind.Forbidden);

    public static Problem SyncInProgress { get; } = new("sync-in-progress", "A sync is bringing figures up to date. Say it again when it has ended.", ProblemKind.Conflict);

    public static Problem FixedBucket { get; } = new("fixed-cash-flow-bucket", "Bank accounts, retained earnings, income and expense have their place in the cash-flow statement.", ProblemKind.Conflict);

    public static Problem NoSuchAccount { get; } = Problem.NotFound("account-not-found", "There is no such account in this organisation.");
}
