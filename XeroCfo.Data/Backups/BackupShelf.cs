using XeroCfo.Data.Storage;
using XeroCfo.Domain.Backups;

namespace XeroCfo.Data.Backups;

/// <summary>The folder <c>backups</c> in the data directory.</summary>
internal sealed class BackupShelf(DataFolder folder) : IBackupShelf
{
    public string Node => Environment.MachineName;

    private string Shelf => Path.Combine(folder.FullPath, "backups");

    public string PathOf(string fileName)
    {
        new DataFolder(Shelf).Prepare();
        PartFile.ClearDead(Shelf);
        return Path.Combine(Shelf, Plain(fileName));
    }

    public bool Has(string fileName) => File.Exists(Path.Combine(Shelf, Plain(fileName)));

    public Stream? Open(string fileName)
    {
        try
        {
            return new FileStream(Path.Combine(Shelf, Plain(fileName)), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Remove(string fileName) => File.Delete(Path.Combine(Shelf, Plain(fileName)));

    private static string Plain(string fileName) => Path.GetFileName(fileName) == fileName ? fileName : throw new ArgumentException("A name, not a path.", nameof(fileName));
}
