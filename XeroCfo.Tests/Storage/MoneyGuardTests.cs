using System.Globalization;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data;
using XeroCfo.Domain.Ledger;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Storage;

/// <summary>What is silently wrong on SQLite is refused on both databases.</summary>
public sealed class MoneyGuardTests
{
    private static readonly Dictionary<string, Func<XeroCfoDb, object?>> Forbidden = new()
    {
        ["average"] = db => db.Transactions.Average(row => row.Amount),
        ["average of amounts that may be missing"] = db => db.Transactions.Average(row => row.AmountDue),
        ["average of a group"] = db => db.Transactions.GroupBy(row => row.Type).Select(rows => rows.Average(row => row.Amount)).ToList(),
        ["divide"] = db => db.Transactions.Select(row => row.Amount / 3m).ToList(),
        ["divide in a filter"] = db => db.Transactions.Where(row => row.Amount / 3m > 1m).ToList(),
        ["divide amounts that may be missing"] = db => db.Transactions.Where(row => row.AmountDue / 2m > 1m).ToList(),
        ["multiply"] = db => db.Transactions.Sum(row => row.Amount * 1.15m),
        ["remainder"] = db => db.Transactions.Where(row => row.Amount % 2m == 0m).ToList(),
        ["round"] = db => db.Transactions.Where(row => Math.Round(row.Amount, 2) == 1m).ToList(),
        ["round by decimal"] = db => db.Transactions.Where(row => decimal.Round(row.Amount) == 1m).ToList(),
        ["floor"] = db => db.Transactions.Where(row => Math.Floor(row.Amount) == 1m).ToList(),
        ["ceiling"] = db => db.Transactions.Where(row => Math.Ceiling(row.Amount) == 1m).ToList(),
        ["cast to double"] = db => db.Transactions.Where(row => (double)row.Amount > 1d).ToList(),
        ["cast to integer"] = db => db.Transactions.Where(row => (int)row.Amount == 1).ToList(),
        ["cast of an amount that may be missing"] = db => db.Transactions.Where(row => (double?)row.AmountDue > 1d).ToList(),
        ["convert to text"] = db => db.Transactions.Where(row => row.Amount.ToString(CultureInfo.InvariantCulture) == "1").ToList(),
        ["cast to money"] = db => db.Transactions.Where(row => row.Amount > row.Type.Length).ToList(),
        ["multiply in an update"] = db => db.Transactions.ExecuteUpdate(set => set.SetProperty(row => row.Amount, row => row.Amount * 2m)),
    };

    public static TheoryData<string> Names => [.. Forbidden.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_query_that_would_be_wrong_is_refused(string name)
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabaseKind.Sqlite);
        await using var db = database.Open();

        var refusal = Assert.ThrowsAny<Exception>(() => Forbidden[name](db));

        Assert.Contains("do it in C#", refusal.ToString(), StringComparison.Ordinal);
    }

    [PostgresTheory]
    [MemberData(nameof(Names))]
    public async Task It_is_refused_on_PostgreSQL_too(string name)
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabaseKind.Postgres, migrated: false);
        await using var db = database.Open();

        var refusal = Assert.ThrowsAny<Exception>(() => Forbidden[name](db));

        Assert.Contains("do it in C#", refusal.ToString(), StringComparison.Ordinal);
    }

    [BothDatabases]
    public async Task What_is_exact_is_allowed(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var db = database.Open();
        var (amount, day) = (5m, new DateOnly(2026, 11, 20));

        await db.Transactions.Where(row => row.Amount > amount && row.Date <= day && -row.Amount < 0m).OrderBy(row => row.AbsoluteAmount).ToListAsync();
        await db.LedgerLines.GroupBy(line => line.AccountId).Select(lines => new { lines.Key, Sum = lines.Sum(line => line.Amount) }).ToListAsync();
        await db.Transactions.Select(row => row.Amount + row.BaseAmount - (row.AmountDue ?? 0m)).ToListAsync();

        Assert.Equal(0m, await db.Set<LedgerLine>().SumAsync(line => line.Amount));
    }
}
