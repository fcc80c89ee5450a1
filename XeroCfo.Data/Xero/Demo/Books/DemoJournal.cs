namespace XeroCfo.Data.Xero.Demo;

/// <summary>One side of an entry; debit +, credit −, base currency.</summary>
public readonly record struct JournalLine(Guid Account, decimal Amount);

/// <summary>A dated double entry. Its lines sum to 0.00.</summary>
public sealed record JournalEntry(DateOnly Date, string Memo, IReadOnlyList<JournalLine> Lines);

/// <summary>The second bookkeeper: a plain double-entry journal, kept from events and never from documents, so that a mistake in
/// posting documents cannot hide in the trial balance it is compared with.</summary>
/// <remarks>Balances may be read while another thread posts.</remarks>
public sealed class DemoJournal : ITrialBalanceSource
{
    private readonly Lock _gate = new();
    private readonly List<JournalEntry> _entries = [];
    private readonly Dictionary<Guid, Column> _columns = [];

    /// <summary>All entries in the order they were posted; a reversal is dated like its original.</summary>
    public IReadOnlyList<JournalEntry> Entries => _entries;

    /// <summary>The accounts that were ever posted to.</summary>
    public IReadOnlyCollection<Guid> Accounts => _columns.Keys;

    /// <summary>Adds an entry; lines of 0.00 are left out. Throws when the lines do not sum to 0.00.</summary>
    public JournalEntry Post(DateOnly date, string memo, IEnumerable<JournalLine> lines)
    {
        var entry = new JournalEntry(date, memo, [.. lines.Where(line => line.Amount != 0m)]);
        var sum = entry.Lines.Sum(line => line.Amount);
        if (sum != 0m)
        {
            throw new InvalidOperationException($"The entry \"{memo}\" of {date:O} is out of balance by {sum}.");
        }

        lock (_gate)
        {
            _entries.Add(entry);
            foreach (var line in entry.Lines)
            {
                if (!_columns.TryGetValue(line.Account, out var column))
                {
                    _columns[line.Account] = column = new Column();
                }

                column.Add(date.DayNumber, line.Amount);
            }
        }

        return entry;
    }

    /// <summary>Takes an entry back, dated as the original, as Xero does when a document is voided or edited.</summary>
    public void Reverse(JournalEntry entry) =>
        Post(entry.Date, "Reversal: " + entry.Memo, entry.Lines.Select(line => line with { Amount = -line.Amount }));

    /// <inheritdoc />
    public decimal Balance(Guid account, DateOnly through)
    {
        lock (_gate)
        {
            return _columns.TryGetValue(account, out var column) ? column.Through(through.DayNumber) : 0m;
        }
    }

    /// <summary>Amounts of one account by day with running sums, so that a balance is one binary search.</summary>
    private sealed class Column
    {
        private readonly List<(int Day, decimal Amount)> _rows = [];
        private readonly List<decimal> _sums = [];

        public void Add(int day, decimal amount)
        {
            if (_rows.Count > 0 && day < _rows[^1].Day)
            {
                Insert(day, amount);
                return;
            }

            _rows.Add((day, amount));
            _sums.Add((_sums.Count == 0 ? 0m : _sums[^1]) + amount);
        }

        public decimal Through(int day)
        {
            var count = CountThrough(day);
            return count == 0 ? 0m : _sums[count - 1];
        }

        private void Insert(int day, decimal amount)
        {
            var at = CountThrough(day);
            _rows.Insert(at, (day, amount));
            _sums.Insert(at, at == 0 ? 0m : _sums[at - 1]);
            for (var i = at; i < _sums.Count; i++)
            {
                _sums[i] += amount;
            }
        }

        private int CountThrough(int day)
        {
            var (low, high) = (0, _rows.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = _rows[middle].Day <= day ? (middle + 1, high) : (low, middle);
            }

            return low;
        }
    }
}
