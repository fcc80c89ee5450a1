using System.CommandLine;
using System.CommandLine.Help;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Web.Commands;

/// <summary>Runs what was asked for and turns every ending into an exit code: 0 done, 1 refused, 2 wrong use.</summary>
internal static class CommandLine
{
    public const int Done = 0;
    private const int Refused = 1;
    private const int WrongUse = 2;

    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpAction)
        {
            return Misuse(string.Join(" ", parsed.Errors.Select(error => error.Message)));
        }

        // The root takes settings of any name, and its leniency reaches its verbs.
        if (parsed.CommandResult.Command is Verb && parsed.UnmatchedTokens is [var stray, ..])
        {
            return Misuse($"\"{stray}\" is not an option of {parsed.CommandResult.Command.Name}.");
        }

        try
        {
            // The server's own host handles signals; commands end when they are asked to.
            var verb = parsed.CommandResult.Command is Verb;
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false };
            configuration.ProcessTerminationTimeout = verb ? TimeSpan.FromSeconds(10) : null;
            return await parsed.InvokeAsync(configuration);
        }
        catch (RefusedException refusal)
        {
            return Refuse(refusal.Message);
        }
        catch (IOException fault) when (fault.InnerException is AddressInUseException or SocketException)
        {
            return Refuse($"{fault.Message.TrimEnd('.')}. Stop what uses that address, or set another with ASPNETCORE_URLS or --urls.");
        }
        catch (OperationCanceledException)
        {
            return Refuse("Stopped before it was done.");
        }
        catch (Exception bug) when (bug is not HostAbortedException)
        {
            await Console.Error.WriteLineAsync(bug.ToString());
            return Refused;
        }
    }

    /// <summary>Says why not, in one line.</summary>
    public static int Refuse(string message)
    {
        Console.Error.WriteLine(message.ReplaceLineEndings(" "));
        return Refused;
    }

    /// <summary>Says what was not understood, in one line.</summary>
    public static int Misuse(string message)
    {
        Console.Error.WriteLine($"{message.ReplaceLineEndings(" ")} (--help tells more)");
        return WrongUse;
    }
}
