using CsCheck;
using XeroCfo.Data.Ledger;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Ledger;

public sealed class MovementTests
{
    private static readonly DateOnly First = new(2025, 12, 20);
    private static readonly Guid[] Accounts = [.. Enumerable.Range(0, 4).Select(_ => Guid.NewGuid())];
    private static readonly string[] Later = [LineSources.Document, LineSources.Document, LineSources.Document, .. LineSources.All.Skip(2)];
    private static readonly string?[] Kinds = [null, DifferenceKinds.Payroll, DifferenceKinds.Other, DifferenceKinds.Unexplained];

    [BothDatabases]
    public async Task Movements_between_any_two_days_are_the_sums_of_the_lines_between_them(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await TransactionSamples.OrganisationAsync(database);
        var lines = Lines(tenant, 400);
        await WriteAsync(database, tenant, lines);
        await WriteAsync(database, await TransactionSamples.OrganisationAsync(database, "Bolt"), lines);
        var reader = new LedgerReader(database.Factory);
        var day = Gen.Int[-40, 180].Select(offset => First.AddDays(offset));
        var edge = Gen.Int[0, 6].Select(Gen.Bool, (month, end) => end ? Month.Of(First).Add(month).End : Month.Of(First).Add(month).Start);
        var from = Gen.OneOf(day, edge).Nullable();
        var to = Gen.OneOf(day, edge);

        await from.Select(to).SampleAsync(
            async range =>
            {
                var expected = Naive(lines, range.Item1, range.Item2);
                var read = (await reader.MovementsAsync(tenant, range.Item1, range.Item2, default)).Where(row => row != new AccountMovement(row.AccountId, 0, 0, 0, 0));

                Assert.Equal(expected, read.ToDictionary(row => row.AccountId));
            },
            iter: 300,
            threads: 2);
    }

    [BothDatabases]
    public async Task The_whole_of_time_can_be_asked_for(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await TransactionSamples.OrganisationAsync(database);
        var lines = Lines(tenant, 30);
        await WriteAsync(database, tenant, lines);
        var reader = new LedgerReader(database.Factory);
        var all = Naive(lines, null, AccountingDays.Last);

        Assert.Equal(all, (await reader.MovementsAsync(tenant, null, AccountingDays.Last, default)).ToDictionary(row => row.AccountId));
        Assert.Equal(all, (await reader.MovementsAsync(tenant, AccountingDays.First, AccountingDays.Last, default)).ToDictionary(row => row.AccountId));
        Assert.Empty(await reader.MovementsAsync(tenant, null, AccountingDays.First, default));
        Assert.Empty(await reader.MovementsAsync(tenant, AccountingDays.Last, AccountingDays.Last, default));
    }

    [BothDatabases]
    public async Task Xeros_balance_is_that_of_exactly_the_day(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await TransactionSamples.OrganisationAsync(database);
        var (read, later) = (database.Clock.Now.UtcDateTime, database.Clock.Now.UtcDateTime.AddMinutes(1));
        await database.AddAsync(
            new XeroTrialBalance { TenantId = tenant.Value, AccountId = Accounts[0], Date = First, Balance = 12.34m, ReadAt = later },
            new XeroTrialBalance { TenantId = tenant.Value, AccountId = Accounts[1], Date = First, Balance = -12.34m, ReadAt = read },
            new XeroTrialBalance { TenantId = tenant.Value, AccountId = Accounts[0], Date = First, Basis = "cash", Balance = 99m, ReadAt = read });
        var reader = new LedgerReader(database.Factory);

        var exact = await reader.XeroTrialBalanceAsync(tenant, First, default);

        Assert.Equal((First, read), (exact!.Date, exact.ReadAt));
        Assert.Equal(new Dictionary<Guid, decimal> { [Accounts[0]] = 12.34m, [Accounts[1]] = -12.34m }, exact.Balances);
        Assert.Null(await reader.XeroTrialBalanceAsync(tenant, First.AddDays(1), default));
        Assert.Null(await reader.XeroTrialBalanceAsync(tenant, First.AddDays(-1), default));
    }

    // Opening lines on the first day, then five months of everything else.
    private static List<LedgerLine> Lines(TenantId tenant, int count)
    {
        var random = new Random(count);
        return
        [
            .. Enumerable.Range(0, count).Select(i =>
            {
                var source = i < 4 ? LineSources.Opening : Later[random.Next(Later.Length)];
                return new LedgerLine
                {
                    TenantId = tenant.Value,
                    AccountId = Accounts[i < 4 ? i : random.Next(Accounts.Length)],
                    Date = i < 4 ? First : First.AddDays(1 + random.Next(150)),
                    Amount = random.Next(-100_000, 100_000) / 100m + 0.0001m,
                    Source = source,
                    Kind = source is LineSources.XeroTrialBalance or LineSources.XeroProvisional ? Kinds[random.Next(Kinds.Length)] : null,
                };
            }),
        ];
    }

    // Balances are the sums of lines, as the posting keeps them; the provisional ones are never part of a month.
    private static async Task WriteAsync(TestDatabase database, TenantId tenant, List<LedgerLine> lines)
    {
        var balances = lines.Where(line => line.Source != LineSources.XeroProvisional)
            .GroupBy(line => (line.AccountId, Month.Of(line.Date).Start, line.Source))
            .Select(group => new AccountBalance { TenantId = tenant.Value, AccountId = group.Key.AccountId, Month = group.Key.Start, Source = group.Key.Source, Movement = group.Sum(line => line.Amount) });
        var days = lines.Where(line => line.Source is LineSources.Document or LineSources.Journal)
            .GroupBy(line => (line.AccountId, line.Date))
            .Select(group => new DayBalance { TenantId = tenant.Value, AccountId = group.Key.AccountId, Date = group.Key.Date, Movement = group.Sum(line => line.Amount) });
        var copies = lines.Select(line => new LedgerLine { TenantId = tenant.Value, AccountId = line.AccountId, Date = line.Date, Amount = line.Amount, Source = line.Source, Kind = line.Kind });
        await database.AddAsync([.. copies, .. balances, .. days]);
    }

    private static Dictionary<Guid, AccountMovement> Naive(List<LedgerLine> lines, DateOnly? from, DateOnly to) => lines
        .Where(line => (from is null || line.Date >= from) && line.Date <= to)
        .GroupBy(line => line.AccountId)
        .ToDictionary(group => group.Key, group =>
        {
            decimal Sum(Func<LedgerLine, bool> which) => group.Where(which).Sum(line => line.Amount);
            static bool XeroOnly(LedgerLine line) => line.Source is LineSources.XeroTrialBalance or LineSources.XeroProvisional;
            return new AccountMovement(
                group.Key,
                Sum(line => line.Source == LineSources.Opening),
                Sum(line => line.Source is LineSources.Document or LineSources.Journal),
                Sum(line => XeroOnly(line) && line.Kind != DifferenceKinds.Unexplained),
                Sum(line => XeroOnly(line) && line.Kind == DifferenceKinds.Unexplained));
        })
        .Where(pair => pair.Value != new AccountMovement(pair.Key, 0, 0, 0, 0))
        .ToDictionary();
}
