using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Backups;

/// <summary>What backups refuse. Each leaves everything as it was.</summary>
public static class BackupProblems
{
    public static Problem NotABackup { get; } = new("backup-unknown", "This file is no backup of XeroCfo. Nothing was changed.", ProblemKind.Refused);

    public static Problem NoFile { get; } = new("backup-missing", "There is no such file. Nothing was changed.", ProblemKind.NotFound);

    public static Problem NoDatabase { get; } = new("database-missing", "There is no database yet, so there is nothing to back up.", ProblemKind.Refused);

    public static Problem NotUpToDate { get; } = new(
        "database-outdated", "This database still has the shape of an earlier version. Make the backup with that version, or run \"migrate\" first.", ProblemKind.Refused);

    public static Problem NotEmpty { get; } = new(
        "database-not-empty", "The database here holds data, which a restore would replace. Back it up and say --force if that is what you want. Nothing was changed.", ProblemKind.Conflict);

    public static Problem NoKey { get; } = new(
        "encryption-key-missing", "There is no encryption key here. Set Encryption:Key to the one that the backup was made with. Nothing was changed.", ProblemKind.Refused);

    public static Problem Unknown { get; } = Problem.NotFound("backup-not-found", "There is no such backup, or its file is gone.");

    public static Problem Running { get; } = new("backup-running", "A backup is being made already.", ProblemKind.Conflict);

    /// <summary>The bytes are not those that were written.</summary>
    public static Problem Damaged(string what) => new("backup-damaged", $"This backup is damaged: {what}. Take another one. Nothing was changed.", ProblemKind.Refused);

    /// <summary>A later version of the product wrote it.</summary>
    public static Problem Newer(string what) =>
        new("backup-newer", $"This backup was made by a newer version of XeroCfo ({what}). Restore it with that version or a later one. Nothing was changed.", ProblemKind.Refused);

    /// <summary>Its key is not among those here.</summary>
    public static Problem OtherKey(string wanted, string here) => new(
        "backup-other-key", $"This backup was sealed with the key {wanted}; the key here is {here}. Set Encryption:Key to the one that it was made with, or list that one under Encryption:PreviousKeys. Nothing was changed.", ProblemKind.Refused);

    /// <summary>The file that would be written over is none of ours.</summary>
    public static Problem InTheWay(string file) => new("backup-in-the-way", $"{file} is there already and is no backup of XeroCfo. Name another file.", ProblemKind.Conflict);

    /// <summary>The disk said no.</summary>
    public static Problem NotWritten(string why) => new("backup-not-written", $"The backup could not be written: {why}. No file was left.", ProblemKind.Unavailable);

    /// <summary>It was written, and then was not what it should be.</summary>
    public static Problem NotVerified(string why) => new("backup-not-verified", $"The backup could not be read back: {why}. No file was left.", ProblemKind.Unavailable);
}
