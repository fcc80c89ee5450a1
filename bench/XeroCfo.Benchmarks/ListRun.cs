using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Data.Saving;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Benchmarks;

/// <summary>
/// The list of transactions as its page asks for it: each filter by date and by amount, its first and its last page; then counts and totals. The last page is read
/// as the first of the opposite order, so that these are all four orders.
/// </summary>
internal static class ListRun
{
    private static readonly (string Words, TransactionFilter Filter)[] Filters =
    [
        ("all", new()),
        ("type", new() { Type = "SPEND" }),
        ("type that none has", new() { Type = "RECEIVE" }),
        ("status", new() { Status = "AUTHORISED" }),
        ("status that none has", new() { Status = "DRAFT" }),
        ("direction", new() { Direction = Directions.Out }),
        ("category", new() { Category = "Sales" }),
        ("no category", new() { Category = "none" }),
        ("to categorise", new() { ToCategorise = true }),
        ("account", new() { AccountCode = "429" }),
        ("account that none has", new() { AccountCode = "999" }),
        ("contact", new() { ContactId = BenchXero.Customer(4) }),
        ("contact that none has", new() { ContactId = Guid.Empty }),
        ("reconciled", new() { IsReconciled = true }),
        ("not reconciled", new() { IsReconciled = false }),
        ("amounts", new() { MinAmount = 300, MaxAmount = 310 }),
        ("amounts that none has", new() { MinAmount = 900000 }),
        ("bank account", new() { BankAccountId = BenchXero.Bank }),
        ("drafts", new() { Drafts = true }),
        ("unreconciled", new() { Unreconciled = true }),
        ("by a person", new() { LockedByPerson = true }),
        ("a month", new() { From = new(2025, 3, 1), To = new(2025, 3, 31) }),
        ("type in a month", new() { Type = "SPEND", From = new(2025, 3, 1), To = new(2025, 3, 31) }),
    ];

    private static readonly (string Words, TransactionFilter Filter)[] Searches =
    [
        ("text in many", new() { Search = "FUELCO" }),
        ("text in one", new() { Search = "INV-471100" }),
        ("text in none", new() { Search = "no such text" }),
        ("two words", new() { Words = "customer 17\nPO 3" }),
    ];

    public static async Task MeasureAsync(IServiceProvider services, TenantId tenant)
    {
        var transactions = services.GetRequiredService<TransactionService>();
        foreach (var (words, filter) in Filters.Concat(Searches))
        {
            foreach (var (order, sort) in new[] { ("by date", TransactionSort.NewestFirst), ("by amount", TransactionSort.LargestFirst) })
            {
                foreach (var (page, place) in new[] { ("first page", PagePlace.First), ("last page", PagePlace.Last) })
                {
                    await LoadRun.PrintAsync($"transactions, {words}, {order}, {page}", () => transactions.ListAsync(Caller.Command, tenant, filter, sort, place, 50, default));
                }
            }
        }

        var figures = services.GetRequiredService<TransactionFiguresService>();
        await LoadRun.PrintAsync("transactions, totals of all", () => figures.TotalsAsync(Caller.Command, tenant, new TransactionFilter(), default), 5);
        await LoadRun.PrintAsync("transactions, counts of the tabs", () => figures.TabsAsync(Caller.Command, tenant, default), 5);
        await LoadRun.PrintAsync("transactions, count", () => transactions.CountAsync(Caller.Command, tenant, new TransactionFilter(), default));
        await LoadRun.PrintAsync("  baseline: 50 rows by key", async () =>
        {
            await using var db = services.GetRequiredService<IDbFactory>().For(tenant);
            await db.Transactions.AsNoTracking().OrderByDescending(row => row.Date).ThenByDescending(row => row.Id).Take(50).ToListAsync();
        });
    }
}
