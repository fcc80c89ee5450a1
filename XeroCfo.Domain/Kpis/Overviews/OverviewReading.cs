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

    /// <summary>Expected payments: in +, out −.</summary>
    public required IReadOnlyList<CashMarker> Flows { get; init; }
}

/// <summary>Reads what the overview shows beside the statements: open documents, payments' days, cash by day.</summary>
public sealed class OverviewReading(IOpenItemReader items, ContactBooks contacts, IContactReader payments, IMovementReader movements, IKpiReader reader)
{
    private const int MostDebtors = 6, Week = 7, NewDays = 45;
    private readonly Remembered<OpenBooks> _made = new();

    /// <summary>What is open at the end of a day; <paramref name="today"/> tells what is still to come.</summary>
    public Task<OpenBooks> OpenAsync(XeroTenant organisation, DateOnly day, DateOnly today, bool hidePayroll, CancellationToken ct) =>
        _made.OfAsync(organisation, day, hidePayroll, () => MakeAsync(organisation, day, today, hidePayroll, ct));

    private async Task<OpenBooks> MakeAsync(XeroTenant organisation, DateOnly day, DateOnly today, bool hidePayroll, CancellationToken ct)
    {
        var tenant = new TenantId(organisation.Id);
        var book = await contacts.OfAsync(organisation, hidePayroll, ct);
        var habits = book.Contacts.Where(contact => contact.ContactId is not null).ToDictionary(contact => contact.ContactId!.Value, contact => contact.DaysLate);
        IReadOnlyList<OpenItem> owed, owing;
        if (day == today)
        {
            var open = book.Open.SelectMany(group => group).ToLookup(Standings.IsSale);
            (owed, owing) = ([.. open[true]], [.. open[false]]);
        }
        else
        {
            owed = [.. (await items.AtAsync(tenant, true, day, null, hidePayroll, ct)).Where(item => !item.Document.PayrollHidden)];
            owing = [.. (await items.AtAsync(tenant, false, day, null, hidePayroll, ct)).Where(item => !item.Document.PayrollHidden)];
        }

        return new OpenBooks
        {
            Owing = await DebtorsAsync(tenant, owed, day, hidePayroll, ct),
            Longest = Longest(owed, day),
            Overdue = owed.Where(item => IsLate(item, day)).Sum(item => item.BaseOpen),
            DueInWeek = -owing.Where(item => item.Kind == OpenItemKind.Invoice && OpenItemDays.DueOf(item.Document) <= day.AddDays(Week)).Sum(item => item.BaseOpen),
            Flows = day == today ? await FlowsAsync(tenant, owed, owing, habits, today, ct) : [],
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

    private async Task<IReadOnlyList<Debtor>> DebtorsAsync(TenantId tenant, IReadOnlyList<OpenItem> owed, DateOnly day, bool hidePayroll, CancellationToken ct)
    {
        var (debtors, cuts) = (new List<Debtor>(MostDebtors), Ageing.MonthCuts(day, true));
        foreach (var customer in owed.GroupBy(item => item.Document.ContactId).Select(group => (group.Key, Items: group.ToList(), Owed: group.Sum(item => item.BaseOpen))).Where(group => group.Owed > 0).OrderByDescending(group => group.Owed).Take(MostDebtors))
        {
            var paid = customer.Key is { } id ? (await payments.PaidAsync(tenant, id, day.AddMonths(-PayingHabit.Length), day, hidePayroll, ct))[id] : [];
            var habit = PayingHabit.Of(paid.Where(part => part.IsSale), day);
            var buckets = new decimal[Ageing.Months.Count];
            customer.Items.ForEach(item => buckets[Ageing.Of(OpenItemDays.DueOf(item.Document), cuts)] += item.BaseOpen);
            var late = customer.Items.Where(item => IsLate(item, day)).ToList();
            debtors.Add(new Debtor(customer.Key, NameOf(customer.Items), customer.Owed, late.Sum(item => item.BaseOpen), buckets, habit.Now, habit.YearAgo)
            {
                OldestDays = late.Count == 0 ? null : late.Max(item => day.DayNumber - OpenItemDays.DueOf(item.Document).DayNumber),
            });
        }

        return debtors;
    }

    private static LongOverdue? Longest(IReadOnlyList<OpenItem> owed, DateOnly day)
    {
        var late = owed.Where(item => IsLate(item, day)).ToList();
        if (late.MinBy(item => OpenItemDays.DueOf(item.Document)) is not { } oldest)
        {
            return null;
        }

        var same = late.Where(item => item.Document.ContactId == oldest.Document.ContactId && OpenItemDays.DueOf(item.Document) == OpenItemDays.DueOf(oldest.Document)).ToList();
        return new LongOverdue(oldest.Document.ContactId, NameOf(same), same.Sum(item => item.BaseOpen), day.DayNumber - OpenItemDays.DueOf(oldest.Document).DayNumber);
    }

    private async Task<IReadOnlyList<CashMarker>> FlowsAsync(
        TenantId tenant, IReadOnlyList<OpenItem> owed, IReadOnlyList<OpenItem> owing, Dictionary<Guid, decimal?> habits, DateOnly today, CancellationToken ct)
    {
        // A supplier is new when its first bill is: asked for the larger ones alone.
        var large = owing.GroupBy(item => item.Document.ContactId).Where(group => group.Key is not null).OrderBy(group => group.Sum(item => item.BaseOpen)).Take(20).Select(group => group.Key!.Value).ToList();
        var first = await reader.FirstDocumentsAsync(tenant, large, ct);
        return
        [
            .. owed.Select(item => Flow(item, true)),
            .. owing.Select(item => Flow(item, false) with { IsNew = item.Document.ContactId is { } id && first.TryGetValue(id, out var day) && day > today.AddDays(-NewDays) }),
        ];

        CashMarker Flow(OpenItem item, bool isSale) => new(
            CashLines.Expected(item, isSale, item.Document.ContactId is { } contact ? habits.GetValueOrDefault(contact) : null, today), item.BaseOpen, item.Document.ContactName ?? "Without a contact", item.Document.ContactId, false);
    }

    private static bool IsLate(OpenItem item, DateOnly day) => item.Kind == OpenItemKind.Invoice && OpenItemDays.DueOf(item.Document) < day;

    private static string NameOf(IEnumerable<OpenItem> items) => items.OrderBy(item => item.Document.Date).Last().Document.ContactName ?? "Without a contact";
}
