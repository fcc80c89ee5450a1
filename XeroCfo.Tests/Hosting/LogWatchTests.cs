using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Hosting;

/// <summary>The watch over the logs sees what it is there to see.</summary>
public sealed class LogWatchTests
{
    [Theory]
    [InlineData("paid 1,234.50 today", true)]
    [InlineData("balance -12.40", true)]
    [InlineData("total 123456.78", true)]
    [InlineData("key xcfo_live0123456789", true)]
    [InlineData("cookie CfDJ8abc", true)]
    [InlineData("Authorization: Bearer abcdefghijkl", true)]
    [InlineData("the pass phrase", true)]
    [InlineData("Harbour Street Cafe is late", true)]
    [InlineData("Sync 0193aaaa of 0193bbbb ended well after 14 calls", false)]
    [InlineData("listens on http://127.0.0.1:5080", false)]
    [InlineData("took 12.34 ms", false)]
    [InlineData("version 10.0.14 at 09:30:00", false)]
    public void A_line_is_told_by_what_it_holds(string line, bool leaks) =>
        Assert.Equal(leaks, LogWatch.Leaks($"a good line\n{line}\nanother", "PASS phrase").Any());
}
