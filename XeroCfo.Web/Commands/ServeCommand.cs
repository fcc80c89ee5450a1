using System.CommandLine;
using XeroCfo.Web.Hosting;

namespace XeroCfo.Web.Commands;

/// <summary>Serves the pages and the API. Also what happens without a verb.</summary>
internal sealed class ServeCommand : Command
{
    public const string Help = "Serve the pages and the API (also without a verb). Settings may follow as --Section:Name value.";

    public ServeCommand()
        : base("serve", Help)
    {
        TreatUnmatchedTokensAsErrors = false;
        SetAction(ServeAsync);
    }

    /// <summary>Serves until the process is told to stop.</summary>
    public static async Task<int> ServeAsync(ParseResult parsed, CancellationToken ct)
    {
        var settings = parsed.UnmatchedTokens.ToArray();
        if (Stray(settings) is { } stray)
        {
            return CommandLine.Misuse($"\"{stray}\" is neither a verb nor a setting.");
        }

        await WebHost.RunAsync(settings, ct);
        return CommandLine.Done;
    }

    /// <summary>The first word that is neither <c>--Name=value</c> nor <c>--Name value</c>.</summary>
    private static string? Stray(string[] words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (!words[i].StartsWith("--", StringComparison.Ordinal))
            {
                return words[i];
            }

            if (!words[i].Contains('=', StringComparison.Ordinal) && ++i >= words.Length)
            {
                return words[^1];
            }
        }

        return null;
    }
}
