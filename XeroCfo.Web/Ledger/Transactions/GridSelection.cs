namespace XeroCfo.Web.Ledger.Transactions;

/// <summary>Which rows are chosen: some of the page, or all that the filter lets through.</summary>
public sealed class GridSelection
{
    private readonly HashSet<Guid> _ids = [];
    private Guid? _anchor;

    public IReadOnlyCollection<Guid> Ids => _ids;

    /// <summary>Also those on other pages.</summary>
    public bool Everything { get; private set; }

    public bool IsEmpty => _ids.Count == 0;

    public bool Has(Guid id) => _ids.Contains(id);

    public void Toggle(Guid id)
    {
        (Everything, _anchor) = (false, id);
        if (!_ids.Remove(id))
        {
            _ids.Add(id);
        }
    }

    /// <summary>From where the extending began to <paramref name="to"/>, in the order of <paramref name="rows"/>.</summary>
    public void Extend(IReadOnlyList<GridRow> rows, Guid from, Guid to)
    {
        Everything = false;
        _anchor ??= from;
        var (first, last) = (IndexOf(rows, _anchor.Value), IndexOf(rows, to));
        if (first < 0 || last < 0)
        {
            return;
        }

        _ids.Clear();
        _ids.UnionWith(rows.Skip(Math.Min(first, last)).Take(Math.Abs(first - last) + 1).Select(row => row.Id));
    }

    /// <summary>All rows of the page, or none when all of them are chosen.</summary>
    public void All(IReadOnlyList<GridRow> rows)
    {
        var all = rows.All(row => _ids.Contains(row.Id));
        Clear();
        if (!all)
        {
            _ids.UnionWith(rows.Select(row => row.Id));
        }
    }

    public void Whole() => Everything = !IsEmpty;

    public void Clear()
    {
        _ids.Clear();
        (Everything, _anchor) = (false, null);
    }

    private static int IndexOf(IReadOnlyList<GridRow> rows, Guid id)
    {
        for (var index = 0; index < rows.Count; index++)
        {
            if (rows[index].Id == id)
            {
                return index;
            }
        }

        return -1;
    }
}
