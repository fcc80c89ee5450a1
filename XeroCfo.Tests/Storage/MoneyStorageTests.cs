using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Storage;

public sealed class MoneyStorageTests
{
    private static readonly decimal[] Amounts =
        [MoneyRules.Largest, -MoneyRules.Largest, 0m, 0.0001m, -0.0001m, 0.01m, 412.50m, -1_234_567.8901m, 99_999_999_999_999.9999m];

    [BothDatabases]
    public async Task An_amount_comes_back_as_it_was_kept(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);

        var kept = await KeepAsync(database, Amounts);

        Assert.Equal(Amounts, kept);
    }

    [BothDatabases]
    public async Task Half_a_ten_thousandth_is_rounded_away_from_zero(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);

        var kept = await KeepAsync(database, 0.00005m, -0.00005m, 0.00015m, 0.000049m, 2.50025m);

        Assert.Equal([0.0001m, -0.0001m, 0.0002m, 0m, 2.5003m], kept);
    }

    [BothDatabases]
    public async Task An_amount_beyond_the_largest_is_refused(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = SampleRows.Tenant();
        await database.AddAsync(tenant);

        foreach (var amount in new[] { MoneyRules.Largest + 0.0001m, -MoneyRules.Largest - 0.0001m, 999_999_999_999_999m })
        {
            await Assert.ThrowsAsync<OverflowException>(() => database.AddAsync(SampleRows.Transaction(tenant.Id, amount)));
        }
    }

    [BothDatabases]
    public async Task Sums_comparisons_and_order_are_exact_in_the_database(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await KeepAsync(database, 0.10m, 0.20m, -0.30m, 1_000_000_000_000.0001m, 9m, 10m);
        await using var db = database.Open();

        var sum = await db.Transactions.SumAsync(row => row.Amount);
        var above = await db.Transactions.CountAsync(row => row.Amount > 9m);
        var ordered = await db.Transactions.OrderBy(row => row.Amount).Select(row => row.Amount).ToListAsync();
        var difference = await db.Transactions.Where(row => row.Amount - 1m == 9m).Select(row => row.Amount + row.BaseAmount).SingleAsync();
        var highest = await db.Transactions.MaxAsync(row => row.Amount);

        Assert.Equal(1_000_000_000_019.0001m, sum);
        Assert.Equal(2, above);
        Assert.Equal([-0.30m, 0.10m, 0.20m, 9m, 10m, 1_000_000_000_000.0001m], ordered);
        Assert.Equal(0m, difference);
        Assert.Equal(1_000_000_000_000.0001m, highest);
    }

    [BothDatabases]
    public async Task An_exchange_rate_keeps_all_its_digits(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = SampleRows.Tenant();
        var row = SampleRows.Transaction(tenant.Id);
        row.CurrencyRate = new FxRate(0.617284950123m);
        await database.AddAsync(tenant, row);

        await using var db = database.Open();

        Assert.Equal(0.617284950123m, (await db.Transactions.SingleAsync()).CurrencyRate.ForeignPerBase);
    }

    [Fact]
    public void On_SQLite_the_largest_amount_is_the_largest_integer()
    {
        Assert.Equal(long.MaxValue, SqliteMoneyConverter.ToStored(MoneyRules.Largest));
        Assert.Equal(-long.MaxValue, SqliteMoneyConverter.ToStored(-MoneyRules.Largest));
        Assert.Equal(MoneyRules.Largest, SqliteMoneyConverter.FromStored(long.MaxValue));
        Assert.Throws<OverflowException>(() => SqliteMoneyConverter.ToStored(MoneyRules.Largest + 0.0001m));
        Assert.Throws<OverflowException>(() => SqliteMoneyConverter.ToStored(-MoneyRules.Largest - 0.0001m));
        Assert.Throws<OverflowException>(() => SqliteMoneyConverter.ToStored(decimal.MaxValue));
    }

    private static async Task<IReadOnlyList<decimal>> KeepAsync(TestDatabase database, params decimal[] amounts)
    {
        var tenant = SampleRows.Tenant();
        var rows = amounts.Select(amount => SampleRows.Transaction(tenant.Id, amount)).ToList();
        await database.AddAsync([tenant, .. rows]);

        await using var db = database.Open();
        var kept = await db.Transactions.ToDictionaryAsync(row => row.Id, row => row.Amount);
        return [.. rows.Select(row => kept[row.Id])];
    }
}
