using XeroCfo.Domain.Primitives.Formulas;

namespace XeroCfo.Domain.Reports.Layouts;

/// <summary>A formula over rows: <c>(sales - costs) / sales * 100</c>. Pure.</summary>
public sealed class LayoutFormula
{
    public const int Limit = 500;

    private readonly FormulaNode<string> _root;

    private LayoutFormula(FormulaNode<string> root) => _root = root;

    /// <summary>The rows that it speaks of, with their places in the text, from 1.</summary>
    public IReadOnlyList<(string Id, int Position)> Rows => [.. _root.Names.Select(name => (name.Of, name.At))];

    /// <summary>The formula, or what is wrong with it and at which place, from 1.</summary>
    public static (LayoutFormula? Formula, string? Wrong, int Position) Parse(string text)
    {
        if (text.Length > Limit)
        {
            return (null, $"a formula has at most {Limit} characters", 1);
        }

        var cursor = new FormulaCursor(text);
        var root = new FormulaReader<string>(cursor, Row).ReadAll();
        return cursor.Wrong is { } wrong ? (null, wrong.Message, wrong.At) : (new LayoutFormula(root!), null, 0);
    }

    /// <summary>Its number where the rows have theirs; without one where a row has none, over nothing, or beyond all bounds.</summary>
    public FormulaNumber Compute(Func<string, FormulaNumber> row) => _root.Compute(name => row(name.Of));

    private static string? Row(FormulaCursor cursor)
    {
        var start = cursor.At;
        if (cursor.Take(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_') is { Length: > 0 } id)
        {
            return id;
        }

        cursor.Fail(start, $"“{cursor.Text[start]}” is not expected here; ids of rows have plain letters, digits and _");
        return null;
    }
}
