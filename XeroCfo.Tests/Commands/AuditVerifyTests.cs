using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Commands;

public sealed class AuditVerifyTests : IDisposable
{
    private readonly Executable _executable = new();

    public void Dispose() => _executable.Dispose();

    [Fact]
    public async Task The_console_says_that_the_trail_is_whole_or_names_the_entry_that_is_not()
    {
        Assert.Equal(0, (await _executable.RunAsync("user add --email bo@acme.test --role Admin --password-stdin", "a long enough phrase\n")).Exit);
        var whole = await _executable.RunAsync("audit verify");
        Assert.Equal((0, ""), (whole.Exit, whole.Error));
        Assert.Equal("The audit trail is whole: 1 entries, each as it was written.", whole.Output);

        var factory = new DbFactory(new DatabaseOptions { ConnectionString = $"Data Source={Path.Combine(_executable.DataFolder, "xerocfo.db")};Pooling=False" }, new FixedClock());
        Guid id;
        await using (var db = factory.AcrossTenants("a test does harm"))
        {
            await db.Database.ExecuteSqlRawAsync("DROP TRIGGER \"AuditLogs_append_only_update\"");
            id = await db.AuditLogs.Select(entry => entry.Id).SingleAsync();
            await db.AuditLogs.ExecuteUpdateAsync(set => set.SetProperty(entry => entry.IpAddress, "10.0.0.1"));
        }

        var broken = await _executable.RunAsync("audit verify");
        Assert.Equal((1, ""), (broken.Exit, broken.Output));
        Assert.Matches($"^The entry {id:D} \\(number 1, user\\.added, .*\\) was changed after it was written\\.$", broken.Error);
    }
}
