namespace XeroCfo.Data.Xero.Demo;

/// <summary>SplitMix64, seeded from the purpose a number is wanted for: a new purpose never disturbs the numbers of another, and the
/// sequence is the same on every version of .NET, unlike System.Random.</summary>
public sealed class DemoRandom
{
    private ulong _state;

    private DemoRandom(ulong state) => _state = state;

    /// <summary>The sequence for one purpose and key.</summary>
    public static DemoRandom For(ulong seed, string purpose, string key = "")
    {
        var hash = 14695981039346656037UL ^ Mix(seed + 0x9E3779B97F4A7C15UL);
        foreach (var letter in purpose)
        {
            hash = (hash ^ letter) * 1099511628211UL;
        }

        hash = (hash ^ 0x1F) * 1099511628211UL;
        foreach (var letter in key)
        {
            hash = (hash ^ letter) * 1099511628211UL;
        }

        return new DemoRandom(Mix(hash));
    }

    /// <summary>The next 64 bits.</summary>
    public ulong Next() => Mix(_state += 0x9E3779B97F4A7C15UL);

    /// <summary>A whole number from 0 up to but not including <paramref name="bound"/>.</summary>
    public int Below(int bound) => (int)(Next() % (ulong)bound);

    /// <summary>A whole number, both ends included.</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    /// <summary>A fraction from 0 up to but not including 1, in steps of a millionth.</summary>
    public decimal Fraction() => Below(1_000_000) / 1_000_000m;

    /// <summary>A factor between <paramref name="low"/> and <paramref name="high"/>.</summary>
    public decimal Factor(decimal low, decimal high) => low + ((high - low) * Fraction());

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
