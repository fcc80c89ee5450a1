using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Contacts;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Kpis.Overviews;

/// <summary>What open documents tell of a day: who owes, what is overdue, what is to come.</summary>
public sealed record OpenBooks
{
    public required IReadOnlyList<Debtor> Owing { get; init; }

    public required LongOverdue? Longest { get; init; }

    /// <summary>Of what is owed to us, past its due day.</summary>
    public required decimal Overdue { get; init; }

    /// <summary>Of what we owe, due within a week or already.</summary>
    public required decimal DueInWeek { get; init; }

    /// <summary>Expected payments: in +, out −; those of a day and a party as one. Named where they stand out.</summary>
    public required IReadOnlyList<CashMarker> Flows { get; init; }
}

/// <summary>Reads what the overview shows beside the statements: open documents, payments' days, cash by day.</summary>
public sealed class OverviewReading(IOpenItemReader items, IContactReader contacts, IMovementReader movements, IKpiReader reader)
{
    private const int MostDebtors = 6, Week = 7, NewDays = 45, HabitMonths = 12;
    private readonly Remembered<OpenBooks> _made = new();

    /// <summary>What is open at the end of a day; <paramref name="today"/> tells what is still to come.</summary>
    public Task<OpenBooks> OpenAsync(XeroTenant organisation, DateOnly day, DateOnly today, bool hidePayroll, CancellationToken ct) =>
        _made.OfAsync(organisation, day, hidePayroll, () => MakeAsync(organisation, day, today, hidePayroll, ct));

    // Beside each other: a database in a file answers in the caller's own thread.
    private async Task<OpenBooks> MakeAsync(XeroTenant organisation, DateOnly day, DateOnly today, bool hidePayroll, CancellationToken ct)
    {
        var tenant = new TenantId(organisation.Id);
        var owed = Task.Run(() => items.DuesAsync(tenant, true, day, hidePayroll, ct), ct);
        var owing = Task.Run(() => items.DuesAsync(tenant, false, day, hidePayroll, ct), ct);
        var late = day == today ? Task.Run(() => contacts.DaysLateAsync(tenant, day.AddMonths(-HabitMonths).AddDays(1), day, hidePayroll, ct), ct) : null;
        await Task.WhenAll(owed, owing, late ?? Task.CompletedTask);
        var standing = new OpenStanding(await owed, await owing, day);
        var (debtors, longest) = (standing.Debtors(MostDebtors), standing.Longest());
        IReadOnlyList<CashMarker> flows = late is null ? [] : await MarkedAsync(tenant, standing, standing.Flows(await late, today), today, ct);
        var shown = CashLines.Markers(flows, today).Where(flow => flow.Amount < 0).ToList();
        var names = await reader.NamesAsync(tenant, [.. debtors.Select(debtor => debtor.ContactId).Append(longest?.ContactId).Concat(shown.Select(flow => flow.ContactId)).OfType<Guid>().Distinct()], ct);
        return new OpenBooks
        {
            Owing = await DebtorsAsync(tenant, debtors, names, day, hidePayroll, ct),
            Longest = longest is var (contact, amount, due) ? new LongOverdue(contact, NameOf(contact, names), amount, day.DayNumber - due.DayNumber) : null,
            Overdue = standing.Overdue,
            DueInWeek = standing.DueWithin(Week),
            Flows = [.. flows.Select(flow => flow with { Name = NameOf(flow.ContactId, names) })],
        };
    }

    /// <summary>Closing cash of every day of a year up to a day, as far as the books reach.</summary>
    public async Task<IReadOnlyList<CashDay>> CashAsync(XeroTenant organisation, StatementBooks books, DateOnly day, CancellationToken ct)
    {
        var tenant = new TenantId(organisation.Id);
        var banks = books.Accounts.Where(account => account.Type == "BANK").Select(account => account.AccountId).ToList();
        var first = ReportPeriods.Shifted(day, -12).AddDays(1);
        first = organisation.BooksStart > first ? organisation.BooksStart.Value : first;
        var pieces = await movements.PiecesAsync(tenant, [first.AddDays(-1), day], ct);
        var documents = await reader.ByDayAsync(tenant, new Days(first, day), banks, ct);
        var opening = banks.Sum(bank => pieces[0].Documents.GetValueOrDefault(bank)) + pieces[0].XeroOnly.Where(line => banks.Contains(line.AccountId)).Sum(line => line.Amount);
        return CashLines.Past(opening, new Days(first, day), documents.Concat(pieces[1].XeroOnly.Where(line => banks.Contains(line.AccountId)).Select(line => new DayAmount(line.Date, line.Amount))));
    }

    private async Task<IReadOnlyList<Debtor>> DebtorsAsync(TenantId tenant, IReadOnlyList<OpenParty> owing, IReadOnlyDictionary<Guid, string> names, DateOnly day, bool hidePayroll, CancellationToken ct)
    {
        var debtors = new List<Debtor>(MostDebtors);
        foreach (var customer in owing)
        {
            var paid = customer.ContactId is { } id ? (await contacts.PaidAsync(tenant, id, day.AddMonths(-PayingHabit.Length), day, hidePayroll, ct))[id] : [];
            var habit = PayingHabit.Of(paid.Where(part => part.IsSale), day);
            debtors.Add(new Debtor(customer.ContactId, NameOf(customer.ContactId, names), customer.Owed, customer.Overdue, customer.Buckets, habit.Now, habit.YearAgo)
            {
                OldestDays = customer.Oldest is { } oldest ? day.DayNumber - oldest.DayNumber : null,
            });
        }

        return debtors;
    }

    // A supplier is new when its first bill is: asked for the larger ones alone.
    private async Task<IReadOnlyList<CashMarker>> MarkedAsync(TenantId tenant, OpenStanding standing, IReadOnlyList<CashMarker> flows, DateOnly today, CancellationToken ct)
    {
        var suppliers = standing.LargestSuppliers(20);
        var first = await reader.FirstDocumentsAsync(tenant, suppliers, ct);
        var young = suppliers.Where(id => first.TryGetValue(id, out var day) && day > today.AddDays(-NewDays)).ToHashSet();
        return young.Count == 0 ? flows : [.. flows.Select(flow => flow.ContactId is { } id && young.Contains(id) && flow.Amount < 0 ? flow with { IsNew = true } : flow)];
    }

    private static string NameOf(Guid? contact, IReadOnlyDictionary<Guid, string> names) => (contact is { } id ? names.GetValueOrDefault(id) : null) ?? "Without a contact";
}
