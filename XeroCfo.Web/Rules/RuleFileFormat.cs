using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Rules.Matching;
using XeroCfo.Web.Shared.Files;

namespace XeroCfo.Web.Rules;

/// <summary>A row of a file that is no rule: which, from 1, and why.</summary>
public sealed record RuleFileProblem(int Row, string Message);

/// <summary>Rules as files: what one organisation exports, another one imports.</summary>
internal static class RuleFileFormat
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNameCaseInsensitive = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        MaxDepth = 16,
    };

    private static readonly JsonSerializerOptions OneLine = new(Json) { WriteIndented = false };

    public static readonly IReadOnlyList<string> Columns = ["pattern", "category", "accountCode", "priority", "isActive", "conditions"];

    /// <summary>Null when the text is none.</summary>
    private static RuleCondition? Condition(string text)
    {
        try
        {
            return string.IsNullOrWhiteSpace(text) ? null : JsonSerializer.Deserialize<RuleCondition>(text, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static string ToJson(IEnumerable<CategoryRule> rules) => JsonSerializer.Serialize(new { rules = rules.Select(Request) }, Json);

    public static IEnumerable<object?> ToLine(CategoryRule rule) =>
        [rule.Pattern, rule.Category, rule.AccountCode, rule.Priority, rule.IsActive ? "true" : "false", rule.Conditions is { } conditions ? JsonSerializer.Serialize(conditions, OneLine) : null];

    /// <summary>Reads either format; with problems there are no rules.</summary>
    public static (IReadOnlyList<RuleInput> Rules, IReadOnlyList<RuleFileProblem> Problems) Read(string text)
    {
        var (rules, problems) = text.TrimStart('\uFEFF', ' ', '\r', '\n', '\t') is ['{', ..] json ? ReadJson(json) : ReadCsv(text.TrimStart('\uFEFF'));
        problems.AddRange(problems.Count > 0 ? [] : RuleService.CheckImport(rules).Select(wrong => new RuleFileProblem(wrong.Row + 1, wrong.Problem.Message)));
        return problems.Count > 0 ? ([], problems) : (rules, []);
    }

    private static (List<RuleInput> Rules, List<RuleFileProblem> Problems) ReadJson(string text)
    {
        try
        {
            return ([.. (JsonSerializer.Deserialize<RulesImportRequest>(text, Json)?.Rules ?? []).Select(rule => rule?.ToInput()!)], []);
        }
        catch (JsonException fault)
        {
            return ([], [new RuleFileProblem((int)(fault.LineNumber ?? 0) + 1, $"This is no JSON of rules ({fault.Path ?? "$"}).")]);
        }
    }

    private static (List<RuleInput> Rules, List<RuleFileProblem> Problems) ReadCsv(string text)
    {
        var (rules, problems, lines) = (new List<RuleInput>(), new List<RuleFileProblem>(), CsvText.Read(text));
        if (lines is not [var head, ..] || !head.Contains("pattern") || !head.Contains("category"))
        {
            return ([], [new RuleFileProblem(1, $"The first line must name the columns: {string.Join(", ", Columns)}; pattern and category at least.")]);
        }

        if (head.Except(Columns).FirstOrDefault() is { } unknown)
        {
            return ([], [new RuleFileProblem(1, $"There is no column {unknown}. The columns are {string.Join(", ", Columns)}.")]);
        }

        for (var row = 1; row < lines.Count; row++)
        {
            var cells = head.Zip(lines[row]).GroupBy(pair => pair.First).ToDictionary(group => group.Key, group => Plain(group.First().Second));
            string? Cell(string name) => cells.GetValueOrDefault(name) is { Length: > 0 } cell ? cell : null;
            var (priority, active, conditions) = (Cell("priority"), Cell("isActive"), Cell("conditions"));
            var place = 0;
            if (priority is not null && !int.TryParse(priority, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out place))
            {
                problems.Add(new RuleFileProblem(row, "priority must be a whole number."));
            }
            else if (active is not (null or "true" or "false"))
            {
                problems.Add(new RuleFileProblem(row, "isActive must be true or false."));
            }
            else if (conditions is not null && Condition(conditions) is null)
            {
                problems.Add(new RuleFileProblem(row, "conditions must be JSON of conditions."));
            }
            else
            {
                rules.Add(new RuleInput(Cell("pattern"), Cell("category"), Cell("accountCode"), place, active != "false", conditions is null ? null : Condition(conditions)));
            }
        }

        return (rules, problems);
    }

    // Our own files put an apostrophe before what a spreadsheet would take for a formula.
    private static string Plain(string cell) => cell.Length > 1 && cell[0] == '\'' && "=+-@\t\r".Contains(cell[1], StringComparison.Ordinal) ? cell[1..] : cell;

    private static RuleRequest Request(CategoryRule rule) => new(rule.Pattern, rule.Category, rule.AccountCode, rule.Priority, rule.IsActive, rule.Conditions);
}
