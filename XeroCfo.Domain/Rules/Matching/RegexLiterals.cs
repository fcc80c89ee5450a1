using System.Text;

namespace XeroCfo.Domain.Rules.Matching;

/// <summary>
/// Finds text that every match of a regular expression must contain. It reads only what it is sure of: where it is not, there is no such text,
/// and the expression is tried on every field.
/// </summary>
internal static class RegexLiterals
{
    /// <summary>The longest run of plain characters outside of groups; empty when there is none.</summary>
    public static string Longest(string expression)
    {
        var runs = new Runs();
        for (var i = 0; i < expression.Length; i++)
        {
            if (Step(expression, i, runs) is not { } next)
            {
                return "";
            }

            i = next;
        }

        runs.End();
        return runs.Best;
    }

    // The place of the last character that was read; null where it is no longer sure.
    private static int? Step(string expression, int at, Runs runs)
    {
        var letter = expression[at];
        switch (letter)
        {
            case '|' when runs.Depth == 0:
            case ')' when runs.Depth == 0:
            case '(' when IsOption(expression, at):
                return null;
            case '(':
                runs.Open();
                return at + (at + 1 < expression.Length && expression[at + 1] == '?' ? 2 : 0);
            case ')':
                runs.Depth--;
                return at;
            case '[':
                runs.End();
                return EndOfClass(expression, at);
            case '\\':
                return Escape(expression, at + 1, runs);
            case '*' or '?':
                runs.Unsay();
                return at;
            case '{' when QuantifierEnd(expression, at) is { } close:
                runs.Unsay();
                return close;
            case '+' or '.' or '^' or '$' or '{':
                runs.End();
                return at;
            default:
                runs.Say(letter, true);
                return at;
        }
    }

    private static int? Escape(string expression, int at, Runs runs)
    {
        if (at >= expression.Length || (char.IsAsciiLetterOrDigit(expression[at]) && !"dDwWsSbBAzZtnrf".Contains(expression[at], StringComparison.Ordinal)))
        {
            return null;
        }

        runs.Say(expression[at], !char.IsAsciiLetterOrDigit(expression[at]));
        return at;
    }

    // What changes how the rest is read, or looks around.
    private static bool IsOption(string expression, int at) =>
        at + 1 < expression.Length && expression[at + 1] == '?' && !(at + 2 < expression.Length && expression[at + 2] == ':');

    // [abc], [^]a], [\]a]; anything with another bracket inside is left alone.
    private static int? EndOfClass(string expression, int start)
    {
        var i = start + 1;
        i += i < expression.Length && expression[i] == '^' ? 1 : 0;
        i += i < expression.Length && expression[i] == ']' ? 1 : 0;
        for (; i < expression.Length; i++)
        {
            switch (expression[i])
            {
                case '[':
                    return null;
                case ']':
                    return i;
                case '\\':
                    i++;
                    break;
                default:
                    break;
            }
        }

        return null;
    }

    private static int? QuantifierEnd(string expression, int start)
    {
        var close = expression.IndexOf('}', start);
        return close > start + 1 && char.IsAsciiDigit(expression[start + 1]) && expression.AsSpan(start + 1, close - start - 1).IndexOfAnyExceptInRange(',', '9') < 0 ? close : null;
    }

    /// <summary>Runs of plain characters as they are met.</summary>
    private sealed class Runs
    {
        private readonly StringBuilder _run = new();

        public string Best { get; private set; } = "";

        /// <summary>How many groups are open; what is in them need not occur.</summary>
        public int Depth { get; set; }

        public void Open()
        {
            Depth++;
            End();
        }

        // Only what ASCII folds by itself: other letters have their own ways of losing case in an expression.
        public void Say(char letter, bool isPlain)
        {
            if (isPlain && Depth == 0 && letter < 128)
            {
                _run.Append(letter);
            }
            else
            {
                End();
            }
        }

        /// <summary>The last character need not occur.</summary>
        public void Unsay()
        {
            _run.Length = Math.Max(0, _run.Length - 1);
            End();
        }

        public void End()
        {
            Best = _run.Length > Best.Length ? _run.ToString() : Best;
            _run.Clear();
        }
    }
}
