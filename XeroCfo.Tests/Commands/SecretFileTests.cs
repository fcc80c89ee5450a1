namespace XeroCfo.Tests.Commands;

/// <summary>Secrets may come as files, as containers mount them.</summary>
public sealed class SecretFileTests : IDisposable
{
    private readonly Executable _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_file_with_the_name_of_a_setting_is_that_setting()
    {
        var secrets = Directory.CreateDirectory(Path.Combine(_app.Folder, "secrets")).FullName;
        await File.WriteAllTextAsync(Path.Combine(secrets, "Encryption__Key"), new string('a', 64) + "\n");
        await File.WriteAllTextAsync(Path.Combine(secrets, "postgres_password"), "of somebody else\n");

        Assert.Equal(0, (await _app.RunAsync("migrate", "", ("SecretsDirectory", secrets))).Exit);
        var other = await _app.RunAsync("migrate", "", ("Encryption__Key", new string('b', 64)));

        Assert.True(other.Exit == 1 && other.Error.Contains("Encryption:Key", StringComparison.Ordinal), other.Error);
        Assert.False(File.Exists(Path.Combine(_app.DataFolder, "encryption.key")));
    }
}
