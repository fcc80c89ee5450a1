using System.CommandLine;
using XeroCfo.Web.Commands;

var root = new RootCommand("XeroCfo: figures from Xero that tie out. Without a verb it serves.")
{
    new ServeCommand(),
    new MigrateVerb(),
    new UserVerbs(),
    new ApiKeyVerbs(),
    new SeedVerbs(),
    new XeroVerbs(),
    new SyncVerb(),
    new LedgerVerbs(),
    new EncryptionVerbs(),
    new AuditVerbs(),
    new BackupVerb(),
    new RestoreVerb(),
};
root.TreatUnmatchedTokensAsErrors = false;
root.SetAction(ServeCommand.ServeAsync);
return await CommandLine.RunAsync(root, args);

/// <summary>The executable; tests start it.</summary>
public partial class Program;
