using System.Text.Json.Serialization;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Reports.Layouts;

/// <summary>A report that an organisation laid out for itself; all its people share it.</summary>
public sealed class ReportLayout : Entity, ITenantOwned
{
    public const int NameLimit = 100;

    public Guid TenantId { get; set; }

    /// <summary>Who made it; null once the person was erased.</summary>
    public Guid? UserId { get; set; }

    public required string Name { get; set; }

    /// <summary>From 1; each change makes another one.</summary>
    public int Version { get; set; } = 1;

    public List<LayoutRow> Rows { get; set; } = [];
}

/// <summary>A layout as it was.</summary>
public sealed class ReportLayoutVersion : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid LayoutId { get; set; }

    public int Version { get; set; }

    public required string Name { get; set; }

    public List<LayoutRow> Rows { get; set; } = [];

    /// <summary>Who wrote it; null once the person was erased.</summary>
    public Guid? UserId { get; set; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; set; }
}

/// <summary>What a row of a layout is.</summary>
public static class LayoutRowKinds
{
    /// <summary>Words alone.</summary>
    public const string Heading = "heading";

    /// <summary>Accounts, picked one by one, by tag or by section, and their sum.</summary>
    public const string Group = "group";

    /// <summary>The sum of other rows.</summary>
    public const string Subtotal = "subtotal";

    /// <summary>Computed from other rows.</summary>
    public const string Formula = "formula";

    /// <summary>One row as a part of another.</summary>
    public const string Percent = "percent";

    public static readonly IReadOnlyList<string> All = [Heading, Group, Subtotal, Formula, Percent];
}

/// <summary>What a group takes of its accounts.</summary>
public static class LayoutMeasures
{
    /// <summary>What they moved by over the days of a column.</summary>
    public const string Movement = "movement";

    /// <summary>What stands on them at the last day of a column.</summary>
    public const string Balance = "balance";

    public static readonly IReadOnlyList<string> All = [Movement, Balance];
}

/// <summary>Which way of a row is better.</summary>
public static class LayoutDirections
{
    public const string Up = "up", Down = "down", None = "none";

    public static readonly IReadOnlyList<string> All = [Up, Down, None];
}

/// <summary>A row of a layout. What does not belong to its kind is null.</summary>
public sealed record LayoutRow
{
    /// <summary>Letters, digits and underscores, beginning with a letter: formulas call the row by it.</summary>
    public required string Id { get; init; }

    public required string Label { get; init; }

    /// <summary>One of <see cref="LayoutRowKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Of a group: Xero's ids of accounts.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Guid>? AccountIds { get; init; }

    /// <summary>Of a group: every account with one of these tags.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Of a group: every account in one of these sections of the statements.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Sections { get; init; }

    /// <summary>Of a group: one of <see cref="LayoutMeasures"/>; null: movement.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Measure { get; init; }

    /// <summary>Of a group: a row for each account above its sum; null: yes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? ShowAccounts { get; init; }

    /// <summary>Of a subtotal: ids of the rows that it adds up.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Of { get; init; }

    /// <summary>Of a formula: ids of rows, numbers, + − * / and parentheses.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Formula { get; init; }

    /// <summary>Of a formula: money, percent, ratio, days or count; null: money.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Unit { get; init; }

    /// <summary>Of a percent: id of the row that is the part.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Part { get; init; }

    /// <summary>Of a percent: id of the row that is the whole.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Whole { get; init; }

    /// <summary>One of <see cref="LayoutDirections"/>; null: costs down, balances neither, all else up.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Better { get; init; }
}

/// <summary>A layout as somebody wants it.</summary>
public sealed record LayoutInput(string? Name, IReadOnlyList<LayoutRow> Rows);

/// <summary>A layout with what is to be known of it.</summary>
/// <param name="Layout">The layout.</param>
/// <param name="Warnings">Accounts in no group or in several, tags that no account has.</param>
public sealed record ReportLayoutView(ReportLayout Layout, IReadOnlyList<LayoutWarning> Warnings);

/// <summary>Something to look at; it keeps nobody from using the layout.</summary>
/// <param name="Kind"><c>account-in-no-group</c>, <c>account-in-several-groups</c>, <c>tag-without-accounts</c>, <c>account-gone</c>.</param>
/// <param name="Text">For people.</param>
/// <param name="RowId">The row that it is about.</param>
/// <param name="AccountId">The account that it is about.</param>
public sealed record LayoutWarning(string Kind, string Text, string? RowId = null, Guid? AccountId = null);

/// <summary>What layouts refuse.</summary>
public static class LayoutProblems
{
    public static Problem Unknown { get; } = Problem.NotFound("layout-not-found", "There is no such layout in this organisation.");

    public static Problem Missing { get; } = Problem.Invalid("layoutId", "layoutId is missing: say which layout the report has.");

    /// <summary>A report asks for a layout that is not there.</summary>
    public static Problem UnknownOfReport { get; } = new("unknown-layout", "There is no such layout in this organisation.", ProblemKind.Refused, "layoutId");

    public static Problem NameTaken { get; } = new("layout-name-taken", "Another layout of this organisation has that name.", ProblemKind.Conflict, "name");

    /// <summary>A layout with rows that no tracking option has.</summary>
    public static Problem NotTracked(IReadOnlyList<string> rows) => Problem.Invalid(
        "trackingCategoryId",
        $"Tracking tells income and expenses apart, and nothing else: {string.Join(", ", rows)} {(rows.Count == 1 ? "holds a balance or a balance-sheet account" : "hold balances or balance-sheet accounts")}. Ask for this layout without tracking, or for one whose groups are of income and expense accounts alone.");

    public static Problem UnknownAccount(string field) => new("unknown-account", "There is no such account in this organisation.", ProblemKind.Refused, field);
}
