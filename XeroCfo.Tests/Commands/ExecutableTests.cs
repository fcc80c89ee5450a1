using System.Security.Cryptography;

namespace XeroCfo.Tests.Commands;

public sealed class ExecutableTests : IDisposable
{
    private readonly Executable _app = new();

    public void Dispose() => _app.Dispose();

    [Theory]
    [InlineData("", "Database__Providr", "x", "Database:Providr")]
    [InlineData("migrate", "Database__Provider", "MySql", "Database:Provider")]
    [InlineData("", "DataDirectory", "/dev/null/x", "DataDirectory")]
    [InlineData("", "Admin__Password", "short", "Admin:Password")]
    [InlineData("", "Database__Provider", "Postgres", "ConnectionStrings:Database")]
    [InlineData("", "ASPNETCORE_URLS", "nonsense", "ASPNETCORE_URLS")]
    public async Task An_impossible_setting_ends_the_start_with_one_line(string verb, string name, string value, string named)
    {
        var (exit, _, error) = await _app.RunAsync(verb, "", (name, value));

        AssertRefused(exit, error, named);
        Assert.False(File.Exists(Path.Combine(_app.DataFolder, "xerocfo.db")));
    }

    [Fact]
    public async Task A_damaged_file_is_named_and_left_as_it_was()
    {
        Directory.CreateDirectory(_app.DataFolder);
        var file = Path.Combine(_app.DataFolder, "xerocfo.db");
        await File.WriteAllBytesAsync(file, RandomNumberGenerator.GetBytes(8192));
        var before = await File.ReadAllBytesAsync(file);

        var (exit, _, error) = await _app.RunAsync("");

        AssertRefused(exit, error, file);
        Assert.Equal(before, await File.ReadAllBytesAsync(file));
    }

    [Fact]
    public async Task A_wrong_or_lost_key_is_refused()
    {
        Assert.Equal(0, (await _app.RunAsync("migrate")).Exit);

        var wrong = await _app.RunAsync("", "", ("Encryption__Key", new string('a', 64)));
        File.Delete(Path.Combine(_app.DataFolder, "encryption.key"));
        var lost = await _app.RunAsync("migrate");

        AssertRefused(wrong.Exit, wrong.Error, "Encryption:Key");
        AssertRefused(lost.Exit, lost.Error, "encryption.key");
        Assert.False(File.Exists(Path.Combine(_app.DataFolder, "encryption.key")));
    }

    [Fact]
    public async Task After_a_rotation_the_new_key_alone_is_enough_and_the_old_one_is_not()
    {
        var (before, after) = (("Encryption__Key", new string('a', 64)), ("Encryption__Key", new string('b', 64)));
        Assert.Equal(0, (await _app.RunAsync("migrate", "", before)).Exit);

        var rotated = await _app.RunAsync("encryption rotate", "", after, ("Encryption__PreviousKeys__0", new string('a', 64)));

        Assert.True(rotated.Exit == 0, rotated.Error);
        Assert.Contains("current key now: 2", rotated.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await _app.RunAsync("migrate", "", after)).Exit);
        AssertRefused((await _app.RunAsync("migrate", "", before)).Exit, (await _app.RunAsync("migrate", "", before)).Error, "Encryption:Key");
    }

    [Fact]
    public async Task A_custom_connection_wants_its_setting_and_a_person()
    {
        Assert.Equal(2, (await _app.RunAsync("xero connect")).Exit);
        var nobody = await _app.RunAsync("xero connect --email nobody@acme.test");
        AssertRefused(nobody.Exit, nobody.Error, "nobody@acme.test");
        Assert.Equal(0, (await _app.RunAsync("user add --email cfo@acme.test --role Accountant --password-stdin", "correct horse battery\n")).Exit);
        var notCustom = await _app.RunAsync("xero connect --email cfo@acme.test");
        AssertRefused(notCustom.Exit, notCustom.Error, "Xero:CustomConnection");
    }

    [Fact]
    public async Task The_database_goes_up_down_and_up_again()
    {
        Assert.Equal(0, (await _app.RunAsync("migrate")).Exit);
        Assert.DoesNotContain("[ ]", (await _app.RunAsync("migrate --list")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await _app.RunAsync("migrate --to 0")).Exit);
        Assert.DoesNotContain("[x]", (await _app.RunAsync("migrate --list")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await _app.RunAsync("migrate --to Initial")).Exit);
        Assert.Equal(0, (await _app.RunAsync("migrate")).Exit);
        var unknown = await _app.RunAsync("migrate --to Nowhere");

        AssertRefused(unknown.Exit, unknown.Error, "Nowhere");
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_left_alone()
    {
        await _app.RunAsync("migrate");
        await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_app.DataFolder}/xerocfo.db;Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO \"__EFMigrationsHistory\" VALUES ('29990101000000_Future', '99.0')";
            await command.ExecuteNonQueryAsync();
        }

        var (exit, _, error) = await _app.RunAsync("");

        AssertRefused(exit, error, "29990101000000_Future");
    }

    [Fact]
    public async Task Two_that_start_at_once_both_run_and_leave_one_database()
    {
        using var first = _app.Start("");
        using var second = _app.Start("");
        try
        {
            Assert.StartsWith("XeroCfo listens on http://127.0.0.1:", await Executable.LineAsync(first, "XeroCfo listens"), StringComparison.Ordinal);
            await Executable.LineAsync(second, "XeroCfo listens");
            Assert.Contains("/setup with the code", await Executable.LineAsync(first, "Set it up"), StringComparison.Ordinal);
        }
        finally
        {
            first.Kill();
            second.Kill();
            await first.WaitForExitAsync();
            await second.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task A_second_start_on_the_same_address_is_refused()
    {
        using var first = _app.Start("");
        try
        {
            var url = (await Executable.LineAsync(first, "XeroCfo listens"))["XeroCfo listens on ".Length..];

            var (exit, _, error) = await _app.RunAsync("", "", ("ASPNETCORE_URLS", url));

            AssertRefused(exit, error, url);
        }
        finally
        {
            first.Kill();
            await first.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task People_are_added_and_reset_from_the_console()
    {
        var added = await _app.RunAsync("user add --email ana@acme.test --role Admin --tenants all --password-stdin", "correct horse battery\n");
        var twice = await _app.RunAsync("user add --email ana@acme.test --role Admin");
        var weak = await _app.RunAsync("user add --email bo@acme.test --role Standard --password-stdin", "short\n");
        var unknown = await _app.RunAsync("user reset --email nobody@acme.test");
        var reset = await _app.RunAsync("user reset --email ana@acme.test");

        Assert.Equal(0, added.Exit);
        AssertRefused(twice.Exit, twice.Error, "already");
        AssertRefused(weak.Exit, weak.Error, "12 characters");
        AssertRefused(unknown.Exit, unknown.Error, "no such person");
        Assert.Contains("/account/password?code=", reset.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("srve")]
    [InlineData("--bogus")]
    [InlineData("user")]
    [InlineData("user add --email ana@acme.test")]
    [InlineData("user add --email ana@acme.test --role Boss")]
    [InlineData("user add --email ana@acme.test --role Admin --tenants some")]
    [InlineData("migrate --bogus")]
    public async Task Wrong_use_is_exit_code_2(string arguments)
    {
        var (exit, _, error) = await _app.RunAsync(arguments);

        Assert.Equal(2, exit);
        Assert.Single(error.Split('\n'));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("migrate --help")]
    [InlineData("user add --help")]
    public async Task Help_is_everywhere(string arguments)
    {
        var (exit, output, _) = await _app.RunAsync(arguments);

        Assert.Equal(0, exit);
        Assert.Contains("--help", output, StringComparison.Ordinal);
    }

    private static void AssertRefused(int exit, string error, string named)
    {
        Assert.True(exit == 1, $"exit {exit}: {error}");
        Assert.Single(error.Split('\n'));
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }
}
