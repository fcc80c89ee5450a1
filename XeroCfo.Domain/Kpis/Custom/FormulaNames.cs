using XeroCfo.Domain.Primitives.Formulas;

namespace XeroCfo.Domain.Kpis.Custom;

/// <summary>Reads what a KPI's formula names: <c>account(200)</c>, <c>tag(PAYROLL)</c>, <c>days</c> and the like. Pure.</summary>
internal static class FormulaNames
{
    public static FormulaReference? Read(FormulaCursor cursor)
    {
        var start = cursor.At;
        var word = cursor.Take(char.IsLetter);
        if (word.Equals("days", StringComparison.OrdinalIgnoreCase))
        {
            return new FormulaReference(ReferenceKind.Days, "", word);
        }

        if (!Enum.TryParse<ReferenceKind>(word, true, out var kind))
        {
            return Fail(cursor, start, $"“{word}” is unknown; there are account(…), group(…), tag(…), kpi(…), figure(…) and days");
        }

        var wanted = $"{word} wants a name in parentheses, such as {word}({Example(kind)})";
        var end = cursor.Next() == '(' ? End(cursor.Text, cursor.At) : -1;
        if (end < 0)
        {
            return Fail(cursor, cursor.At, wanted);
        }

        var name = cursor.Text[(cursor.At + 1)..end].Trim();
        name = name is ['"', .. var inner, '"'] ? inner : name;
        cursor.At = end + 1;
        return name.Length == 0 ? Fail(cursor, start, wanted) : new FormulaReference(kind, name, cursor.Text[start..cursor.At]);
    }

    // A name in quotes may hold parentheses.
    private static int End(string text, int open)
    {
        var first = open + 1;
        while (first < text.Length && char.IsWhiteSpace(text[first]))
        {
            first++;
        }

        var from = first < text.Length && text[first] == '"' ? text.IndexOf('"', first + 1) : first;
        return from < 0 || from > text.Length ? -1 : text.IndexOf(')', Math.Min(from, text.Length));
    }

    private static string Example(ReferenceKind kind) => kind switch
    {
        ReferenceKind.Account => "200",
        ReferenceKind.Group => "income",
        ReferenceKind.Tag => "PAYROLL",
        ReferenceKind.Kpi => "grossMargin",
        _ => "People",
    };

    private static FormulaReference? Fail(FormulaCursor cursor, int at, string message)
    {
        cursor.Fail(at, message);
        return null;
    }
}
