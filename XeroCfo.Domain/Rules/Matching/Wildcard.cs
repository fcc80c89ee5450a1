using System.Buffers;
using System.Text;

namespace XeroCfo.Domain.Rules.Matching;

/// <summary>A whole-field pattern with <c>*</c> for any run and <c>?</c> for any one character, an emoji being one. Never slower than pattern times text.</summary>
internal sealed class Wildcard
{
    private const int Star = -1, Any = -2, OnStack = 512;

    private readonly int[] _tokens;

    private Wildcard(int[] tokens, string literal) => (_tokens, Literal) = (tokens, literal);

    /// <summary>The longest part without wildcards, as written; empty when there is none.</summary>
    public string Literal { get; }

    /// <summary>Only stars: it would match whatever there is.</summary>
    public bool IsStarAlone => _tokens is [Star];

    /// <summary>Null when no unescaped wildcard is in it: then it is a part to be contained, and <paramref name="plain"/> says which.</summary>
    public static Wildcard? Read(string pattern, out string plain)
    {
        var (tokens, text, parts) = (new List<int>(), new StringBuilder(), new List<string>());
        for (var i = 0; i < pattern.Length; i++)
        {
            var letter = pattern[i];
            if (letter is '*' or '?')
            {
                parts.Add(text.ToString());
                text.Clear();
                if (letter == '?' || tokens is not [.., Star])
                {
                    tokens.Add(letter == '*' ? Star : Any);
                }

                continue;
            }

            letter = letter == '\\' && i + 1 < pattern.Length && pattern[i + 1] is '*' or '?' or '\\' ? pattern[++i] : letter;
            text.Append(letter);
            tokens.Add(letter);
        }

        parts.Add(text.ToString());
        plain = parts[0];
        if (parts.Count == 1)
        {
            return null;
        }

        return new Wildcard(Folded(tokens), parts.MaxBy(part => part.Length)!);
    }

    public bool Matches(string field)
    {
        if (field.Length <= OnStack)
        {
            Span<char> folded = stackalloc char[field.Length];
            Folding.Write(field, folded);
            return Matches(folded);
        }

        var rented = ArrayPool<char>.Shared.Rent(field.Length);
        try
        {
            Folding.Write(field, rented);
            return Matches(rented.AsSpan(0, field.Length));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(rented);
        }
    }

    // Only the last star is ever gone back to: what an earlier one took can only be less.
    private bool Matches(ReadOnlySpan<char> text)
    {
        var (token, at, star, mark) = (0, 0, -1, 0);
        while (at < text.Length)
        {
            var wanted = token < _tokens.Length ? _tokens[token] : int.MinValue;
            if (wanted == text[at])
            {
                (token, at) = (token + 1, at + 1);
            }
            else if (wanted == Any)
            {
                (token, at) = (token + 1, at + Length(text, at));
            }
            else if (wanted == Star)
            {
                (star, mark, token) = (token, at, token + 1);
            }
            else if (star >= 0)
            {
                mark += Length(text, mark);
                (token, at) = (star + 1, mark);
            }
            else
            {
                return false;
            }
        }

        return token == _tokens.Length || (token == _tokens.Length - 1 && _tokens[token] == Star);
    }

    private static int Length(ReadOnlySpan<char> text, int at) => at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]) ? 2 : 1;

    // Halves of one character are folded together.
    private static int[] Folded(List<int> tokens)
    {
        var letters = Folding.Of(string.Concat(tokens.Select(token => token < 0 ? '\0' : (char)token)));
        return [.. tokens.Select((token, i) => token < 0 ? token : letters[i])];
    }
}
