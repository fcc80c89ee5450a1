using XeroCfo.Data.Storage;

namespace XeroCfo.Data.Backups;

/// <summary>
/// A backup on its way to its name. It is held open for as long as its process lives: so whoever comes later tells what a dead one left, and
/// clears it away.
/// </summary>
internal sealed class PartFile : IDisposable
{
    private const string Ending = ".part";
    private readonly FileStream _alive;

    private PartFile(string path)
    {
        DataFolder.MakeOwnFile(path);
        (Path, _alive) = (path, new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
    }

    /// <summary>An empty file that only the owner reads; written to, and then given its name.</summary>
    public string Path { get; }

    /// <summary>A new one for a backup of that name, beside it.</summary>
    public static PartFile For(string file)
    {
        ClearDead(System.IO.Path.GetDirectoryName(file)!, System.IO.Path.GetFileName(file));
        return new PartFile($"{file}.{Guid.NewGuid():N}{Ending}");
    }

    /// <summary>Clears away what processes left in a folder that died on the way.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="name">Of that backup only; null: of any.</param>
    public static void ClearDead(string folder, string? name = null)
    {
        foreach (var part in Directory.GetFiles(folder, "*" + Ending).Where(part => IsOurs(System.IO.Path.GetFileName(part), name)))
        {
            try
            {
                using var dead = new FileStream(part, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // Somebody is writing it.
            }
        }
    }

    public void Dispose()
    {
        _alive.Dispose();
        try
        {
            File.Delete(Path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The folder is gone or closed to us: whoever sees to that sees the rest.
        }
    }

    // The name of the backup, 32 digits and the ending: nobody else's file looks like that.
    private static bool IsOurs(string part, string? name)
    {
        var rest = part[..^Ending.Length];
        var dot = rest.LastIndexOf('.');
        return dot > 0 && Guid.TryParseExact(rest[(dot + 1)..], "N", out _) && (name is null || rest[..dot] == name);
    }
}
