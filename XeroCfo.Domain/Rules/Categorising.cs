using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Rules;

/// <summary>A member that may be left out: then what stands there stays.</summary>
/// <param name="Given">It was there, be it with null.</param>
public readonly record struct Wish(string? Value, bool Given)
{
    public static Wish Of(string? value) => new(value, true);
}

/// <summary>What a person wants of a document: null gives it back to rules and accounts.</summary>
public sealed record CategoryWish(Wish Category, Wish AccountCode);

/// <summary>Which documents: either these, or all that a filter lets through.</summary>
public sealed record TransactionSelection(IReadOnlyList<Guid>? Ids, TransactionFilter? Filter);

/// <summary>What became of a change.</summary>
/// <param name="Changed">How many documents have something else now.</param>
/// <param name="Skipped">How many were left alone because a person had set them.</param>
/// <param name="UndoId">Takes it back, for 90 days.</param>
public sealed record Categorised(int Changed, int Skipped, Guid UndoId);

/// <summary>What became of taking a change back.</summary>
/// <param name="Restored">How many have again what they had.</param>
/// <param name="Skipped">How many were changed since, and stay.</param>
public sealed record Undone(int Restored, int Skipped);

/// <summary>One change of one or many documents' categories, kept so that it can be taken back.</summary>
public sealed class CategoryUndo : Entity, ITenantOwned
{
    /// <summary>How long a change can be taken back.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    public Guid TenantId { get; set; }

    public Guid? UserId { get; set; }

    /// <summary>Who, as the audit trail names them.</summary>
    public required string By { get; set; }

    /// <summary>The category given; null when documents were given back.</summary>
    public string? Category { get; set; }

    public int Changed { get; set; }

    public int Skipped { get; set; }

    public DateTime? UndoneAt { get; set; }

    /// <summary>The run of rules that made it; null when a person did.</summary>
    public Guid? RuleRunId { get; set; }
}

/// <summary>What one document had before a change, and has since.</summary>
public sealed class CategoryUndoRow : ITenantOwned
{
    public long Id { get; set; }

    public Guid TenantId { get; set; }

    public Guid UndoId { get; set; }

    public Guid TransactionId { get; set; }

    public string? Category { get; set; }

    public string? OwnAccountCode { get; set; }

    public string? AccountCode { get; set; }

    public string CategorySource { get; set; } = CategorySources.None;

    public Guid? CategoryRuleId { get; set; }

    public string? NewCategory { get; set; }

    public string? NewOwnAccountCode { get; set; }

    public string NewCategorySource { get; set; } = CategorySources.None;
}

/// <summary>Keeps what documents are about.</summary>
public interface ICategorising
{
    Task<Result<Categorised>> ChangeAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, CategoryWish wish, CancellationToken ct);

    Task<Result<Categorised>> CategoriseAsync(Caller caller, TenantId tenant, TransactionSelection selection, CategoryWish wish, bool includeManual, CancellationToken ct);

    /// <summary>
    /// Gives documents that no person decided and that have no category what was suggested for them; with <paramref name="within"/> only those that it lets through.
    /// </summary>
    Task<Result<Categorised>> AcceptAsync(Caller caller, TenantId tenant, IReadOnlyList<(Guid TransactionId, string Category)> suggested, TransactionFilter? within, CancellationToken ct);

    Task<Result<Undone>> UndoAsync(Caller caller, TenantId tenant, Guid undoId, CancellationToken ct);

    /// <summary>The latest changes, newest first.</summary>
    Task<IReadOnlyList<CategoryUndo>> RecentAsync(TenantId tenant, int limit, CancellationToken ct);
}

/// <summary>Categorising by hand.</summary>
public sealed class CategorisingService(ICategorising categorising)
{
    public const int MostIds = 10_000;

    private static readonly Problem NothingWanted = Problem.Invalid("category", "Give category, accountCode, or both.");

    /// <summary>One document. A name that no category has yet makes one.</summary>
    public async Task<Result<Categorised>> ChangeAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, CategoryWish wish, CancellationToken ct) =>
        (caller.Lacks(Permissions.TransactionsWrite, tenant)
            ?? (wish is { Category.Given: false, AccountCode.Given: false } ? NothingWanted : null)
            ?? CheckName(wish.Category.Value)
            ?? CategoryService.CheckCode(wish.AccountCode.Value, "accountCode")) is { } refused
            ? refused
            : await categorising.ChangeAsync(caller, tenant, id, version, wish, ct);

    /// <summary>Many documents at once; those that a person set stay unless <paramref name="includeManual"/>. No code leaves the codes as they are.</summary>
    public Task<Result<Categorised>> CategoriseAsync(
        Caller caller, TenantId tenant, TransactionSelection selection, string? category, string? accountCode, bool includeManual, CancellationToken ct) =>
        CategoriseAsync(caller, tenant, selection, new CategoryWish(Wish.Of(category), accountCode is null ? default : Wish.Of(accountCode)), includeManual, ct);

    /// <summary>Many documents at once: their category, their account code, or both.</summary>
    public async Task<Result<Categorised>> CategoriseAsync(
        Caller caller, TenantId tenant, TransactionSelection selection, CategoryWish wish, bool includeManual, CancellationToken ct) =>
        (caller.Lacks(Permissions.TransactionsWrite, tenant)
            ?? (wish is { Category.Given: false, AccountCode.Given: false } ? NothingWanted : null)
            ?? Check(selection)
            ?? CheckName(wish.Category.Value)
            ?? CategoryService.CheckCode(wish.AccountCode.Value, "accountCode")) is { } refused
            ? refused
            : await categorising.CategoriseAsync(caller, tenant, selection with { Filter = selection.Filter?.For(caller) }, wish, includeManual, ct);

    /// <summary>Takes a change back; documents that were changed since stay.</summary>
    public async Task<Result<Undone>> UndoAsync(Caller caller, TenantId tenant, Guid undoId, CancellationToken ct) =>
        caller.Lacks(Permissions.TransactionsWrite, tenant) is { } refused ? refused : await categorising.UndoAsync(caller, tenant, undoId, ct);

    public async Task<Result<IReadOnlyList<CategoryUndo>>> RecentAsync(Caller caller, TenantId tenant, int limit, CancellationToken ct) =>
        caller.Lacks(Permissions.TransactionsRead, tenant) is { } refused ? refused : Result<IReadOnlyList<CategoryUndo>>.Of(await categorising.RecentAsync(tenant, limit, ct));

    private static Problem? Check(TransactionSelection selection) => selection switch
    {
        { Ids: null, Filter: null } or { Ids: not null, Filter: not null } => Problem.Invalid("ids", "Give either ids or filter."),
        { Ids.Count: 0 } => Problem.Invalid("ids", "ids must name at least one transaction."),
        { Ids.Count: > MostIds } => Problem.Invalid("ids", $"ids must be at most {MostIds}; give a filter for more."),
        _ => null,
    };

    private static Problem? CheckName(string? category) => category is null ? null : CategoryService.CheckName(category, "category");
}
