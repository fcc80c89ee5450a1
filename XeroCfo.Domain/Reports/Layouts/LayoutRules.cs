using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Reports.Layouts;

/// <summary>What a layout must be by itself. Pure.</summary>
public static class LayoutRules
{
    public const int MostRows = 200, MostAccounts = 2_000, IdLimit = 40, LabelLimit = 100;

    public static readonly IReadOnlyList<string> Units = ["money", "percent", "ratio", "days", "count"];

    /// <summary>The sections by whose keys a group may take accounts.</summary>
    public static readonly IReadOnlyList<StatementSection> Sections =
    [
        StatementSection.Income, StatementSection.CostOfSales, StatementSection.OtherIncome, StatementSection.OperatingExpenses, StatementSection.Bank, StatementSection.CurrentAssets,
        StatementSection.FixedAssets, StatementSection.NonCurrentAssets, StatementSection.CurrentLiabilities, StatementSection.NonCurrentLiabilities, StatementSection.Equity,
    ];

    /// <summary>The first thing that is wrong, with its place: <c>rows[3].formula</c>, and in a formula the position.</summary>
    public static Problem? Check(LayoutInput input)
    {
        if (string.IsNullOrWhiteSpace(input.Name) || input.Name.Trim().Length > ReportLayout.NameLimit || input.Name.Any(char.IsControl) || TextRules.Askable(input.Name) != input.Name)
        {
            return Problem.Invalid("name", $"name must be 1 to {ReportLayout.NameLimit} characters.");
        }

        if (input.Rows.Count is 0 or > MostRows)
        {
            return Problem.Invalid("rows", $"rows must list 1 to {MostRows} rows.");
        }

        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var index = 0; index < input.Rows.Count; index++)
        {
            if ((CheckHead(input.Rows[index], index) ?? CheckBody(input.Rows[index], index)) is { } wrong)
            {
                return wrong;
            }

            if (!places.TryAdd(input.Rows[index].Id, index))
            {
                return Problem.Invalid($"rows[{index}].id", $"rows[{index}].id is that of rows[{places[input.Rows[index].Id]}] too; each row has its own.");
            }
        }

        return CheckReferences(input.Rows, places) ?? CheckCircles(input.Rows, places);
    }

    /// <summary>The rows that a row is computed from.</summary>
    public static IReadOnlyList<string> References(LayoutRow row) => row.Kind switch
    {
        LayoutRowKinds.Subtotal => row.Of ?? [],
        LayoutRowKinds.Percent => [row.Part!, row.Whole!],
        LayoutRowKinds.Formula => [.. LayoutFormula.Parse(row.Formula ?? "").Formula?.Rows.Select(reference => reference.Id) ?? []],
        _ => [],
    };

    private static Problem? CheckHead(LayoutRow row, int index) =>
        row is null ? Problem.Invalid($"rows[{index}]", $"rows[{index}] is no row.")
        : !IsId(row.Id) ? Problem.Invalid($"rows[{index}].id", $"rows[{index}].id must be 1 to {IdLimit} letters, digits and underscores, beginning with a letter.")
        : string.IsNullOrWhiteSpace(row.Label) || row.Label.Trim().Length > LabelLimit || row.Label.Any(char.IsControl) || TextRules.Askable(row.Label) != row.Label
            ? Problem.Invalid($"rows[{index}].label", $"rows[{index}].label must be 1 to {LabelLimit} characters.")
        : NotOneOf(index, "kind", row.Kind, LayoutRowKinds.All)
            ?? NotOneOf(index, "better", row.Better, LayoutDirections.All)
            ?? NotOneOf(index, "measure", row.Measure, LayoutMeasures.All)
            ?? NotOneOf(index, "unit", row.Unit, Units)
            ?? Misplaced(row, index);

    // Each member belongs to one kind of row.
    private static Problem? Misplaced(LayoutRow row, int index)
    {
        (string Name, object? Value, string Kind)[] members =
        [
            ("accountIds", row.AccountIds, LayoutRowKinds.Group), ("tags", row.Tags, LayoutRowKinds.Group), ("sections", row.Sections, LayoutRowKinds.Group), ("measure", row.Measure, LayoutRowKinds.Group),
            ("showAccounts", row.ShowAccounts, LayoutRowKinds.Group), ("of", row.Of, LayoutRowKinds.Subtotal), ("formula", row.Formula, LayoutRowKinds.Formula), ("unit", row.Unit, LayoutRowKinds.Formula),
            ("part", row.Part, LayoutRowKinds.Percent), ("whole", row.Whole, LayoutRowKinds.Percent),
        ];
        return members.FirstOrDefault(member => member.Value is not null && member.Kind != row.Kind) is { Name: { } name, Kind: { } kind }
            ? Problem.Invalid($"rows[{index}].{name}", $"rows[{index}].{name} belongs to a {kind} and not to a {row.Kind}.")
            : null;
    }

    private static Problem? CheckBody(LayoutRow row, int index) => row.Kind switch
    {
        LayoutRowKinds.Group => CheckGroup(row, index),
        LayoutRowKinds.Subtotal when row.Of is null or { Count: 0 or > MostRows } => Problem.Invalid($"rows[{index}].of", $"rows[{index}].of must name 1 to {MostRows} rows."),
        LayoutRowKinds.Formula when string.IsNullOrWhiteSpace(row.Formula) => Problem.Invalid($"rows[{index}].formula", $"rows[{index}].formula is missing."),
        LayoutRowKinds.Formula when LayoutFormula.Parse(row.Formula) is { Formula: null } wrong => Problem.Invalid($"rows[{index}].formula", $"rows[{index}].formula, position {wrong.Position}: {wrong.Wrong}.", "invalid-formula"),
        LayoutRowKinds.Percent when string.IsNullOrEmpty(row.Part) => Problem.Invalid($"rows[{index}].part", $"rows[{index}].part is missing: name the row that is the part."),
        LayoutRowKinds.Percent when string.IsNullOrEmpty(row.Whole) => Problem.Invalid($"rows[{index}].whole", $"rows[{index}].whole is missing: name the row that is the whole."),
        _ => null,
    };

    private static Problem? CheckGroup(LayoutRow row, int index)
    {
        if (row is { AccountIds: null or [], Tags: null or [], Sections: null or [] })
        {
            return Problem.Invalid($"rows[{index}].accountIds", $"rows[{index}] takes no account: name accountIds, tags or sections.");
        }

        if (row.AccountIds is { Count: > MostAccounts })
        {
            return Problem.Invalid($"rows[{index}].accountIds", $"rows[{index}].accountIds must be at most {MostAccounts}.");
        }

        return Strange(row.Tags, AccountTags.All) is { } tag ? Problem.Invalid($"rows[{index}].tags[{tag}]", $"rows[{index}].tags[{tag}] must be one of {string.Join(", ", AccountTags.All)}.")
            : Strange(row.Sections, [.. Sections.Select(section => section.Key)]) is { } section
                ? Problem.Invalid($"rows[{index}].sections[{section}]", $"rows[{index}].sections[{section}] must be one of {string.Join(", ", Sections.Select(one => one.Key))}.")
            : null;
    }

    private static Problem? CheckReferences(IReadOnlyList<LayoutRow> rows, Dictionary<string, int> places)
    {
        foreach (var (index, row) in rows.Index())
        {
            foreach (var (reference, id) in References(row).Index())
            {
                var (field, place) = row.Kind switch
                {
                    LayoutRowKinds.Subtotal => ($"rows[{index}].of[{reference}]", ""),
                    LayoutRowKinds.Percent => ($"rows[{index}].{(reference == 0 ? "part" : "whole")}", ""),
                    _ => ($"rows[{index}].formula", $", position {LayoutFormula.Parse(row.Formula!).Formula!.Rows[reference].Position}"),
                };
                if (!places.TryGetValue(id, out var target))
                {
                    return Problem.Invalid(field, $"{field}{place}: there is no row {Shown(id)}.", "unknown-row");
                }

                if (rows[target].Kind == LayoutRowKinds.Heading)
                {
                    return Problem.Invalid(field, $"{field}{place}: the row {Shown(id)} is a heading and has no amount.", "unknown-row");
                }
            }
        }

        return null;
    }

    private static Problem? CheckCircles(IReadOnlyList<LayoutRow> rows, Dictionary<string, int> places)
    {
        // Rows are done once everything below them is; the way from the top is kept to name a circle.
        var (done, way) = (new HashSet<string>(StringComparer.Ordinal), new List<string>());
        return rows.Select(row => Walk(row)).FirstOrDefault(problem => problem is not null);

        Problem? Walk(LayoutRow row)
        {
            if (done.Contains(row.Id))
            {
                return null;
            }

            if (way.IndexOf(row.Id) is >= 0 and var start)
            {
                var index = places[way[^1]];
                return Problem.Invalid($"rows[{index}]", $"rows[{index}] is computed in a circle: {string.Join(" → ", way.Skip(start).Append(row.Id))}.", "circular-formula");
            }

            way.Add(row.Id);
            var wrong = References(row).Select(id => Walk(rows[places[id]])).FirstOrDefault(problem => problem is not null);
            way.RemoveAt(way.Count - 1);
            done.Add(row.Id);
            return wrong;
        }
    }

    private static bool IsId(string? id) => id is { Length: > 0 and <= IdLimit } && char.IsAsciiLetter(id[0]) && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');

    private static string Shown(string id) => $"“{TextRules.Limit(id, IdLimit)}”";

    private static int? Strange(IReadOnlyList<string>? words, IReadOnlyList<string> known) => words?.Index().Where(word => !known.Contains(word.Item)).Select(word => (int?)word.Index).FirstOrDefault();

    private static Problem? NotOneOf(int index, string member, string? value, IReadOnlyList<string> words) =>
        value is null && member != "kind" ? null : words.Contains(value) ? null : Problem.Invalid($"rows[{index}].{member}", $"rows[{index}].{member} must be one of {string.Join(", ", words)}.");
}
