namespace XeroCfo.Domain.Sync;

/// <summary>Counts what the pages of a query bring, over all attempts at it, and tells whether that is all that Xero has.</summary>
public sealed class PageTally
{
    private const int MostAttempts = 3;

    /// <summary>Room is made at once for so many at most: what Xero says may be wrong.</summary>
    private const int MostAtOnce = 1_000_000;

    private readonly HashSet<Guid> _ids = [];
    private int _attempts;
    private int _known;
    private int _lost;
    private bool _shrank;

    /// <summary>What came so far.</summary>
    public IReadOnlySet<Guid> Ids => _ids;

    /// <summary>How many records Xero says the query has; null: it does not say.</summary>
    public int? Expected { get; private set; }

    /// <summary>Pages of this attempt.</summary>
    public int Pages { get; private set; }

    /// <summary>Whether it is worth to read the pages once more.</summary>
    public bool MayTryAgain => _attempts < MostAttempts;

    /// <summary>
    /// Without a count several pages are read again until nothing new comes: one record may have slid over a page's edge.
    /// </summary>
    public bool IsComplete => !_shrank && (Expected is { } count ? _ids.Count + _lost >= count : Pages == 1 || _ids.Count == _known);

    /// <summary>The next page is the first one again.</summary>
    public void Begin()
    {
        _attempts++;
        (_known, _lost, _shrank, Pages) = (_ids.Count, 0, false, 0);
    }

    /// <summary>A page is in.</summary>
    /// <param name="ids">Of what it held.</param>
    /// <param name="lost">How many of it could not be read.</param>
    /// <param name="itemCount">How many records the query has by now, where Xero says so.</param>
    public void Add(IEnumerable<Guid> ids, int lost, int? itemCount)
    {
        Pages++;
        if (itemCount < Expected)
        {
            // A record left the list: later ones slid forward, perhaps over a page's edge.
            Forget();
            _shrank = Pages > 1;
        }

        Expected = itemCount ?? Expected;
        _lost += lost;
        if (itemCount > _ids.Count)
        {
            // Growing step by step leaves half of each size behind.
            _ids.EnsureCapacity(Math.Min(itemCount.Value, MostAtOnce));
        }

        _ids.UnionWith(ids);
    }

    /// <summary>What was counted may be what has left the list since.</summary>
    public void Forget() => _ids.Clear();
}
