using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Kpis.Overviews;

/// <summary>What customers bought, of the twelve months up to a day and the twelve before. Income +.</summary>
/// <param name="Top">The largest of twelve months.</param>
/// <param name="Stopped">Those who bought every month and have not for three whole months, the largest first.</param>
/// <param name="Risen">Those who buy most more a month than half a year before.</param>
public sealed record CustomerFacts(IReadOnlyList<TopCustomer> Top, IReadOnlyList<CustomerTurn> Stopped, IReadOnlyList<CustomerTurn> Risen);

/// <summary>What a customer bought a month, before and now.</summary>
public sealed record CustomerTurn(Guid ContactId, string Name, decimal Before, decimal Now, DateOnly? LastInvoice);

/// <summary>Tells what customers do, from what each bought in each month. Pure.</summary>
public static class CustomerTurns
{
    /// <summary>So many months without an order, and a customer has stopped.</summary>
    public const int Silent = 3;

    private const int Regular = 4, Window = 6, MostTurns = 3;

    /// <summary>Those who bought in at least four of the six months before and in none of the last three whole ones, nor since: what they bought a month.</summary>
    public static IReadOnlyList<(Guid Contact, decimal PerMonth)> Stopped(ILookup<Guid, ContactMonth> sold, Month last) =>
    [
        .. sold.Select(customer => (
                customer.Key,
                Months: Enumerable.Range(Silent, Window).Select(back => In(customer, last.Add(-back))).ToList(),
                Since: customer.Where(month => month.Month > last.Add(-Silent).Start).Sum(month => month.Amount)))
            .Where(customer => customer.Since == 0 && customer.Months.Count(amount => amount > 0) >= Regular)
            .Select(customer => (customer.Key, PerMonth: Math.Round(customer.Months.Where(amount => amount > 0).Average(), 2, MidpointRounding.AwayFromZero)))
            .OrderByDescending(customer => customer.PerMonth)
            .Take(MostTurns),
    ];

    /// <summary>Those who bought most more in the last whole month than in the same one half a year before.</summary>
    public static IReadOnlyList<(Guid Contact, decimal Before, decimal Now)> Risen(ILookup<Guid, ContactMonth> sold, Month last) =>
    [
        .. sold.Select(customer => (customer.Key, Before: In(customer, last.Add(-Window)), Now: In(customer, last)))
            .Where(customer => customer.Now > 2 * customer.Before && customer.Now > 0)
            .OrderByDescending(customer => customer.Now - customer.Before)
            .Take(MostTurns),
    ];

    private static decimal In(IEnumerable<ContactMonth> months, Month month) => months.Where(one => one.Month == month.Start).Sum(one => one.Amount);
}

/// <summary>Makes what is told of customers, once for each state of an organisation's ledger: a derived answer carries the version it came from.</summary>
public sealed class CustomerBooks(IKpiReader reader)
{
    private const int MostTop = 6;
    private readonly Remembered<CustomerFacts> _made = new();

    /// <summary>At the end of a day.</summary>
    public Task<CustomerFacts> OfAsync(XeroTenant organisation, IReadOnlyList<Guid> income, DateOnly day, CancellationToken ct) =>
        _made.OfAsync(organisation, day, false, () => MakeAsync(organisation, income, day, ct));

    private async Task<CustomerFacts> MakeAsync(XeroTenant organisation, IReadOnlyList<Guid> income, DateOnly day, CancellationToken ct)
    {
        var tenant = new TenantId(organisation.Id);
        var year = new Days(Reports.ReportPeriods.Shifted(day, -12).AddDays(1), day);
        var before = new Days(Reports.ReportPeriods.Shifted(day, -24).AddDays(1), year.First.AddDays(-1));
        var reaches = organisation.BooksStart is not { } start || before.First >= start;
        var read = (await reader.ByContactAndMonthAsync(tenant, year, income, null, ct)).Select(amount => amount with { Amount = -amount.Amount }).ToList();
        var sold = read.ToLookup(amount => amount.ContactId);
        var totals = sold.ToDictionary(customer => customer.Key, customer => customer.Sum(month => month.Amount));
        var all = totals.Values.Where(amount => amount > 0).Sum();
        var top = totals.Where(customer => customer.Value > 0).OrderByDescending(customer => customer.Value).Take(MostTop).ToList();
        var last = Month.Of(day).End == day ? Month.Of(day) : Month.Of(day).Previous;
        var (stopped, risen) = (CustomerTurns.Stopped(sold, last), CustomerTurns.Risen(sold, last));
        var named = top.Select(customer => customer.Key).Concat(stopped.Select(customer => customer.Contact)).Concat(risen.Select(customer => customer.Contact)).Distinct().ToList();
        var names = await reader.NamesAsync(tenant, named, ct);
        var invoices = await reader.LastInvoicesAsync(tenant, named, day, ct);
        var earlier = reaches && top.Count > 0
            ? (await reader.ByContactAndMonthAsync(tenant, before, income, [.. top.Select(customer => customer.Key)], ct)).GroupBy(amount => amount.ContactId).ToDictionary(customer => customer.Key, customer => -customer.Sum(month => month.Amount))
            : null;
        return new CustomerFacts(
            [.. top.Select(customer => new TopCustomer(customer.Key, NameOf(customer.Key), customer.Value, Reports.Variance.Fraction(customer.Value, all), earlier is null ? null : earlier.GetValueOrDefault(customer.Key), DayOf(customer.Key), DayOf(customer.Key) <= last.Add(-CustomerTurns.Silent).End))],
            [.. stopped.Select(customer => new CustomerTurn(customer.Contact, NameOf(customer.Contact), customer.PerMonth, 0, DayOf(customer.Contact)))],
            [.. risen.Select(customer => new CustomerTurn(customer.Contact, NameOf(customer.Contact), customer.Before, customer.Now, DayOf(customer.Contact)))]);

        string NameOf(Guid contact) => names.GetValueOrDefault(contact) ?? "No name";

        DateOnly? DayOf(Guid contact) => invoices.TryGetValue(contact, out var found) ? found : null;
    }
}
