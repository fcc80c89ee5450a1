using Microsoft.Data.Sqlite;
using XeroCfo.Data.Storage;

namespace XeroCfo.Tests.Support;

/// <summary>Files in a folder that is deleted when the process ends.</summary>
internal static class SqliteTestServer
{
    private static readonly string Folder = MakeFolder();
    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);

    public static async Task<(DatabaseOptions Options, Func<Task> Drop)> CreateAsync(bool migrated)
    {
        var path = Path.Combine(Folder, $"{Guid.NewGuid():N}.db");
        if (migrated)
        {
            File.Copy(await Template.Value, path);
        }

        var options = OptionsFor(path);
        return (options, () => Drop(options, path));
    }

    private static DatabaseOptions OptionsFor(string path) => new() { ConnectionString = $"Data Source={path}" };

    private static async Task<string> MakeTemplateAsync()
    {
        var path = Path.Combine(Folder, "template.db");
        var options = OptionsFor(path);
        await TestDatabase.MigrateAsync(options);

        // Closing the last connection moves the write-ahead log into the file, so that copying the file is enough.
        ClosePool(options);
        return File.Exists(path + "-wal") ? throw new InvalidOperationException("The template is still open.") : path;
    }

    private static Task Drop(DatabaseOptions options, string path)
    {
        ClosePool(options);
        foreach (var suffix in new[] { "", "-wal", "-shm" })
        {
            File.Delete(path + suffix);
        }

        return Task.CompletedTask;
    }

    private static void ClosePool(DatabaseOptions options)
    {
        using var connection = new SqliteConnection(SqliteSetup.ConnectionString(options));
        SqliteConnection.ClearPool(connection);
    }

    private static string MakeFolder()
    {
        var folder = Directory.CreateTempSubdirectory("xerocfo-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }
}
