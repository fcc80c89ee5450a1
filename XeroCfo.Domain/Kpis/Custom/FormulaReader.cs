using System.Globalization;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Kpis.Custom;

/// <summary>Reads a formula from left to right; × and / bind more than + and −. It stops at the first thing that is wrong.</summary>
internal sealed class FormulaReader(string text)
{
    /// <summary>So deep that no person writes it, and no stack ends.</summary>
    private const int Deepest = 60;

    private int _at;
    private int _depth;

    public Problem? Wrong { get; private set; }

    public FormulaNode? ReadAll()
    {
        var root = Sum();
        Skip();
        if (root is not null && _at < text.Length)
        {
            return Fail(_at, text[_at] == ')' ? "this ) has no ( before it." : $"“{text[_at]}” is not expected here; a sign (+ − * /) or the end is.");
        }

        return root;
    }

    private FormulaNode? Sum() => Chain(Product, "+-−");

    private FormulaNode? Product() => Chain(Signed, "*/×÷");

    private FormulaNode? Chain(Func<FormulaNode?> part, string signs)
    {
        var left = part();
        while (left is not null)
        {
            Skip();
            if (_at >= text.Length || !signs.Contains(text[_at], StringComparison.Ordinal))
            {
                return left;
            }

            var (at, sign) = (_at, text[_at++] switch { '−' => '-', '×' => '*', '÷' => '/', var plain => plain });
            left = part() is { } right ? new FormulaNode.Pair(at + 1, sign, left, right) : null;
        }

        return null;
    }

    private FormulaNode? Signed()
    {
        Skip();
        if (_at >= text.Length || text[_at] is not ('-' or '−'))
        {
            return Single();
        }

        var at = _at++;
        return Deeper(Signed) is { } of ? new FormulaNode.Minus(at + 1, of) : null;
    }

    private FormulaNode? Single()
    {
        Skip();
        if (_at >= text.Length)
        {
            return Fail(_at, "a number, a name or ( is missing.");
        }

        return text[_at] == '(' ? Parenthesis()
            : char.IsAsciiDigit(text[_at]) || text[_at] == '.' ? Number()
            : char.IsLetter(text[_at]) ? Named()
            : Fail(_at, $"“{text[_at]}” is not expected here; a number, a name or ( is.");
    }

    private FormulaNode? Parenthesis()
    {
        var open = _at++;
        if (Deeper(Sum) is not { } inner)
        {
            return null;
        }

        Skip();
        if (_at >= text.Length || text[_at] != ')')
        {
            return Fail(open, "this ( has no ) after it.");
        }

        _at++;
        return inner;
    }

    private FormulaNode? Number()
    {
        var start = _at;
        while (_at < text.Length && (char.IsAsciiDigit(text[_at]) || text[_at] == '.'))
        {
            _at++;
        }

        if (!decimal.TryParse(text.AsSpan(start, _at - start), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) || value > 1_000_000_000_000m)
        {
            return Fail(start, $"“{text[start.._at]}” is no number that can be used; write 1234.5, without a separator of thousands.");
        }

        if (_at < text.Length && text[_at] == '%')
        {
            _at++;
            value /= 100;
        }

        return new FormulaNode.Number(start + 1, value);
    }

    private FormulaNode? Named()
    {
        var start = _at;
        while (_at < text.Length && char.IsLetter(text[_at]))
        {
            _at++;
        }

        var word = text[start.._at];
        if (word.Equals("days", StringComparison.OrdinalIgnoreCase))
        {
            return new FormulaNode.Reference(start + 1, ReferenceKind.Days, "", word);
        }

        if (!Enum.TryParse<ReferenceKind>(word, true, out var kind))
        {
            return Fail(start, $"“{word}” is unknown; there are account(…), group(…), tag(…), kpi(…), figure(…) and days.");
        }

        Skip();
        var end = _at < text.Length && text[_at] == '(' ? End(_at) : -1;
        if (end < 0)
        {
            return Fail(Math.Min(_at, text.Length), $"{word} wants a name in parentheses, such as {word}({Example(kind)}).");
        }

        var name = text[(_at + 1)..end].Trim();
        name = name is ['"', .. var inner, '"'] ? inner : name;
        _at = end + 1;
        return name.Length == 0 ? Fail(start, $"{word} wants a name in parentheses, such as {word}({Example(kind)}).") : new FormulaNode.Reference(start + 1, kind, name, text[start.._at]);
    }

    // A name in quotes may hold parentheses.
    private int End(int open)
    {
        var first = open + 1;
        while (first < text.Length && char.IsWhiteSpace(text[first]))
        {
            first++;
        }

        var from = first < text.Length && text[first] == '"' ? text.IndexOf('"', first + 1) : first;
        return from < 0 || from > text.Length ? -1 : text.IndexOf(')', Math.Min(from, text.Length));
    }

    private FormulaNode? Deeper(Func<FormulaNode?> read)
    {
        if (++_depth > Deepest)
        {
            return Fail(_at, "the parentheses are too deep.");
        }

        var node = read();
        _depth--;
        return node;
    }

    private static string Example(ReferenceKind kind) => kind switch
    {
        ReferenceKind.Account => "200",
        ReferenceKind.Group => "income",
        ReferenceKind.Tag => "PAYROLL",
        ReferenceKind.Kpi => "grossMargin",
        _ => "People",
    };

    private FormulaNode? Fail(int at, string message)
    {
        Wrong ??= Formula.Wrong(at + 1, message);
        return null;
    }

    private void Skip()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }
    }
}
