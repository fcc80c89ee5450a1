using System.Diagnostics;

namespace XeroCfo.Tests.Commands;

/// <summary>The built executable, started as a person or a service manager would.</summary>
internal sealed class Executable : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public string Folder { get; } = Directory.CreateTempSubdirectory("xerocfo-exe").FullName;

    public string DataFolder => Path.Combine(Folder, "data");

    /// <summary>Runs to the end.</summary>
    public async Task<(int Exit, string Output, string Error)> RunAsync(string arguments, string input = "", params (string Name, string Value)[] settings)
    {
        using var process = Start(arguments, settings);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, (await output).Trim(), (await error).Trim());
    }

    /// <summary>Starts and leaves running; the caller kills it.</summary>
    public Process Start(string arguments, params (string Name, string Value)[] settings)
    {
        var program = typeof(Program).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", $"exec \"{program}\" {arguments}")
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DataDirectory"] = DataFolder;
        start.Environment["Passwords__WorkFactor"] = "4";
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Reads standard output until the line that begins so.</summary>
    public static async Task<string> LineAsync(Process process, string beginning)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith(beginning, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"It ended without saying \"{beginning}\": {await process.StandardError.ReadToEndAsync(limit.Token)}");
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
