using System.Globalization;

namespace XeroCfo.Domain.Primitives.Formulas;

/// <summary>Where reading stands in a formula: what reads the names moves it on.</summary>
public sealed class FormulaCursor(string text)
{
    public string Text => text;

    /// <summary>The next character, from 0.</summary>
    public int At { get; set; }

    /// <summary>The first thing that is wrong: its place, from 1, and the words for it, without a full stop.</summary>
    public (int At, string Message)? Wrong { get; private set; }

    /// <summary>The character after white space; NUL at the end.</summary>
    public char Next()
    {
        while (At < text.Length && char.IsWhiteSpace(text[At]))
        {
            At++;
        }

        return At < text.Length ? text[At] : '\0';
    }

    /// <summary>Takes all that follows and fits.</summary>
    public string Take(Func<char, bool> fits)
    {
        var start = At;
        while (At < text.Length && fits(text[At]))
        {
            At++;
        }

        return text[start..At];
    }

    /// <param name="at">From 0.</param>
    /// <param name="message">What is wrong there.</param>
    public void Fail(int at, string message) => Wrong ??= (at + 1, message);
}

/// <summary>
/// Reads a formula from left to right: numbers, percentages, names, + − * / and parentheses; * and / bind more than + and −. It stops at the
/// first thing that is wrong.
/// </summary>
/// <param name="cursor">The text.</param>
/// <param name="name">Reads a name at the cursor, where a letter stands; null when it has said what is wrong.</param>
public sealed class FormulaReader<TName>(FormulaCursor cursor, Func<FormulaCursor, TName?> name)
    where TName : class
{
    /// <summary>So deep that no person writes it, and no stack ends.</summary>
    private const int Deepest = 60;

    private const decimal Largest = 1_000_000_000_000m;

    private int _depth;

    /// <summary>The whole formula; null when something in it is wrong.</summary>
    public FormulaNode<TName>? ReadAll()
    {
        var root = Sum();
        if (root is not null && cursor.Next() is not '\0' and var other)
        {
            return Fail(cursor.At, other == ')' ? "this ) has no ( before it" : $"“{other}” is not expected here; a sign (+ − * /) or the end is");
        }

        return root;
    }

    private FormulaNode<TName>? Sum() => Chain(Product, "+-−");

    private FormulaNode<TName>? Product() => Chain(Signed, "*/×÷");

    private FormulaNode<TName>? Chain(Func<FormulaNode<TName>?> part, string signs)
    {
        var left = part();
        while (left is not null)
        {
            if (!signs.Contains(cursor.Next(), StringComparison.Ordinal))
            {
                return left;
            }

            var (at, sign) = (cursor.At, cursor.Text[cursor.At++] switch { '−' => '-', '×' => '*', '÷' => '/', var plain => plain });
            left = part() is { } right ? new FormulaNode<TName>.Pair(at + 1, sign, left, right) : null;
        }

        return null;
    }

    private FormulaNode<TName>? Signed()
    {
        if (cursor.Next() is not ('-' or '−'))
        {
            return Single();
        }

        var at = cursor.At++;
        return Deeper(Signed) is { } of ? new FormulaNode<TName>.Minus(at + 1, of) : null;
    }

    private FormulaNode<TName>? Single() => cursor.Next() switch
    {
        '\0' => Fail(cursor.At, "a number, a name or ( is missing"),
        '(' => Parenthesis(),
        '.' or (>= '0' and <= '9') => Number(),
        var letter when char.IsLetter(letter) => Named(),
        var other => Fail(cursor.At, $"“{other}” is not expected here; a number, a name or ( is"),
    };

    private FormulaNode<TName>? Named()
    {
        var at = cursor.At;
        return name(cursor) is { } found ? new FormulaNode<TName>.Name(at + 1, found) : null;
    }

    private FormulaNode<TName>? Parenthesis()
    {
        var open = cursor.At++;
        if (Deeper(Sum) is not { } inner)
        {
            return null;
        }

        if (cursor.Next() != ')')
        {
            return Fail(open, "this ( has no ) after it");
        }

        cursor.At++;
        return inner;
    }

    private FormulaNode<TName>? Number()
    {
        var start = cursor.At;
        var digits = cursor.Take(letter => char.IsAsciiDigit(letter) || letter == '.');
        if (!decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) || value > Largest)
        {
            return Fail(start, $"“{digits}” is no number that can be used; write 1234.5, without a separator of thousands");
        }

        if (cursor.At < cursor.Text.Length && cursor.Text[cursor.At] == '%')
        {
            cursor.At++;
            value /= 100;
        }

        return new FormulaNode<TName>.Number(start + 1, value);
    }

    private FormulaNode<TName>? Deeper(Func<FormulaNode<TName>?> read)
    {
        if (++_depth > Deepest)
        {
            return Fail(cursor.At, "the parentheses are too deep");
        }

        var node = read();
        _depth--;
        return node;
    }

    private FormulaNode<TName>? Fail(int at, string message)
    {
        cursor.Fail(at, message);
        return null;
    }
}
