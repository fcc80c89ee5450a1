using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Pipeline;

/// <summary>
/// Which readings of Xero's trial balance a run has, wants and may infer. A reading that is not what documents predict makes its neighbours be
/// read too: later ones because what moved here moved them, the earlier one because it may have moved there already.
/// </summary>
internal sealed class ReadingRound(BooksAtWork work, IReadOnlyDictionary<DateOnly, StoredTrialBalance> kept)
{
    private readonly ReadingForecast _forecast = new(work.Organisation.FinancialYear, work.Chart);
    private readonly Dictionary<DateOnly, StoredTrialBalance> _read = [];

    /// <summary>Points read in an earlier round that no document has touched since. What only Xero knows may have moved them.</summary>
    private readonly SortedSet<DateOnly> _readBefore = [];

    private WaitingEffects? _effects;
    private IReadOnlyList<DayMovement> _sinceLastToday = [];

    public required SortedSet<DateOnly> Wanted { get; set; }

    public StoredTrialBalance? Today { get; private set; }

    /// <summary>Every reading since <see cref="Weigh"/> is what the documents predict from the reading before it.</summary>
    public bool IsAllAsPredicted { get; private set; }

    /// <summary>Cut points read since <see cref="Weigh"/>, today not counted.</summary>
    public int ReadInThisRound { get; private set; }

    /// <summary>The newest reading kept from earlier runs, of the day that was today then.</summary>
    public static StoredTrialBalance? Newest(BooksAtWork work, IReadOnlyDictionary<DateOnly, StoredTrialBalance> kept) =>
        kept.Values.Where(reading => reading.Date <= work.Today).MaxBy(reading => reading.Date);

    /// <summary>Takes in what waiting documents would change; null: nobody knows, so that every point is read.</summary>
    public void Weigh(WaitingEffects? effects, IReadOnlyList<DayMovement> sinceLastToday)
    {
        (_effects, _sinceLastToday, ReadInThisRound, IsAllAsPredicted) = (effects, sinceLastToday, 0, effects is not null);
        if (effects is null)
        {
            Wanted.UnionWith(work.Points);
            return;
        }

        foreach (var day in effects.Days)
        {
            WantFirstFrom(day);
        }

        if (effects.TouchesBeforeBooks)
        {
            Wanted.Add(work.Points[0]);
        }
    }

    /// <summary>Reads today and what is wanted, and what that makes wanted.</summary>
    public async Task<Problem?> ReadAsync(CancellationToken ct)
    {
        var today = await ReadAsync(work.Today, ct);
        if (!today.Succeeded)
        {
            return today.Problem;
        }

        Today = today.Value;
        if (_effects is not null && !IsAsPredicted(Today))
        {
            IsAllAsPredicted = false;
            Wanted.UnionWith(work.Points.TakeLast(1));
        }

        // Read again after today: if it says what it said, what came before it stands too.
        if (_readBefore.Count > 0)
        {
            Wanted.Add(_readBefore.Max);
        }

        Wanted.RemoveWhere(IsReadInThisRound);
        while (Wanted.Count > 0)
        {
            var point = Wanted.Max;
            Wanted.Remove(point);
            var reading = await ReadAsync(point, ct);
            if (!reading.Succeeded)
            {
                return reading.Problem;
            }

            IsAllAsPredicted = IsAllAsPredicted && IsAsPredicted(reading.Value);
            var isAsBefore = _readBefore.Remove(point) ? ReadingForecast.Agree(reading.Value, _read[point]) : _effects is null || IsAsPredicted(reading.Value);
            _read[point] = reading.Value;
            ReadInThisRound++;
            if (!isAsBefore)
            {
                WantNeighbours(point);
            }
        }

        return null;
    }

    /// <summary>The newest cut point before <paramref name="day"/> that was read in this run; null: none.</summary>
    public StoredTrialBalance? NewestReadBefore(DateOnly day) => _read.Values.Where(reading => reading.Date < day).MaxBy(reading => reading.Date);

    /// <summary>Forgets what was read from <paramref name="day"/> on, and wants it again.</summary>
    public void Unsettle(DateOnly day)
    {
        foreach (var point in _read.Keys.Where(point => point >= day).ToList())
        {
            _read.Remove(point);
            Wanted.Add(point);
        }

        _readBefore.Clear();
        _readBefore.UnionWith(_read.Keys);
    }

    /// <summary>The end: everything before <paramref name="settlingFrom"/>, read, inferred or kept.</summary>
    public SettledReadings Settled(DateOnly? settlingFrom, bool checkedOldOnes)
    {
        var fresh = new List<StoredTrialBalance>();
        var all = new Dictionary<DateOnly, StoredTrialBalance>();
        foreach (var point in work.Points.Where(point => settlingFrom is null || point < settlingFrom))
        {
            if (_read.TryGetValue(point, out var read))
            {
                fresh.Add(read);
                all[point] = read;
            }
            else
            {
                all[point] = kept[point];
                if (_effects!.Days.Count > 0 && _effects.Days[0] <= point)
                {
                    all[point] = _forecast.At(point, kept[point], _effects.Movements);
                    fresh.Add(all[point]);
                }
            }
        }

        if (settlingFrom is null)
        {
            all[work.Today] = Today!;
            fresh.Add(Today!);
        }

        return new SettledReadings(all, fresh, settlingFrom, checkedOldOnes);
    }

    private async Task<Result<StoredTrialBalance>> ReadAsync(DateOnly day, CancellationToken ct)
    {
        var reading = await work.Context.Session.TrialBalanceAsync(day, ct);
        if (reading.Succeeded)
        {
            await work.Context.Progress.AdvanceAsync(1, work.Context.Session.Calls, ct);
        }

        return reading;
    }

    private bool IsAsPredicted(StoredTrialBalance reading)
    {
        var known = reading.Date == work.Today ? Newest(work, kept) : kept.GetValueOrDefault(reading.Date);
        if (known is null)
        {
            return false;
        }

        var movements = reading.Date == work.Today ? _sinceLastToday.Concat(_effects!.Movements) : _effects!.Movements;
        return ReadingForecast.Agree(reading, _forecast.At(reading.Date, known, movements));
    }

    private bool IsReadInThisRound(DateOnly point) => _read.ContainsKey(point) && !_readBefore.Contains(point);

    private void WantNeighbours(DateOnly point)
    {
        Wanted.UnionWith(work.Points.Where(other => other > point && !IsReadInThisRound(other)));
        if (work.Points.LastOrDefault(other => other < point) is var earlier && earlier != default && !IsReadInThisRound(earlier))
        {
            Wanted.Add(earlier);
        }
    }

    private void WantFirstFrom(DateOnly day)
    {
        if (work.Points.FirstOrDefault(point => point >= day) is var point && point != default)
        {
            Wanted.Add(point);
        }
    }
}
