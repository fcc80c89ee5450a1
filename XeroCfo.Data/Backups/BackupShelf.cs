using XeroCfo.Data.Storage;
using XeroCfo.Domain.Backups;

namespace XeroCfo.Data.Backups;

/// <summary>The folder <c>backups</c> in the data directory.</summary>
internal sealed class BackupShelf(DataFolder folder) : IBackupShelf
{
    public string Node => Environment.MachineName;

    public string Folder => Path.Combine(folder.FullPath, "backups");

    public string PathOf(string fileName)
    {
        new DataFolder(Folder).Prepare();
        return Path.Combine(Folder, Plain(fileName));
    }

    public bool Has(string fileName) => File.Exists(Path.Combine(Folder, Plain(fileName)));

    public Stream? Open(string fileName)
    {
        try
        {
            return new FileStream(Path.Combine(Folder, Plain(fileName)), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Remove(string fileName) => File.Delete(Path.Combine(Folder, Plain(fileName)));

    private static string Plain(string fileName) => Path.GetFileName(fileName) == fileName ? fileName : throw new ArgumentException("A name, not a path.", nameof(fileName));
}
