using System.Buffers.Text;
using System.Text;
using XeroCfo.Data.Ledger;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Ledger;

public sealed class TransactionListTests
{
    private static readonly TransactionSort[] Sorts = Enum.GetValues<TransactionSort>();

    [BothDatabases]
    public async Task Every_sort_read_to_the_end_either_way_shows_each_row_once_in_order(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await TransactionSamples.OrganisationAsync(database);
        await database.AddAsync([.. TransactionSamples.Many(tenant, 60, seed: 1)]);
        var reader = new TransactionReader(database.Factory);

        foreach (var (sort, limit) in Sorts.SelectMany(sort => new[] { (sort, 7), (sort, 20), (sort, 60), (sort, 61) }))
        {
            var forwards = await TransactionSamples.ReadAsync(reader, tenant, sort, limit);
            var backwards = await TransactionSamples.ReadAsync(reader, tenant, sort, limit, backwards: true);

            Assert.Equal(60, forwards.Select(row => row.Id).Distinct().Count());
            Assert.Equal(forwards.Select(row => row.Id), backwards.Select(row => row.Id));
            Assert.Equal(InOrder(forwards, sort).Select(row => row.Id), forwards.Select(row => row.Id));
        }
    }

    [BothDatabases]
    public async Task Rows_that_are_added_while_a_list_is_read_neither_hide_nor_repeat_one(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await TransactionSamples.OrganisationAsync(database);
        var reader = new TransactionReader(database.Factory);
        foreach (var (sort, backwards) in Sorts.SelectMany(sort => new[] { (sort, false), (sort, true) }))
        {
            await database.AddAsync([.. TransactionSamples.Many(tenant, 20, seed: 2)]);
            var stood = (await TransactionSamples.ReadAsync(reader, tenant, sort, 1000)).Select(row => row.Id).ToList();
            var seed = 100;

            var read = await TransactionSamples.ReadAsync(
                reader, tenant, sort, 6, backwards, () => ++seed > 110 ? Task.CompletedTask : database.AddAsync([.. TransactionSamples.Many(tenant, 3, seed)]));

            Assert.Equal(read.Count, read.Select(row => row.Id).Distinct().Count());
            Assert.Empty(stood.Except(read.Select(row => row.Id)));
        }
    }

    [BothDatabases]
    public async Task First_next_previous_and_last_pages_meet(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await TransactionSamples.OrganisationAsync(database);
        await database.AddAsync([.. TransactionSamples.Many(tenant, 25, seed: 3)]);
        var reader = new TransactionReader(database.Factory);

        foreach (var sort in Sorts)
        {
            var first = await PageAsync(reader, tenant, sort, PagePlace.First);
            var second = await PageAsync(reader, tenant, sort, PagePlace.After(first.Next));
            var third = await PageAsync(reader, tenant, sort, PagePlace.After(second.Next));
            var last = await PageAsync(reader, tenant, sort, PagePlace.Last);

            Assert.Null(first.Previous);
            Assert.Null(third.Next);
            Assert.Null(last.Next);
            Assert.Equal([10, 10, 5, 10], new[] { first, second, third, last }.Select(page => page.Items.Count));
            Assert.Equal(Ids(third), Ids(last).Skip(5));
            Assert.Equal(Ids(second), Ids(await PageAsync(reader, tenant, sort, PagePlace.Before(third.Previous!))));
            Assert.Equal(Ids(first), Ids(await PageAsync(reader, tenant, sort, PagePlace.Before(second.Previous!))));
            var back = await PageAsync(reader, tenant, sort, PagePlace.Before(last.Previous!));
            Assert.Equal(Ids(first).Concat(Ids(second)).Skip(5).Take(10), Ids(back));
            Assert.Equal(Ids(last), Ids(await PageAsync(reader, tenant, sort, PagePlace.After(back.Next))));
        }
    }

    [BothDatabases]
    public async Task An_empty_list_has_no_other_pages(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await TransactionSamples.OrganisationAsync(database);
        var reader = new TransactionReader(database.Factory);

        foreach (var place in new[] { PagePlace.First, PagePlace.Last })
        {
            var page = await PageAsync(reader, tenant, TransactionSort.NewestFirst, place);

            Assert.Empty(page.Items);
            Assert.Null(page.Next);
            Assert.Null(page.Previous);
        }
    }

    [BothDatabases]
    public async Task A_cursor_that_the_list_did_not_give_out_is_refused(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var tenant = await TransactionSamples.OrganisationAsync(database);
        await database.AddAsync([.. TransactionSamples.Many(tenant, 5, seed: 4)]);
        var reader = new TransactionReader(database.Factory);
        var byAmount = (await reader.ListAsync(tenant, new TransactionFilter(), TransactionSort.LargestFirst, PagePlace.First, 2, default)).Value.Next!;
        string[] cursors =
        [
            "", " ", "?", "abc", new string('A', 600), byAmount, byAmount[..^2], Encoded("d|739685"), Encoded($"d|-1|{Guid.Empty}"),
            Encoded($"d|99999999|{Guid.Empty}"), Encoded("d|739685|no id"), Encoded($"d|2026-03-10|{Guid.Empty}"), Encoded($"d|739685|{Guid.Empty}|more"), Encoded("a\0|1|x"),
        ];
        string[] amounts = [Encoded($"a|x|{Guid.Empty}"), Encoded($"a|79228162514264337593543950335|{Guid.Empty}"), Encoded($"a|922337203685478|{Guid.Empty}"), Encoded($"a|-922337203685478|{Guid.Empty}")];

        foreach (var (sort, cursor) in cursors.Select(cursor => (TransactionSort.NewestFirst, cursor)).Concat(amounts.Select(cursor => (TransactionSort.LargestFirst, cursor))))
        {
            var page = await reader.ListAsync(tenant, new TransactionFilter(), sort, PagePlace.After(cursor), 2, default);

            Assert.True(page.Problem?.Code == "invalid-cursor", $"\"{cursor}\" was taken for a place.");
            Assert.Equal("invalid-cursor", (await reader.ListAsync(tenant, new TransactionFilter(), sort, PagePlace.Before(cursor), 2, default)).Problem?.Code);
        }
    }

    private static string Encoded(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static IEnumerable<Guid> Ids(Page<Transaction> page) => page.Items.Select(row => row.Id);

    private static async Task<Page<Transaction>> PageAsync(TransactionReader reader, TenantId tenant, TransactionSort sort, PagePlace place) =>
        (await reader.ListAsync(tenant, new TransactionFilter(), sort, place, 10, default)).Value;

    // Ids are in time order as text: big-endian.
    private static IEnumerable<Transaction> InOrder(IEnumerable<Transaction> rows, TransactionSort sort)
    {
        var byId = rows.OrderBy(row => row.Id.ToString("N"), StringComparer.Ordinal);
        var down = rows.OrderByDescending(row => row.Id.ToString("N"), StringComparer.Ordinal);
        return sort switch
        {
            TransactionSort.OldestFirst => byId.OrderBy(row => row.Date),
            TransactionSort.NewestFirst => down.OrderByDescending(row => row.Date),
            TransactionSort.SmallestFirst => byId.OrderBy(row => Math.Abs(row.BaseAmount)),
            _ => down.OrderByDescending(row => Math.Abs(row.BaseAmount)),
        };
    }
}
