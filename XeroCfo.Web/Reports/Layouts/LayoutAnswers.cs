using System.ComponentModel.DataAnnotations;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports.Layouts;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Reports.Layouts;

/// <summary>A row of a layout; what does not belong to its kind is null.</summary>
internal sealed record LayoutRowAnswer(
    string Id, string Label, [property: Words(typeof(LayoutRowKinds))] string Kind, IReadOnlyList<Guid>? AccountIds, IReadOnlyList<string>? Tags, IReadOnlyList<string>? Sections,
    [property: Words(typeof(LayoutMeasures))] string? Measure, bool? ShowAccounts, IReadOnlyList<string>? Of, string? Formula, [property: Words(typeof(LayoutRules), nameof(LayoutRules.Units))] string? Unit,
    string? Part, string? Whole, [property: Words(typeof(LayoutDirections))] string? Better)
{
    public static LayoutRowAnswer From(LayoutRow row) => new(
        row.Id, row.Label, row.Kind, row.AccountIds, row.Tags, row.Sections, row.Measure, row.ShowAccounts, row.Of, row.Formula, row.Unit, row.Part, row.Whole, row.Better);
}

/// <summary>Something to look at; it keeps nobody from using the layout.</summary>
internal sealed record LayoutWarningAnswer(string Kind, string Text, string? RowId, Guid? AccountId);

/// <summary>A layout of custom reports. Its <c>version</c> counts from 1; <c>warnings</c> name accounts in no group or in several, and tags that no account has.</summary>
internal sealed record LayoutAnswer(Guid Id, string Name, int Version, IReadOnlyList<LayoutRowAnswer> Rows, IReadOnlyList<LayoutWarningAnswer> Warnings, DateTime CreatedAt, DateTime UpdatedAt) : IExample<LayoutAnswer>
{
    public static LayoutAnswer Example => new(
        Examples.Thing, "Board", 3, [.. LayoutRequest.Example.Rows!.Select(row => LayoutRowAnswer.From(row.ToRow(0).Value))],
        [new LayoutWarningAnswer("account-in-no-group", "270 Interest received is in no group.", null, Examples.Account)], Examples.Instant, Examples.Instant);

    public static LayoutAnswer Of(ReportLayoutView view) => new(
        view.Layout.Id, view.Layout.Name, view.Layout.Version, [.. view.Layout.Rows.Select(LayoutRowAnswer.From)],
        [.. view.Warnings.Select(warning => new LayoutWarningAnswer(warning.Kind, warning.Text, warning.RowId, warning.AccountId))], view.Layout.CreatedAt, view.Layout.UpdatedAt);

    /// <summary>The same as it was in a version.</summary>
    public static LayoutAnswer Of(ReportLayoutView view, ReportLayoutVersion version) =>
        Of(view) with { Name = version.Name, Version = version.Version, Rows = [.. version.Rows.Select(LayoutRowAnswer.From)] };
}

internal sealed record LayoutVersionAnswer(int Version, string Name, string? Author, DateTime CreatedAt);

/// <summary>The versions of a layout, the newest first.</summary>
internal sealed record LayoutVersionsAnswer(IReadOnlyList<LayoutVersionAnswer> Items) : IExample<LayoutVersionsAnswer>
{
    public static LayoutVersionsAnswer Example => new([new LayoutVersionAnswer(2, "Board", "Admin", Examples.Instant), new LayoutVersionAnswer(1, "Board", "Admin", Examples.Instant)]);
}

/// <summary>
/// A row as it is to be. <c>heading</c>: words. <c>group</c>: accounts by <c>accountIds</c>, <c>tags</c> or <c>sections</c> of the statements, their movement or balance. <c>subtotal</c>: the sum
/// <c>of</c> rows. <c>formula</c>: row ids, numbers, + - * / and parentheses. <c>percent</c>: the row <c>part</c> of the row <c>whole</c>.
/// </summary>
internal sealed record LayoutRowRequest(
    [property: Required, RegularExpression("^[A-Za-z][A-Za-z0-9_]{0,39}$")] string? Id = null,
    [property: Required, StringLength(LayoutRules.LabelLimit, MinimumLength = 1)] string? Label = null,
    [property: Required, AllowedValues(LayoutRowKinds.Heading, LayoutRowKinds.Group, LayoutRowKinds.Subtotal, LayoutRowKinds.Formula, LayoutRowKinds.Percent)] string? Kind = null,
    [property: MaxLength(LayoutRules.MostAccounts)] IReadOnlyList<Guid>? AccountIds = null,
    IReadOnlyList<string>? Tags = null,
    IReadOnlyList<string>? Sections = null,
    [property: AllowedValues(null, LayoutMeasures.Movement, LayoutMeasures.Balance)] string? Measure = null,
    bool? ShowAccounts = null,
    IReadOnlyList<string>? Of = null,
    [property: StringLength(LayoutFormula.Limit, MinimumLength = 1)] string? Formula = null,
    [property: AllowedValues(null, "money", "percent", "ratio", "days", "count")] string? Unit = null,
    string? Part = null,
    string? Whole = null,
    [property: AllowedValues(null, LayoutDirections.Up, LayoutDirections.Down, LayoutDirections.None)] string? Better = null)
{
    /// <summary>The same in the product's words; texts of lists must be there.</summary>
    public Result<LayoutRow> ToRow(int index)
    {
        foreach (var (name, list) in new[] { ("tags", Tags), ("sections", Sections), ("of", Of) })
        {
            if (list?.Index().Where(word => word.Item is null).Select(word => (int?)word.Index).FirstOrDefault() is { } empty)
            {
                return Problem.Invalid($"rows[{index}].{name}[{empty}]", $"rows[{index}].{name}[{empty}] must be a text.");
            }
        }

        return new LayoutRow
        {
            Id = Id ?? "",
            Label = Label ?? "",
            Kind = Kind ?? "",
            AccountIds = AccountIds,
            Tags = Tags,
            Sections = Sections,
            Measure = Measure,
            ShowAccounts = ShowAccounts,
            Of = Of,
            Formula = Formula,
            Unit = Unit,
            Part = Part,
            Whole = Whole,
            Better = Better,
        };
    }
}

/// <summary>A layout as it is to be.</summary>
internal sealed record LayoutRequest(
    [property: Required, StringLength(ReportLayout.NameLimit, MinimumLength = 1)] string? Name = null,
    [property: Required, MinLength(1), MaxLength(LayoutRules.MostRows)] IReadOnlyList<LayoutRowRequest>? Rows = null) : IExample<LayoutRequest>
{
    public static LayoutRequest Example => new(
        "Board",
        [
            new("sales", "Sales", LayoutRowKinds.Group, Sections: ["income"]),
            new("people", "People", LayoutRowKinds.Group, Tags: [AccountTags.Payroll], ShowAccounts: false),
            new("left", "Left after people", LayoutRowKinds.Formula, Formula: "sales - people"),
            new("share", "of sales", LayoutRowKinds.Percent, Part: "left", Whole: "sales"),
        ]);

    public Result<LayoutInput> ToInput()
    {
        var rows = new List<LayoutRow>(Rows?.Count ?? 0);
        foreach (var (index, row) in (Rows ?? []).Index())
        {
            if (row is null)
            {
                return Problem.Invalid($"rows[{index}]", $"rows[{index}] is no row.");
            }

            var read = row.ToRow(index);
            if (read.Problem is { } wrong)
            {
                return wrong;
            }

            rows.Add(read.Value);
        }

        return new LayoutInput(Name, rows);
    }
}
