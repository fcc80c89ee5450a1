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
        var (best, run, depth) = ("", new StringBuilder(), 0);
        for (var i = 0; i < expression.Length; i++)
        {
            var letter = expression[i];
            switch (letter)
            {
                case '|' when depth == 0:
                case '(' when i + 1 < expression.Length && expression[i + 1] == '?' && !(i + 2 < expression.Length && expression[i + 2] == ':'):
                case ')' when depth == 0:
                    return "";
                case '(':
                    (depth, i) = (depth + 1, i + (i + 1 < expression.Length && expression[i + 1] == '?' ? 2 : 0));
                    End();
                    break;
                case ')':
                    depth--;
                    break;
                case '[':
                    if (EndOfClass(expression, i) is not { } end)
                    {
                        return "";
                    }

                    End();
                    i = end;
                    break;
                case '\\':
                    if (++i >= expression.Length || (char.IsAsciiLetterOrDigit(expression[i]) && !"dDwWsSbBAzZtnrf".Contains(expression[i], StringComparison.Ordinal)))
                    {
                        return "";
                    }

                    AddOrEnd(expression[i], !char.IsAsciiLetterOrDigit(expression[i]));
                    break;
                case '*' or '?':
                    Unsay();
                    break;
                case '{' when QuantifierEnd(expression, i) is { } close:
                    Unsay();
                    i = close;
                    break;
                case '+' or '.' or '^' or '$' or '{':
                    End();
                    break;
                default:
                    AddOrEnd(letter, true);
                    break;
            }
        }

        End();
        return best;

        // Only what ASCII folds by itself: other letters have their own ways of losing case in an expression.
        void AddOrEnd(char letter, bool isPlain)
        {
            if (isPlain && depth == 0 && letter < 128)
            {
                run.Append(letter);
            }
            else
            {
                End();
            }
        }

        void Unsay()
        {
            run.Length = Math.Max(0, run.Length - 1);
            End();
        }

        void End()
        {
            best = run.Length > best.Length ? run.ToString() : best;
            run.Clear();
        }
    }

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
}
