using System.Text;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Kpis.Custom;

/// <summary>What may be wrong with a custom KPI: by itself, and among the others and the chart. Pure.</summary>
public static class CustomKpiCheck
{
    /// <summary>An address of the API, and so no KPI's key.</summary>
    private const string Reserved = "custom";

    /// <summary>By itself.</summary>
    public static Problem? Alone(CustomKpiInput input)
    {
        if (CheckName(input.Name, CustomKpi.NameLimit, "name") is { } badName)
        {
            return badName;
        }

        if (CheckFigures(input.Figures) is { } badFigures)
        {
            return badFigures;
        }

        var formula = Formula.Read(input.Formula?.Trim());
        return formula.Problem ?? formula.Value.References.Select(name => Known(name.At, name.Of, input)).FirstOrDefault(wrong => wrong is not null);
    }

    /// <summary>Among the organisation's KPIs and accounts.</summary>
    /// <param name="input">As it is to be.</param>
    /// <param name="key">Its key; null: it is new.</param>
    /// <param name="known">The organisation's own KPIs.</param>
    /// <param name="chart">Its accounts.</param>
    public static Problem? Among(CustomKpiInput input, string? key, IReadOnlyList<CustomKpi> known, IReadOnlyList<Account> chart)
    {
        var others = known.Where(kpi => kpi.Key != key).ToList();
        var name = CustomKpi.Normalize(input.Name!);
        if (others.Exists(kpi => kpi.NormalizedName == name) || KpiCatalogue.Definitions.Any(definition => CustomKpi.Normalize(definition.Name) == name))
        {
            return new Problem("kpi-name-taken", "There is a KPI of that name.", ProblemKind.Conflict, "name");
        }

        if (key is null && known.Count >= CustomKpi.Most)
        {
            return new Problem("too-many-kpis", $"There are {CustomKpi.Most} KPIs of your own. Delete one first.", ProblemKind.Refused);
        }

        foreach (var (at, reference) in Formula.Read(input.Formula!.Trim()).Value.References)
        {
            var wrong = reference.Kind switch
            {
                ReferenceKind.Account when FormulaScope.Find(chart, reference.Name) is null => $"there is no account {reference.Name} in the chart.",
                ReferenceKind.Tag when chart.All(account => account.Tag != reference.Name) => $"no account carries the tag {reference.Name}.",
                ReferenceKind.Kpi when KpiCatalogue.Find(reference.Name) is null && reference.Name != key && others.TrueForAll(kpi => kpi.Key != reference.Name) => $"there is no KPI {reference.Name}.",
                ReferenceKind.Kpi when key is not null && Circle(reference.Name, key, others) is { } path => $"this goes in a circle: {key} → {string.Join(" → ", path)}.",
                _ => null,
            };
            if (wrong is not null)
            {
                return Formula.Wrong(at, wrong, ProblemKind.Refused);
            }
        }

        return null;
    }

    /// <summary>Another one leans on it: null when none does.</summary>
    public static Problem? Needed(Guid id, IReadOnlyList<CustomKpi> known)
    {
        var key = known.First(kpi => kpi.Id == id).Key;
        return known.FirstOrDefault(kpi => kpi.Id != id && Names(kpi.Formula).Contains(key)) is { } leaning
            ? new Problem("kpi-needed", $"{leaning.Name} leans on it. Change its formula first.", ProblemKind.Conflict)
            : null;
    }

    /// <summary>A key from a name: its letters and digits, as programs write names.</summary>
    public static string KeyOf(string name, Func<string, bool> isTaken)
    {
        var key = new StringBuilder();
        foreach (var word in name.Normalize(NormalizationForm.FormD).Split(letter => !char.IsAsciiLetterOrDigit(letter)))
        {
            key.Append(key.Length == 0 ? word[..1].ToLowerInvariant() : word[..1].ToUpperInvariant()).Append(word[1..]);
        }

        var plain = key.Length == 0 || char.IsAsciiDigit(key[0]) ? "kpi" + key : key.ToString();
        plain = plain.Length > 50 ? plain[..50] : plain;
        return Enumerable.Range(1, int.MaxValue).Select(number => number == 1 ? plain : plain + number).First(candidate => !isTaken(candidate) && candidate != Reserved && KpiCatalogue.Find(candidate) is null);
    }

    private static IEnumerable<string> Split(this string text, Func<char, bool> isBetween)
    {
        var word = new StringBuilder();
        foreach (var letter in text.Where(letter => char.GetUnicodeCategory(letter) != System.Globalization.UnicodeCategory.NonSpacingMark).Append(' '))
        {
            if (!isBetween(letter))
            {
                word.Append(letter);
            }
            else if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }
    }

    // The way from one KPI back to another; null: there is none.
    private static List<string>? Circle(string from, string to, List<CustomKpi> others, HashSet<string>? seen = null)
    {
        if (from == to)
        {
            return [from];
        }

        return !(seen ??= []).Add(from) || others.Find(kpi => kpi.Key == from) is not { } next ? null
            : Names(next.Formula).Select(name => Circle(name, to, others, seen)).OfType<List<string>>().FirstOrDefault() is { } rest ? [from, .. rest]
            : null;
    }

    private static IEnumerable<string> Names(string formula) =>
        Formula.Read(formula) is { Succeeded: true, Value: var read } ? read.References.Where(name => name.Of.Kind == ReferenceKind.Kpi).Select(name => name.Of.Name).Distinct() : [];

    private static Problem? Known(int at, FormulaReference reference, CustomKpiInput input) => reference.Kind switch
    {
        ReferenceKind.Group when !FormulaScope.Groups.Contains(reference.Name, StringComparer.OrdinalIgnoreCase) => Formula.Wrong(at, $"there is no group {reference.Name}; there are {string.Join(", ", FormulaScope.Groups)}."),
        ReferenceKind.Tag when !AccountTags.All.Contains(reference.Name) => Formula.Wrong(at, $"there is no tag {reference.Name}; there are {string.Join(", ", AccountTags.All)}."),
        ReferenceKind.Figure when !input.Figures.Any(figure => figure.Name.Trim().Equals(reference.Name, StringComparison.OrdinalIgnoreCase)) => Formula.Wrong(at, $"no figure {reference.Name} is typed in below."),
        _ => null,
    };

    private static Problem? CheckFigures(IReadOnlyList<TypedFigure> figures)
    {
        if (figures.Count > TypedFigure.Most)
        {
            return Problem.Invalid("figures", $"figures may list {TypedFigure.Most} figures at most.");
        }

        for (var at = 0; at < figures.Count; at++)
        {
            var (figure, place) = (figures[at], $"figures[{at}]");
            if (figure is null || CheckName(figure.Name, TypedFigure.NameLimit, $"{place}.name") is not null)
            {
                return Problem.Invalid($"{place}.name", $"A figure's name must be 1 to {TypedFigure.NameLimit} characters.");
            }

            if (figures.Take(at).Any(other => other.Name.Trim().Equals(figure.Name.Trim(), StringComparison.OrdinalIgnoreCase)))
            {
                return Problem.Invalid($"{place}.name", $"There are two figures {figure.Name}.");
            }

            if (figure.Values is not { Count: > 0 and <= TypedFigure.MostValues } values || values.Any(value => value is null || !Month.TryParse(value.Month, out _) || Math.Abs(value.Value) > 1_000_000_000_000m))
            {
                return Problem.Invalid($"{place}.values", $"{figure.Name} must have 1 to {TypedFigure.MostValues} values, each from a month (yyyy-MM) on.");
            }

            if (values.Select(value => value.Month).Distinct().Count() != values.Count)
            {
                return Problem.Invalid($"{place}.values", $"{figure.Name} must have one value a month.");
            }
        }

        return null;
    }

    private static Problem? CheckName(string? name, int limit, string field) =>
        string.IsNullOrWhiteSpace(name) || name.Trim().Length > limit || name.Any(char.IsControl) || TextRules.Askable(name) != name ? Problem.Invalid(field, $"{field} must be 1 to {limit} characters.") : null;
}
