using System.CommandLine;
using System.Globalization;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Backups;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;

namespace XeroCfo.Web.Commands;

/// <summary>Writes everything into one encrypted file, also while the server runs.</summary>
internal sealed class BackupVerb : Verb
{
    private readonly Argument<string> _file = new("FILE") { Description = "Where the backup goes; an earlier backup of that name is replaced" };

    public BackupVerb()
        : base("backup", "Write everything into one encrypted file, prove that it can be restored, and only then give it its name") => Add(_file);

    // The shape is not changed before there is a backup of it.
    protected override bool WantsDatabaseUpToDate => false;

    protected override async Task<Result<Done>> RunAsync(ParseResult parsed, IServiceProvider services, CancellationToken ct)
    {
        switch (await services.GetRequiredService<DatabaseLifecycle>().IsUpToDateAsync(ct))
        {
            case null:
                return BackupProblems.NoDatabase;
            case false:
                return BackupProblems.NotUpToDate;
        }

        var made = await services.GetRequiredService<BackupService>().WriteAsync(Caller.Command, parsed.GetRequiredValue(_file), ct);
        if (made.Problem is { } refused)
        {
            return refused;
        }

        Console.WriteLine($"Backed up and verified: {BackupText.Of(made.Value)}.");
        return Done.Value;
    }
}

/// <summary>Puts a backup in the place of everything, in either kind of database.</summary>
internal sealed class RestoreVerb : Verb
{
    private readonly Argument<string> _file = new("FILE") { Description = "A backup" };
    private readonly Option<bool> _force = new("--force") { Description = "Replace what the database holds" };

    public RestoreVerb()
        : base("restore", "Put a backup in the place of everything in the database, whichever kind of database it came from")
    {
        Add(_file);
        Add(_force);
    }

    protected override bool WantsDatabaseUpToDate => false;

    protected override async Task<Result<Done>> RunAsync(ParseResult parsed, IServiceProvider services, CancellationToken ct)
    {
        var restored = await services.GetRequiredService<BackupService>().RestoreAsync(Caller.Command, parsed.GetRequiredValue(_file), parsed.GetValue(_force), ct);
        if (restored.Problem is { } refused)
        {
            return refused;
        }

        Console.WriteLine($"Restored: {BackupText.Of(restored.Value)}.");
        return Done.Value;
    }
}

/// <summary>A backup in one line.</summary>
internal static class BackupText
{
    public static string Of(BackupFacts facts) =>
        string.Create(CultureInfo.InvariantCulture, $"{facts.Rows:N0} rows of {facts.CreatedAt:yyyy-MM-dd HH:mm:ss}Z, {facts.Bytes:N0} bytes");
}
