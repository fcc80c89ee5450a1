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
    public static PartFile For(string file) => new($"{file}.{Guid.NewGuid():N}{Ending}");

    /// <summary>What tells the part file of that path from every other.</summary>
    public static string IdOf(string path) => path[..^Ending.Length][^32..];

    /// <summary>Clears away what processes left in a folder that died on the way.</summary>
    /// <param name="folder">Where; it need not be there.</param>
    /// <param name="isWanted">Asked of a dead one while nobody else can take it: true when it stays.</param>
    /// <param name="name">Of that backup only; null: of any.</param>
    public static async Task ClearDeadAsync(string folder, Func<string, Task<bool>> isWanted, string? name = null)
    {
        var parts = Directory.Exists(folder) ? Directory.GetFiles(folder, "*" + Ending) : [];
        foreach (var part in parts.Where(part => IsOurs(System.IO.Path.GetFileName(part), name)))
        {
            using var dead = HoldDead(part);
            if (dead is not null && !await isWanted(part))
            {
                File.Delete(part);
            }
        }
    }

    /// <summary>Gives a dead one its name; false while somebody holds it, or where the disk refuses.</summary>
    public static bool TryName(string part, string file)
    {
        using (var dead = HoldDead(part))
        {
            if (dead is null)
            {
                return false;
            }
        }

        try
        {
            File.Move(part, file, overwrite: true);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
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

    // Null: somebody is writing it, or it is gone.
    private static FileStream? HoldDead(string part)
    {
        try
        {
            return new FileStream(part, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
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
