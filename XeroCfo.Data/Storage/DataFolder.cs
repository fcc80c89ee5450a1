using XeroCfo.Domain.Primitives;

namespace XeroCfo.Data.Storage;

/// <summary>
/// The folder for database, keys and backups. It and everything in it belongs to the owner alone. Whatever it is asked to do that
/// the disk forbids ends in one readable refusal.
/// </summary>
public sealed class DataFolder(string path)
{
    private const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string FullPath { get; } = path;

    /// <summary>The master key of a SQLite installation.</summary>
    public string KeyFile => Path.Combine(FullPath, "encryption.key");

    /// <summary>Where the end of the audit trail is noted, outside the database.</summary>
    public string AuditAnchorFile => Path.Combine(FullPath, "audit-anchor");

    /// <summary>What a restore that is under way leaves to be done after it.</summary>
    private string RestoreNoteFile => Path.Combine(FullPath, "restore-note");

    /// <summary>Makes the folder if need be and proves that it can be written to.</summary>
    public void Prepare()
    {
        try
        {
            if (!Directory.Exists(FullPath))
            {
                MakeFolder();
            }

            var trial = Path.Combine(FullPath, $".trial-{Guid.NewGuid():N}");
            WriteOwnFile(trial, "");
            File.Delete(trial);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new RefusedException($"DataDirectory {FullPath} cannot be written to ({OneLine(fault)}). Give this account write access to it, or set DataDirectory to another folder.");
        }
    }

    /// <summary>
    /// Makes an empty file that only the owner reads, where there is none yet. SQLite takes an empty file for an empty database and
    /// gives its companions the same rights.
    /// </summary>
    public static void MakeOwnFile(string file)
    {
        if (!File.Exists(file))
        {
            WriteOwnFile(file, "");
        }
    }

    /// <summary>The key in the key file; null when there is no such file.</summary>
    internal string? ReadKey()
    {
        if (!File.Exists(KeyFile))
        {
            return null;
        }

        var text = ReadText();
        return Encryption.MasterKey.TryParse(text, out _)
            ? text.Trim()
            : throw new RefusedException($"The file {KeyFile} does not hold 64 hex digits. Put the right file back from your copy.");
    }

    /// <summary>Makes a key and its file.</summary>
    internal string MakeKey()
    {
        var key = Encryption.MasterKey.NewText();
        WriteOwnFile(KeyFile, key + "\n");
        return key;
    }

    /// <summary>The note; null when there is none.</summary>
    internal string? ReadAuditAnchor() => Read(AuditAnchorFile);

    /// <summary>Keeps the note under another name: what a restore brings has an end of its own. False when there is none.</summary>
    internal bool SetAuditAnchorAside(DateTime instant)
    {
        if (!File.Exists(AuditAnchorFile))
        {
            return false;
        }

        File.Move(AuditAnchorFile, $"{AuditAnchorFile}.{instant:yyyyMMddHHmmss}", overwrite: true);
        return true;
    }

    /// <summary>Replaces the note whole: a reader sees the old one or the new one.</summary>
    internal void WriteAuditAnchor(string text) => Replace(AuditAnchorFile, text);

    internal string? ReadRestoreNote() => Read(RestoreNoteFile);

    internal void WriteRestoreNote(string text) => Replace(RestoreNoteFile, text);

    internal void RemoveRestoreNote() => File.Delete(RestoreNoteFile);

    private static string? Read(string file) => File.Exists(file) ? File.ReadAllText(file).Trim() : null;

    private static void Replace(string file, string text)
    {
        var next = $"{file}.{Environment.ProcessId}-{Guid.NewGuid():N}";
        WriteOwnFile(next, text + "\n");
        File.Move(next, file, overwrite: true);
    }

    private string ReadText()
    {
        try
        {
            return File.ReadAllText(KeyFile);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException($"The file {KeyFile} cannot be read ({OneLine(fault)}). Give this account access to it.");
        }
    }

    private void MakeFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(FullPath);
        }
        else
        {
            Directory.CreateDirectory(FullPath, OwnerFolder);
        }
    }

    private static void WriteOwnFile(string file, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerFile;
        }

        using var writer = new StreamWriter(file, options);
        writer.Write(text);
    }

    private static string OneLine(Exception fault) => fault.Message.ReplaceLineEndings(" ");
}
