using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Rules;

/// <summary>A word of the organisation's own for what documents are about. It never changes a ledger line or a statement.</summary>
public sealed class Category : Entity, ITenantOwned
{
    public const int NameLimit = 100;

    public Guid TenantId { get; set; }

    /// <summary>Unique in the organisation without regard to case: see <see cref="NormalizedName"/>.</summary>
    public required string Name { get; set; }

    public required string NormalizedName { get; set; }

    /// <summary>#RRGGBB, for its dot.</summary>
    public required string Colour { get; set; }

    /// <summary>The account code that goes with it where a person gives no other; one of Xero's.</summary>
    public string? DefaultAccountCode { get; set; }

    /// <summary>What two names are compared by.</summary>
    public static string Normalize(string name) => name.Trim().ToUpperInvariant();
}

/// <summary>All documents on this account have that category, unless a person or a rule said otherwise.</summary>
public sealed class CategoryAccount : ITenantOwned
{
    public Guid TenantId { get; set; }

    /// <summary>Xero's AccountID; an account belongs to one category at most.</summary>
    public Guid AccountId { get; set; }

    public Guid CategoryId { get; set; }
}

/// <summary>The words of Transactions.categorySource.</summary>
public static class CategorySources
{
    public const string None = "none";
    public const string Xero = "xero";
    public const string Rule = "rule";
    public const string Suggestion = "suggestion";
    public const string Manual = "manual";

    public static readonly IReadOnlyList<string> All = [None, Xero, Rule, Suggestion, Manual];
}

/// <summary>Colours of dots: light enough to tell apart and dark enough to see on both themes.</summary>
public static class CategoryColours
{
    public static readonly IReadOnlyList<string> All =
        ["#0B6B62", "#B5500F", "#3D5FB8", "#8A3F8F", "#6B6F1F", "#5D6875", "#B3261E", "#1B6E3C", "#0B5F8A", "#8A5300"];

    /// <summary>The colour of the n-th category of an organisation, when nobody chose one.</summary>
    public static string Of(int place) => All[place % All.Count];

    public static bool IsColour(string text) => text.Length == 7 && text[0] == '#' && text.Skip(1).All(char.IsAsciiHexDigit);
}

/// <summary>What categories refuse.</summary>
public static class CategoryProblems
{
    public static Problem Unknown { get; } = Problem.NotFound("category-not-found", "There is no such category in this organisation.");

    public static Problem NameTaken { get; } = new("category-name-taken", "A category of that name exists. Delete one with mergeInto to merge them.", ProblemKind.Conflict, "name");

    public static Problem NoSuchAccount { get; } = new("account-not-found", "There is no such account in this organisation.", ProblemKind.Refused, "accountIds");

    public static Problem NoSuchCode { get; } = new("account-code-not-found", "No account of this organisation has that code.", ProblemKind.Refused, "accountCode");

    public static Problem NoSuchUndo { get; } = Problem.NotFound("undo-not-found", "There is no such change in this organisation, or it is older than 90 days.");

    public static Problem AlreadyUndone { get; } = new("already-undone", "This change has been taken back already.", ProblemKind.Conflict);
}
