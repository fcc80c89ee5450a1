using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Users;

/// <summary>A list as one person likes to see it in one organisation, under a name of their own.</summary>
public sealed class SavedView : Entity, ITenantOwned
{
    public const int NameLimit = 60, QueryLimit = 2_000, Most = 50;

    public Guid TenantId { get; set; }

    public Guid UserId { get; set; }

    /// <summary>Which page it is of, such as <c>transactions</c>.</summary>
    public required string Page { get; set; }

    public required string Name { get; set; }

    /// <summary>Unique for the person, organisation and page.</summary>
    public required string NormalizedName { get; set; }

    /// <summary>The filters as the page's address has them, without the question mark.</summary>
    public required string Query { get; set; }

    /// <summary>What two names are compared by.</summary>
    public static string Normalize(string name) => name.Trim().ToUpperInvariant();
}

/// <summary>Where saved views are kept. All of it is the caller's own.</summary>
public interface ISavedViews
{
    /// <summary>By name.</summary>
    Task<IReadOnlyList<SavedView>> ListAsync(TenantId tenant, Guid userId, string page, CancellationToken ct);

    /// <summary>Keeps filters under a name; one that is taken is replaced.</summary>
    Task<Result<SavedView>> SaveAsync(Caller caller, TenantId tenant, Guid userId, string page, string name, string query, CancellationToken ct);

    Task<Result<Done>> RenameAsync(Caller caller, TenantId tenant, Guid userId, Guid id, string name, CancellationToken ct);

    Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, Guid userId, Guid id, CancellationToken ct);
}

/// <summary>A person's own views of lists. Who may see the list may keep views of it: they hold filters, no figures.</summary>
public sealed class SavedViewService(ISavedViews views)
{
    private static readonly Problem NobodysOwn = new("not-a-person", "Only a person keeps views.", ProblemKind.Forbidden);

    public async Task<Result<IReadOnlyList<SavedView>>> ListAsync(Caller caller, TenantId tenant, string page, CancellationToken ct) =>
        caller.Lacks(Permissions.TransactionsRead, tenant) is { } refused ? refused
        : caller.UserId is not { } person ? NobodysOwn
        : Result<IReadOnlyList<SavedView>>.Of(await views.ListAsync(tenant, person, page, ct));

    public async Task<Result<SavedView>> SaveAsync(Caller caller, TenantId tenant, string page, string name, string query, CancellationToken ct) =>
        (caller.Lacks(Permissions.TransactionsRead, tenant) ?? CheckName(name)) is { } refused ? refused
        : caller.UserId is not { } person ? NobodysOwn
        : query.Length > SavedView.QueryLimit ? Problem.Invalid("query", "These filters are too long to be kept.")
        : await views.SaveAsync(caller, tenant, person, page, name.Trim(), query, ct);

    public async Task<Result<Done>> RenameAsync(Caller caller, TenantId tenant, Guid id, string name, CancellationToken ct) =>
        (caller.Lacks(Permissions.TransactionsRead, tenant) ?? CheckName(name)) is { } refused ? refused
        : caller.UserId is not { } person ? NobodysOwn
        : await views.RenameAsync(caller, tenant, person, id, name.Trim(), ct);

    public async Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, Guid id, CancellationToken ct) =>
        caller.Lacks(Permissions.TransactionsRead, tenant) is { } refused ? refused
        : caller.UserId is not { } person ? NobodysOwn
        : await views.DeleteAsync(caller, tenant, person, id, ct);

    // Half a character is kept by one database and refused by the other.
    private static Problem? CheckName(string name) =>
        string.IsNullOrWhiteSpace(name) || name.Trim().Length > SavedView.NameLimit ? Problem.Invalid("name", $"A view's name must be 1 to {SavedView.NameLimit} characters.")
        : name.Any(char.IsControl) || TextRules.Askable(name) != name ? Problem.Invalid("name", "A view's name holds a character that cannot be shown.")
        : null;
}

/// <summary>What saved views refuse.</summary>
public static class SavedViewProblems
{
    public static Problem Unknown { get; } = Problem.NotFound("view-not-found", "There is no such view of yours in this organisation.");

    public static Problem NameTaken { get; } = new("view-name-taken", "You have a view of that name.", ProblemKind.Conflict, "name");

    public static Problem TooMany { get; } = new("too-many-views", $"You have {SavedView.Most} views. Delete one first.", ProblemKind.Conflict);
}
