using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Primitives.Formulas;

namespace XeroCfo.Domain.Kpis.Custom;

/// <summary>What a reference in a formula names.</summary>
public enum ReferenceKind
{
    /// <summary><c>account(200)</c>: by code, or by name where it has none.</summary>
    Account,

    /// <summary><c>group(income)</c>: a section or total of a statement.</summary>
    Group,

    /// <summary><c>tag(PAYROLL)</c>: all accounts that carry it.</summary>
    Tag,

    /// <summary><c>kpi(grossMargin)</c>: another KPI.</summary>
    Kpi,

    /// <summary><c>figure(People)</c>: one that a person types in.</summary>
    Figure,

    /// <summary><c>days</c>: of the period.</summary>
    Days,
}

/// <summary>A name in a formula with what it names, and the words as they were written.</summary>
public sealed record FormulaReference(ReferenceKind Kind, string Name, string Words);

/// <summary>
/// A formula of a KPI: numbers, percentages, + − * / and parentheses over <c>account(…)</c>, <c>group(…)</c>, <c>tag(…)</c>, <c>kpi(…)</c>, <c>figure(…)</c>
/// and <c>days</c>. Accounts of income and expense count what moved in the period, all others their balance at its end, in display sign.
/// </summary>
public sealed class Formula
{
    public const int Limit = 1_000;

    private Formula(string text, FormulaNode<FormulaReference> root) => (Text, Root) = (text, root);

    public string Text { get; }

    public FormulaNode<FormulaReference> Root { get; }

    /// <summary>Every name in it, in the order of reading.</summary>
    public IEnumerable<FormulaNode<FormulaReference>.Name> References => Root.Names;

    /// <summary>The formula, or what is wrong and at which character.</summary>
    public static Result<Formula> Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > Limit)
        {
            return Problem.Invalid("formula", $"A formula is 1 to {Limit} characters.");
        }

        var cursor = new FormulaCursor(text);
        var root = new FormulaReader<FormulaReference>(cursor, FormulaNames.Read).ReadAll();
        return cursor.Wrong is { } wrong ? Wrong(wrong.At, $"{wrong.Message}.") : new Formula(text, root!);
    }

    /// <summary>A refusal that names the place.</summary>
    public static Problem Wrong(int at, string message, ProblemKind kind = ProblemKind.Invalid) => new(
        kind == ProblemKind.Invalid ? "formula-invalid" : "formula-refused", $"At position {at}: {message}", kind, "formula");
}
