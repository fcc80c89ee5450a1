using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Reports;

namespace XeroCfo.Domain.Kpis.Overviews;

/// <summary>A customer, as what is open of its documents tells of it.</summary>
/// <param name="ContactId">Null: documents without one.</param>
/// <param name="Owed">Open invoices less credit.</param>
/// <param name="Overdue">Past their due day.</param>
/// <param name="Oldest">The due day of the oldest invoice past due.</param>
internal sealed record OpenParty(Guid? ContactId, decimal Owed, decimal Overdue, DateOnly? Oldest)
{
    /// <summary>Owed by age, as in <see cref="Ageing.Months"/>; only of those who owe most.</summary>
    public IReadOnlyList<decimal> Buckets { get; init; } = [];
}

/// <summary>Adds up what is open at the end of a day, in as few walks as it takes: there may be very many documents. Pure.</summary>
internal sealed class OpenStanding(IReadOnlyList<OpenDue> owed, IReadOnlyList<OpenDue> owing, DateOnly day)
{
    /// <summary>Of what is owed to us, past its due day.</summary>
    public decimal Overdue => owed.Where(IsLate).Sum(open => open.BaseOpen);

    /// <summary>Of what we owe, due within so many days or already.</summary>
    public decimal DueWithin(int days) => -owing.Where(open => open.IsInvoice && open.Due <= day.AddDays(days)).Sum(open => open.BaseOpen);

    /// <summary>Those who owe most, the largest first.</summary>
    public IReadOnlyList<OpenParty> Debtors(int most)
    {
        var parties = new Dictionary<Guid, OpenParty>();
        foreach (var open in owed)
        {
            var (key, late) = (open.ContactId ?? Guid.Empty, IsLate(open));
            var party = parties.GetValueOrDefault(key) ?? new OpenParty(open.ContactId, 0, 0, null);
            parties[key] = new OpenParty(
                open.ContactId, party.Owed + open.BaseOpen, party.Overdue + (late ? open.BaseOpen : 0), late && (party.Oldest is null || open.Due < party.Oldest) ? open.Due : party.Oldest);
        }

        var largest = parties.Values.Where(party => party.Owed > 0).OrderByDescending(party => party.Owed).ThenBy(party => party.ContactId).Take(most).ToList();
        var (buckets, cuts) = (largest.ToDictionary(party => party.ContactId ?? Guid.Empty, _ => new decimal[Ageing.Months.Count]), Ageing.MonthCuts(day, true));
        foreach (var open in owed)
        {
            if (buckets.TryGetValue(open.ContactId ?? Guid.Empty, out var ages))
            {
                ages[Ageing.Of(open.Due, cuts)] += open.BaseOpen;
            }
        }

        return largest.ConvertAll(party => party with { Buckets = buckets[party.ContactId ?? Guid.Empty] });
    }

    /// <summary>The customer whose invoice is past due for longest, and what it owes of that day; of several the one that owes most. Null: nothing is past due.</summary>
    public (Guid? ContactId, decimal Amount, DateOnly Due)? Longest()
    {
        DateOnly? oldest = null;
        foreach (var open in owed)
        {
            oldest = IsLate(open) && (oldest is null || open.Due < oldest) ? open.Due : oldest;
        }

        return owed.Where(open => open.IsInvoice && open.Due == oldest).GroupBy(open => open.ContactId)
            .Select(group => ((Guid? ContactId, decimal Amount, DateOnly Due)?)(group.Key, group.Sum(open => open.BaseOpen), oldest!.Value))
            .OrderByDescending(one => one!.Value.Amount).ThenBy(one => one!.Value.ContactId).FirstOrDefault();
    }

    /// <summary>The suppliers that are owed most.</summary>
    public IReadOnlyList<Guid> LargestSuppliers(int most) =>
    [
        .. owing.Where(open => open.ContactId is not null).GroupBy(open => open.ContactId!.Value).Select(group => (group.Key, Open: group.Sum(open => open.BaseOpen)))
            .OrderBy(supplier => supplier.Open).ThenBy(supplier => supplier.Key).Take(most).Select(supplier => supplier.Key),
    ];

    /// <summary>Expected payments, those of a day and a party as one in each direction; in +, out −, without names.</summary>
    /// <param name="daysLate">How late customers pay.</param>
    /// <param name="today">Nothing is expected before it.</param>
    public IReadOnlyList<CashMarker> Flows(IReadOnlyDictionary<Guid, decimal> daysLate, DateOnly today)
    {
        var flows = new Dictionary<(DateOnly Date, Guid? ContactId, bool IsOut), decimal>();
        foreach (var (open, isSale) in owed.Select(open => (open, true)).Concat(owing.Select(open => (open, false))))
        {
            var late = isSale && open.ContactId is { } contact && daysLate.TryGetValue(contact, out var usual) ? usual : 0;
            var key = (CashLines.Expected(open.Due, isSale, late, today), open.ContactId, open.BaseOpen < 0);
            flows[key] = flows.GetValueOrDefault(key) + open.BaseOpen;
        }

        return [.. flows.Select(flow => new CashMarker(flow.Key.Date, flow.Value, "", flow.Key.ContactId, false))];
    }

    private bool IsLate(OpenDue open) => open.IsInvoice && open.Due < day;
}
