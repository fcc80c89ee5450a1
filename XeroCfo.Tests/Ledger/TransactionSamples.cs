using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Tests.Storage;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Ledger;

/// <summary>Rows of one organisation for the contract of lists, with many equal days and amounts among them.</summary>
internal static class TransactionSamples
{
    public static readonly DateOnly Day = new(2026, 3, 10);

    /// <summary>An organisation of its own.</summary>
    public static async Task<TenantId> OrganisationAsync(TestDatabase database, string name = "Acme")
    {
        var tenant = SampleRows.Tenant(name);
        await database.AddAsync(tenant);
        return new TenantId(tenant.Id);
    }

    /// <summary>A row that is <paramref name="amount"/> worth to us: + in, − out.</summary>
    public static Transaction Row(TenantId tenant, decimal amount, int day = 0)
    {
        var row = SampleRows.Transaction(tenant.Value, Math.Abs(amount));
        (row.BaseAmount, row.Direction) = (amount, amount < 0 ? Directions.Out : Directions.In);
        row.Date = Day.AddDays(day);
        return row;
    }

    /// <summary>As the posting makes it of a sales invoice.</summary>
    public static Transaction Posted(TenantId tenant, string? contact = null, string? reference = null, string? number = null, params string[] lines) =>
        TransactionRules.Row(
            new Invoice
            {
                XeroId = Guid.NewGuid(),
                IsSale = true,
                Date = Day,
                Status = "AUTHORISED",
                Total = 10,
                ContactName = contact,
                Reference = reference,
                Number = number,
                Lines = [.. lines.Select(text => new DocumentLine { Description = text, Net = 10 })],
            },
            tenant.Value, new ChartOfAccounts([]), "NZD")!;

    /// <summary><paramref name="count"/> rows over 7 days and 5 amounts, in and out.</summary>
    public static Transaction[] Many(TenantId tenant, int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Row(tenant, (random.Next(5) + 1) * (random.Next(2) == 0 ? 10.25m : -10.25m), random.Next(7)))];
    }

    /// <summary>All pages from one end to the other; every page is as full as it can be.</summary>
    public static async Task<List<Transaction>> ReadAsync(
        ITransactionReader reader, TenantId tenant, TransactionSort sort, int limit, bool backwards = false, Func<Task>? between = null)
    {
        var all = new List<Transaction>();
        var place = backwards ? PagePlace.Last : PagePlace.First;
        while (true)
        {
            var page = (await reader.ListAsync(tenant, new TransactionFilter(), sort, place, limit, default)).Value;
            all.InsertRange(backwards ? 0 : all.Count, page.Items);
            if ((backwards ? page.Previous : page.Next) is not { } onwards)
            {
                return all;
            }

            Assert.Equal(limit, page.Items.Count);
            place = backwards ? PagePlace.Before(onwards) : PagePlace.After(onwards);
            await (between?.Invoke() ?? Task.CompletedTask);
        }
    }
}
