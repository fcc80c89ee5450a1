using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace XeroCfo.Data.Xero.Demo;

/// <summary>The part of Xero's where language that callers use: comparisons joined by AND, OR, &amp;&amp;, || and brackets.</summary>
internal sealed partial class WhereClause
{
    private readonly List<string> _tokens;
    private int _at;

    private WhereClause(string text)
    {
        _tokens = [.. Token().Matches(text).Select(match => match.Value)];
        if (Token().Replace(text, "").Trim().Length > 0)
        {
            throw new FormatException("Unexpected text.");
        }
    }

    /// <summary>The test a record must pass; throws FormatException for what it does not understand.</summary>
    public static Func<FakeStored, bool> Parse(string text)
    {
        var clause = new WhereClause(text);
        var test = clause.Or();
        return clause._at == clause._tokens.Count ? test : throw new FormatException($"Unexpected '{clause.Peek()}'.");
    }

    private Func<FakeStored, bool> Or()
    {
        var left = And();
        while (Take("OR", "||"))
        {
            var (first, second) = (left, And());
            left = record => first(record) || second(record);
        }

        return left;
    }

    private Func<FakeStored, bool> And()
    {
        var left = Comparison();
        while (Take("AND", "&&"))
        {
            var (first, second) = (left, Comparison());
            left = record => first(record) && second(record);
        }

        return left;
    }

    private Func<FakeStored, bool> Comparison()
    {
        if (Take("("))
        {
            var inner = Or();
            Expect(")");
            return inner;
        }

        var path = Next();
        if (!char.IsLetter(path[0]))
        {
            throw new FormatException($"'{path}' is no field.");
        }

        var sign = Next();
        var wanted = Literal();
        return sign switch
        {
            "==" or "=" => record => Compare(Field(record, path), wanted) == 0,
            "!=" => record => Compare(Field(record, path), wanted) is not 0,
            ">" => record => Compare(Field(record, path), wanted) > 0,
            ">=" => record => Compare(Field(record, path), wanted) >= 0,
            "<" => record => Compare(Field(record, path), wanted) < 0,
            "<=" => record => Compare(Field(record, path), wanted) <= 0,
            _ => throw new FormatException($"'{sign}' is no comparison."),
        };
    }

    private object Literal()
    {
        var token = Next();
        if (token[0] == '"')
        {
            return token[1..^1];
        }

        if (decimal.TryParse(token, NumberStyles.Number, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        switch (token.ToUpperInvariant())
        {
            case "TRUE":
                return true;
            case "FALSE":
                return false;
            case "GUID":
                Expect("(");
                var id = Next();
                Expect(")");
                return Guid.TryParse(id.Trim('"'), out var guid) ? WireFormat.Id(guid) : throw new FormatException("No guid.");
            case "DATETIME":
                return DateLiteral();
            default:
                throw new FormatException($"'{token}' is no value.");
        }
    }

    private DateOnly DateLiteral()
    {
        Expect("(");
        var parts = new List<int>();
        do
        {
            parts.Add(int.TryParse(Next(), NumberStyles.None, CultureInfo.InvariantCulture, out var part) ? part : throw new FormatException("No date."));
        }
        while (Take(","));
        Expect(")");
        try
        {
            return new DateOnly(parts[0], parts[1], parts[2]);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new FormatException("No such date.");
        }
    }

    private static object? Field(FakeStored record, string path)
    {
        switch (path)
        {
            case "Status" when record.Status.Length > 0:
                return record.Status;
            case "Type" when record.Type.Length > 0:
                return record.Type;
            case "Date" when record.Date is { } date:
                return date;
        }

        JsonNode? node = record.Parse();
        foreach (var name in path.Split('.'))
        {
            node = (node as JsonObject)?.FirstOrDefault(pair => pair.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
        }

        return node switch
        {
            JsonValue value when value.TryGetValue<bool>(out var flag) => flag,
            JsonValue value when value.TryGetValue<decimal>(out var amount) => amount,
            JsonValue value when value.TryGetValue<string>(out var text) => WireFormat.ReadDate(text) is { } date ? date : text,
            _ => null,
        };
    }

    private static int? Compare(object? left, object right) => (left, right) switch
    {
        (string text, string wanted) => string.Compare(text, wanted, StringComparison.OrdinalIgnoreCase),
        (decimal amount, decimal wanted) => amount.CompareTo(wanted),
        (bool flag, bool wanted) => flag.CompareTo(wanted),
        (DateOnly date, DateOnly wanted) => date.CompareTo(wanted),
        _ => null,
    };

    private string Peek() => _at < _tokens.Count ? _tokens[_at] : "";

    private string Next() => _at < _tokens.Count ? _tokens[_at++] : throw new FormatException("The clause ends early.");

    private bool Take(params string[] words)
    {
        var found = words.Any(word => Peek().Equals(word, StringComparison.OrdinalIgnoreCase));
        _at += found ? 1 : 0;
        return found;
    }

    private void Expect(string word)
    {
        if (!Take(word))
        {
            throw new FormatException($"'{word}' expected.");
        }
    }

    [GeneratedRegex("""
        "[^"]*"|==|!=|>=|<=|&&|\|\||[=<>(),]|-?\d+(\.\d+)?|[A-Za-z_][A-Za-z0-9_.]*
        """)]
    private static partial Regex Token();
}
