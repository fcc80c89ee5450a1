using System.Globalization;

namespace XeroCfo.Domain.Reports.Layouts;

/// <summary>A number, or why there is none.</summary>
public readonly record struct LayoutNumber(decimal? Value, string? Reason)
{
    public static LayoutNumber Of(decimal value) => new(value, null);

    public static LayoutNumber None(string? reason) => new(null, reason);
}

/// <summary>A formula over rows: <c>(sales - costs) / sales * 100</c>. Pure.</summary>
public sealed class LayoutFormula
{
    public const int Limit = 500;

    private const int Deepest = 50;

    private readonly Node _root;

    private LayoutFormula(Node root, IReadOnlyList<(string Id, int Position)> rows) => (_root, Rows) = (root, rows);

    private delegate LayoutNumber Node(Func<string, LayoutNumber> row);

    /// <summary>The rows that it speaks of, with their places in the text, from 1.</summary>
    public IReadOnlyList<(string Id, int Position)> Rows { get; }

    /// <summary>The formula, or what is wrong with it and at which place, from 1.</summary>
    public static (LayoutFormula? Formula, string? Wrong, int Position) Parse(string text)
    {
        var reader = new Reader(text);
        return reader.Whole() is { } root ? (new LayoutFormula(root, reader.Rows), null, 0) : (null, reader.Wrong, reader.Position + 1);
    }

    /// <summary>Its number where the rows have theirs; without one where a row has none, over nothing, or beyond all bounds.</summary>
    public LayoutNumber Compute(Func<string, LayoutNumber> row)
    {
        try
        {
            return _root(row);
        }
        catch (OverflowException)
        {
            return LayoutNumber.None("the number is too large");
        }
    }

    // Recursive descent; depth is bounded, and so is the text.
    private sealed class Reader(string text)
    {
        private int _depth;

        public int Position { get; private set; }

        public string? Wrong { get; private set; }

        public List<(string Id, int Position)> Rows { get; } = [];

        public Node? Whole()
        {
            if (text.Length > Limit)
            {
                return Fail($"a formula has at most {Limit} characters");
            }

            var node = Sum();
            return node is null ? null : Peek() == '\0' ? node : Fail($"“{text[Position]}” does not belong here");
        }

        private Node? Sum()
        {
            var left = Product();
            while (left is not null && Peek() is '+' or '-' or '−')
            {
                var isPlus = text[Position++] == '+';
                var (first, second) = (left, Product());
                left = second is null ? null : isPlus ? row => Both(first(row), second(row), (one, other) => one + other) : row => Both(first(row), second(row), (one, other) => one - other);
            }

            return left;
        }

        private Node? Product()
        {
            var left = Factor();
            while (left is not null && Peek() is '*' or '/' or '×' or '÷')
            {
                var isTimes = text[Position++] is '*' or '×';
                var (first, second) = (left, Factor());
                left = second is null ? null : isTimes ? row => Both(first(row), second(row), (one, other) => one * other) : row => Quotient(first(row), second(row));
            }

            return left;
        }

        private Node? Factor()
        {
            if (++_depth > Deepest)
            {
                return Fail("the formula is nested too deeply");
            }

            var node = Peek() switch
            {
                '-' or '−' => Negative(),
                '(' => Parenthesis(),
                '\0' => Fail("the formula ends where a row or a number must come"),
                var letter when char.IsAsciiLetter(letter) => Row(),
                var digit when char.IsAsciiDigit(digit) => Number(),
                var other => Fail($"“{other}” does not belong here"),
            };
            _depth--;
            return node;
        }

        private Node? Negative()
        {
            Position++;
            return Factor() is not { } node ? null : row => node(row) is { Value: { } value } ? LayoutNumber.Of(-value) : node(row);
        }

        private Node? Parenthesis()
        {
            Position++;
            if (Sum() is not { } node)
            {
                return null;
            }

            if (Peek() != ')')
            {
                return Fail("a closing parenthesis is missing");
            }

            Position++;
            return node;
        }

        private Node Row()
        {
            var start = Position;
            while (Position < text.Length && (char.IsAsciiLetterOrDigit(text[Position]) || text[Position] == '_'))
            {
                Position++;
            }

            var id = text[start..Position];
            Rows.Add((id, start + 1));
            return row => row(id);
        }

        private Node? Number()
        {
            var start = Position;
            while (Position < text.Length && (char.IsAsciiDigit(text[Position]) || text[Position] == '.'))
            {
                Position++;
            }

            if (!decimal.TryParse(text[start..Position], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                Position = start;
                return Fail("this is no number");
            }

            return _ => LayoutNumber.Of(number);
        }

        private char Peek()
        {
            while (Position < text.Length && char.IsWhiteSpace(text[Position]))
            {
                Position++;
            }

            return Position < text.Length ? text[Position] : '\0';
        }

        private Node? Fail(string wrong)
        {
            Wrong ??= wrong;
            return null;
        }

        private static LayoutNumber Both(LayoutNumber left, LayoutNumber right, Func<decimal, decimal, decimal> compute) =>
            left.Value is not { } one ? left : right.Value is not { } other ? right : LayoutNumber.Of(compute(one, other));

        private static LayoutNumber Quotient(LayoutNumber left, LayoutNumber right) =>
            left.Value is not { } one ? left : right.Value is not { } other ? right : other == 0 ? LayoutNumber.None("it would be divided by 0") : LayoutNumber.Of(one / other);
    }
}
