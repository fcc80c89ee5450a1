namespace XeroCfo.Domain.Rules.Matching;

/// <summary>Says whether what stands at a place is what is looked for.</summary>
internal interface ILiteralVerifier
{
    /// <param name="rule">Place of the rule in the order of precedence.</param>
    /// <param name="length">How much of its literal was found.</param>
    /// <param name="end">Where in the text that ends.</param>
    bool Accepts(int rule, int length, int end);
}

/// <summary>
/// Finds which of many literals may stand in a text, in one pass over it (Aho and Corasick). Letters are coarse classes and long literals are cut, so
/// that whatever stands there is found, and what is found is to be verified.
/// </summary>
internal sealed class LiteralAutomaton
{
    private const int MostClasses = 127, LongestPart = 16, MostCells = 1 << 26;

    private readonly byte[] _classes = new byte[char.MaxValue + 1];
    private readonly int _width;

    // By state and class: the first cell of the next state, doubled, plus one where literals end there.
    private readonly int[] _next;
    private readonly int[] _firstHit;
    private readonly int[] _shorter;
    private readonly Hit[] _hits;

    /// <param name="literals">Rules by their place in the order of precedence, lowest first, and a literal of each.</param>
    public LiteralAutomaton(IReadOnlyList<(int Rule, string Literal)> literals)
    {
        _width = ReadClasses(literals);
        var longest = LongestPart;
        while ((literals.Sum(literal => (long)Math.Min(longest, literal.Literal.Length)) + 1) * _width > MostCells && longest > 1)
        {
            longest /= 2;
        }

        var states = literals.Sum(literal => Math.Min(longest, literal.Literal.Length)) + 1;
        (_next, _firstHit, _shorter, _hits) = (new int[states * _width], new int[states], new int[states], new Hit[literals.Count]);
        Array.Fill(_firstHit, -1);
        Array.Fill(_shorter, -1);
        Plant(literals, longest);
        Link();
    }

    /// <summary>The lowest place below <paramref name="below"/> whose rule the verifier accepts in <paramref name="text"/>; else <paramref name="below"/>.</summary>
    public int First<TVerifier>(string text, int below, ref TVerifier verifier)
        where TVerifier : struct, ILiteralVerifier
    {
        var (next, classes) = (_next, _classes);
        var cell = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var found = next[cell + classes[text[i]]];
            cell = found >> 1;
            if ((found & 1) != 0)
            {
                below = Visit(cell / _width, i + 1, below, ref verifier);
            }
        }

        return below;
    }

    private int Visit<TVerifier>(int state, int end, int below, ref TVerifier verifier)
        where TVerifier : struct, ILiteralVerifier
    {
        for (; state >= 0; state = _shorter[state])
        {
            for (var hit = _firstHit[state]; hit >= 0 && _hits[hit].Rule < below; hit = _hits[hit].Next)
            {
                if (verifier.Accepts(_hits[hit].Rule, _hits[hit].Length, end))
                {
                    below = _hits[hit].Rule;
                }
            }
        }

        return below;
    }

    // A text's letter that no literal has is class 0; where there are too many, several share one.
    private int ReadClasses(IReadOnlyList<(int Rule, string Literal)> literals)
    {
        var known = new Dictionary<char, byte>();
        foreach (var letter in literals.SelectMany(literal => literal.Literal))
        {
            known.TryAdd(Folding.CoarseOf(letter), (byte)(1 + (known.Count % MostClasses)));
        }

        // Each letter is its own coarse one or leads to it: of the 65 536 only what occurs is looked at.
        foreach (var (letter, number) in known)
        {
            foreach (var same in Folding.SameAs(letter))
            {
                _classes[same] = number;
            }
        }

        return 1 + Math.Min(known.Count, MostClasses);
    }

    private void Plant(IReadOnlyList<(int Rule, string Literal)> literals, int longest)
    {
        var states = 1;

        // From the last to the first, so that each state's list begins with the rule that wins.
        for (var i = literals.Count - 1; i >= 0; i--)
        {
            var (rule, literal) = literals[i];
            var (state, length) = (0, Math.Min(longest, literal.Length));
            foreach (var letter in literal.AsSpan(0, length))
            {
                ref var child = ref _next[(state * _width) + _classes[letter]];
                state = child == 0 ? child = states++ : child;
            }

            _hits[i] = new Hit(rule, length, _firstHit[state]);
            _firstHit[state] = i;
        }
    }

    // Breadth first: a state falls back to the longest shorter one, whose ways are complete by then.
    private void Link()
    {
        var (fallback, queue) = (new int[_firstHit.Length], new Queue<int>());
        queue.Enqueue(0);
        while (queue.TryDequeue(out var state))
        {
            var row = _next.AsSpan(state * _width, _width);
            for (var letter = 0; letter < _width; letter++)
            {
                var child = row[letter];
                var fallen = state == 0 ? 0 : State(_next[(fallback[state] * _width) + letter]);
                if (child == 0)
                {
                    row[letter] = Cell(fallen);
                    continue;
                }

                fallback[child] = fallen;
                _shorter[child] = _firstHit[fallen] >= 0 ? fallen : _shorter[fallen];
                row[letter] = Cell(child);
                queue.Enqueue(child);
            }
        }
    }

    private int State(int cell) => (cell >> 1) / _width;

    private int Cell(int state) => ((state * _width) << 1) | (_firstHit[state] >= 0 || _shorter[state] >= 0 ? 1 : 0);

    private readonly record struct Hit(int Rule, int Length, int Next);
}
