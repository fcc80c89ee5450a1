using XeroCfo.Domain.Backups;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Data.Backups.Format;

/// <summary>Why a file cannot be restored; turned into the <see cref="Problem"/> at the port.</summary>
internal sealed class BackupFaultException(Problem problem) : Exception(problem.Message)
{
    public Problem Problem => problem;

    public static BackupFaultException Damaged(string what) => new(BackupProblems.Damaged(what));
}
