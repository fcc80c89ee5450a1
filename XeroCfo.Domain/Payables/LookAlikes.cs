using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Payables;

/// <summary>Why documents look alike.</summary>
public static class LookAlikeReasons
{
    /// <summary>Same supplier and amount within some days, and no two different numbers.</summary>
    public const string Amount = "same_amount";

    /// <summary>Same supplier and number, whatever the amount.</summary>
    public const string Number = "same_number";
}

/// <summary>Documents of a supplier that may be one and the same. A suggestion: two real ones may be equal.</summary>
/// <param name="Reason">One of <see cref="LookAlikeReasons"/>.</param>
/// <param name="Documents">Two or more, by date.</param>
public sealed record LookAlike(string Reason, IReadOnlyList<SupplierDocument> Documents)
{
    /// <summary>The first one, for whoever names the group.</summary>
    public Guid Id => Documents[0].Id;

    /// <summary>Paying twice can still be stopped.</summary>
    public bool IsUnpaid => Documents.Any(document => document.IsUnpaid);

    /// <summary>What is paid too much if they are one: all but the dearest.</summary>
    public decimal AtStake => Documents.Sum(document => document.BaseAmount) - Documents.Max(document => document.BaseAmount);
}

/// <summary>Finds bills and payments that look alike: suggested, never merged. Pure.</summary>
public static class LookAlikes
{
    public const int UsualDays = 7, MostDays = 60;

    /// <summary>A reference with fewer digits is a word and no number: "Rent" every month is nothing odd.</summary>
    private const int NumberDigits = 3;

    /// <summary>Unpaid ones first, then the newest.</summary>
    /// <param name="documents">Of all suppliers.</param>
    /// <param name="days">How far apart two may be.</param>
    /// <param name="since">Groups whose newest document is older are left out, unless one can still be paid; what was usual is told from before.</param>
    /// <param name="different">Pairs that a person found to be different, by Xero's ids, the smaller one first.</param>
    public static IReadOnlyList<LookAlike> Find(IEnumerable<SupplierDocument> documents, int days, DateOnly since, IReadOnlySet<(Guid, Guid)> different)
    {
        var groups = new List<LookAlike>();
        foreach (var supplier in documents.Where(document => document.Amount != 0).GroupBy(document => document.ContactId))
        {
            var rows = supplier.OrderBy(document => document.Date).ThenBy(document => document.Id).ToList();
            var sets = new Sets(rows.Count);
            foreach (var same in rows.Index().GroupBy(row => (row.Item.Currency, row.Item.Amount)).Where(same => same.Skip(1).Any()))
            {
                Join(sets, [.. same], days, (one, other) => !AreNumberedApart(one, other), different);
            }

            foreach (var same in rows.Index().Where(row => row.Item.IsBill && IsNumber(row.Item.Number)).GroupBy(row => Key(row.Item.Number)).Where(same => same.Skip(1).Any()))
            {
                Join(sets, [.. same], int.MaxValue, (_, _) => true, different);
            }

            groups.AddRange(
                from found in sets.Of(rows)
                where found.Exists(row => row.IsUnpaid) || (found[^1].Date >= since && !IsUsual(found, rows, since))
                select new LookAlike(ReasonOf(found), found));
        }

        return [.. groups.OrderByDescending(group => group.IsUnpaid).ThenByDescending(group => group.Documents[^1].Date).ThenByDescending(group => group.AtStake).ThenBy(group => group.Id)];
    }

    /// <summary>The pair as it is kept.</summary>
    public static (Guid, Guid) Pair(Guid one, Guid other) => one.CompareTo(other) < 0 ? (one, other) : (other, one);

    private static void Join(Sets sets, List<(int Index, SupplierDocument Item)> rows, int days, Func<SupplierDocument, SupplierDocument, bool> alike, IReadOnlySet<(Guid, Guid)> different)
    {
        for (var first = 0; first < rows.Count; first++)
        {
            for (var second = first + 1; second < rows.Count && rows[second].Item.Date.DayNumber - rows[first].Item.Date.DayNumber <= days; second++)
            {
                if (alike(rows[first].Item, rows[second].Item) && !different.Contains(Pair(rows[first].Item.XeroId, rows[second].Item.XeroId)))
                {
                    sets.Join(rows[first].Index, rows[second].Index);
                }
            }
        }
    }

    // Fuel for the same amount several times a month, and always so, is nothing new; a bill is always told of.
    private static bool IsUsual(List<SupplierDocument> group, List<SupplierDocument> rows, DateOnly since) =>
        group.TrueForAll(row => !row.IsBill)
        && rows.Where(row => !row.IsBill && row.Date < since && row.Amount == group[0].Amount && row.Currency == group[0].Currency).GroupBy(row => Month.Of(row.Date)).Any(month => month.Skip(1).Any());

    private static string ReasonOf(List<SupplierDocument> group) => group.TrueForAll(row => row.Amount == group[0].Amount && row.Currency == group[0].Currency) ? LookAlikeReasons.Amount : LookAlikeReasons.Number;

    // SP-20418 and SP20418 are one number; 1001 and 1002 are two.
    private static bool AreNumberedApart(SupplierDocument one, SupplierDocument other) => IsNumber(one.Number) && IsNumber(other.Number) && Key(one.Number) != Key(other.Number);

    private static bool IsNumber(string? text) => text is not null && text.Count(char.IsAsciiDigit) >= NumberDigits;

    private static string Key(string? text) => string.Concat(text!.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    /// <summary>Who belongs together.</summary>
    private sealed class Sets(int count)
    {
        private readonly int[] _parent = [.. Enumerable.Range(0, count)];

        public void Join(int one, int other) => _parent[Root(other)] = Root(one);

        public IEnumerable<List<SupplierDocument>> Of(List<SupplierDocument> rows) =>
            rows.Index().GroupBy(row => Root(row.Index), row => row.Item).Where(group => group.Skip(1).Any()).Select(group => group.ToList());

        private int Root(int index)
        {
            while (_parent[index] != index)
            {
                index = _parent[index] = _parent[_parent[index]];
            }

            return index;
        }
    }
}
