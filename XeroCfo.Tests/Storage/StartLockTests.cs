using XeroCfo.Data.Storage;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Storage;

/// <summary>Nodes that start at once prepare the database one after the other.</summary>
public sealed class StartLockTests
{
    /// <summary>After this a command of PostgreSQL's driver gives up by itself.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(33);

    [PostgresLongFact]
    public async Task A_node_waits_while_another_one_migrates_for_longer_than_a_command_may_take()
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabaseKind.Postgres);
        var folder = new DataFolder(Path.GetTempPath());
        var first = await StartLock.TakeAsync(database.Factory, database.Options, folder, default);
        var second = StartLock.TakeAsync(database.Factory, database.Options, folder, default);

        await Task.WhenAny(second, Task.Delay(Long));
        Assert.False(second.IsCompleted, second.Exception?.Message);
        await first.DisposeAsync();

        await using var taken = await second;
    }
}
