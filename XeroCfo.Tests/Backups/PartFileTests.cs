using XeroCfo.Data.Backups;

namespace XeroCfo.Tests.Backups;

/// <summary>What is half written belongs to who writes it, and to nobody once that process is dead.</summary>
public sealed class PartFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("xerocfo-part").FullName;

    private string Backup => Path.Combine(_folder, "books.backup");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_next_one_clears_away_what_a_dead_one_left_and_nothing_else()
    {
        var dead = Leave($"books.backup.{Guid.NewGuid():N}.part");
        string[] strangers = [Leave("books.backup"), Leave("books.backup.notes.part"), Leave($"other.backup.{Guid.NewGuid():N}.part"), Leave($"{Guid.NewGuid():N}.part")];
        using var alive = PartFile.For(Backup);

        await PartFile.ClearDeadAsync(_folder, Unwanted, "books.backup");
        using (var next = PartFile.For(Backup))
        {
            Assert.False(File.Exists(dead));
            Assert.All([.. strangers, alive.Path, next.Path], file => Assert.True(File.Exists(file), file));
        }

        Assert.Equal(strangers.Append(alive.Path).Order(StringComparer.Ordinal), Directory.GetFiles(_folder).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_folder_of_backups_is_cleared_of_all_dead_ones_that_nobody_wants()
    {
        var (one, other, notes) = (Leave($"a.backup.{Guid.NewGuid():N}.part"), Leave($"b.backup.{Guid.NewGuid():N}.part"), Leave("notes.part"));
        var wanted = Leave($"c.backup.{Guid.NewGuid():N}.part");
        using var alive = PartFile.For(Backup);

        await PartFile.ClearDeadAsync(_folder, part => Task.FromResult(part == wanted));
        await PartFile.ClearDeadAsync(Path.Combine(_folder, "nowhere"), Unwanted);

        Assert.Equal((false, false, true, true, true), (File.Exists(one), File.Exists(other), File.Exists(notes), File.Exists(wanted), File.Exists(alive.Path)));
    }

    [Fact]
    public void Only_a_dead_one_is_given_its_name_by_somebody_else()
    {
        var dead = Leave($"books.backup.{Guid.NewGuid():N}.part");
        using var alive = PartFile.For(Backup);

        Assert.False(PartFile.TryName(alive.Path, Backup));
        Assert.False(PartFile.TryName(Path.Combine(_folder, "gone.part"), Backup));
        Assert.True(PartFile.TryName(dead, Backup));
        Assert.Equal((true, false), (File.Exists(Backup), File.Exists(dead)));
    }

    private static Task<bool> Unwanted(string part) => Task.FromResult(false);

    private string Leave(string name)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, "half");
        return file;
    }
}
