using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace XeroCfo.Web.Hosting;

/// <summary>
/// Writes an entry of the log on one line, and what belongs to a fault on lines of its own that begin with spaces. Control characters are
/// written by their number: no text from outside can look like another entry.
/// </summary>
internal sealed class LogLines(TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "lines";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():yyyy-MM-dd HH:mm:ss.fff}Z {Word(logEntry.LogLevel)} {logEntry.Category}: ");
        Plain(text, logEntry.Formatter(logEntry.State, logEntry.Exception)).Append('\n');
        if (logEntry.Exception is { } fault)
        {
            foreach (var line in fault.ToString().Split('\n'))
            {
                Plain(text.Append("    "), line.TrimEnd('\r')).Append('\n');
            }
        }

        textWriter.Write(text);
    }

    private static StringBuilder Plain(StringBuilder text, string from)
    {
        foreach (var letter in from)
        {
            _ = char.IsControl(letter) || char.GetUnicodeCategory(letter) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                ? text.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}")
                : text.Append(letter);
        }

        return text;
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info ",
        LogLevel.Warning => "warn ",
        LogLevel.Error => "error",
        _ => "fatal",
    };
}
