using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Hosting;

namespace XeroCfo.Tests.Hosting;

/// <summary>What the log looks like, whatever stands in what it tells.</summary>
public sealed class LogLinesTests
{
    private static readonly FixedClock Clock = new(new DateTimeOffset(2026, 11, 20, 9, 30, 0, TimeSpan.Zero));

    [Fact]
    public void An_entry_is_a_line() =>
        Assert.Equal("2026-11-20 09:30:00.000Z warn  XeroCfo.Sync: 3 records were set aside\n", Written(LogLevel.Warning, "3 records were set aside"));

    [Theory]
    [InlineData("\n")]
    [InlineData("\r")]
    [InlineData("\r\n")]
    [InlineData("\u2028")]
    [InlineData("\u0085")]
    [InlineData("\u001b[2K\u001b[1A")]
    public void Text_from_outside_cannot_look_like_another_entry(string between)
    {
        var text = Written(LogLevel.Information, $"name{between}2026-11-20 09:30:00.000Z fatal XeroCfo: forged");

        Assert.Equal(1, text.Count(letter => letter == '\n'));
        Assert.DoesNotContain(text[..^1], char.IsControl);
        Assert.DoesNotContain('\u2028', text);
    }

    [Fact]
    public void A_fault_stands_on_lines_of_its_own_that_no_entry_begins_with()
    {
        var lines = Written(LogLevel.Error, "It stumbled", new InvalidOperationException("first\nsecond\r\n2026-11-20 09:30:00.000Z fatal XeroCfo: forged")).TrimEnd('\n').Split('\n');

        Assert.Equal(4, lines.Length);
        Assert.All(lines.Skip(1), line => Assert.StartsWith("    ", line, StringComparison.Ordinal));
        Assert.All(lines, line => Assert.DoesNotContain(line, char.IsControl));
    }

    private static string Written(LogLevel level, string message, Exception? fault = null)
    {
        using var text = new StringWriter();
        new LogLines(Clock).Write(new LogEntry<string>(level, "XeroCfo.Sync", default, message, fault, (state, _) => state), null, text);
        return text.ToString();
    }
}
