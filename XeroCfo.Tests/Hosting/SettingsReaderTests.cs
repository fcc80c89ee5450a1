using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Webhooks;
using XeroCfo.Web.Hosting;

namespace XeroCfo.Tests.Hosting;

public sealed class SettingsReaderTests
{
    [Theory]
    [InlineData("Database:Providr", "Sqlite", "Did you mean Database:Provider?")]
    [InlineData("Database:Provider", "MySql", "Set it to Sqlite or Postgres")]
    [InlineData("Database:Provider", "Postgres", "ConnectionStrings:Database is not set")]
    [InlineData("Database:MaxPoolSize", "many", "Database:MaxPoolSize cannot be read: set it to a whole number")]
    [InlineData("Database:MaxPoolSize", "0", "Database:MaxPoolSize is 0")]
    [InlineData("Database:ConnectionString", "x", "Database:ConnectionString is no setting")]
    [InlineData("ConnectionStrings:Database", "Bogus=1", "ConnectionStrings:Database is not a connection string")]
    [InlineData("Encryption:Key", "1234", "64 hex digits")]
    [InlineData("Encryption:PreviousKeys:0", "1234", "Encryption:PreviousKeys")]
    [InlineData("Admin:Email", "ana@acme.test", "Admin:Password is not")]
    [InlineData("Sync:Interval", "soon", "a duration such as 01:00:00")]
    [InlineData("Sync:Interval", "00:00:01", "00:01:00 or more")]
    [InlineData("Sync:HistoryFrom", "last year", "a day such as")]
    [InlineData("Xero:ApiUrl", "localhost", "Xero:ApiUrl")]
    [InlineData("Xero:ClientId", "abc", "Xero:ClientSecret is not")]
    [InlineData("Demo:Enabled", "perhaps", "true or false")]
    [InlineData("Proxy:Trusted:0", "somewhere", "Proxy:Trusted holds \"somewhere\"")]
    [InlineData("RateLimit:SignInPerMinute", "0", "RateLimit:SignInPerMinute is 0")]
    [InlineData("Passwords:WorkFactor", "3", "Passwords:WorkFactor is 3")]
    [InlineData("Webhooks:RetryDelays:0", "never", "Webhooks:RetryDelays cannot be read")]
    [InlineData("Smtp:Host", "mail", "Smtp:From")]
    public void An_impossible_setting_is_refused_by_name(string key, string value, string said)
    {
        var refusal = Assert.Throws<RefusedException>(() => Read((key, value)));

        Assert.Contains(said, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public void What_is_left_empty_counts_as_absent()
    {
        var services = Read(("Encryption:Key", ""), ("Database:MaxPoolSize", ""), ("Xero:ClientId", ""));

        Assert.Equal(20, services.GetRequiredService<DatabaseOptions>().MaxPoolSize);
    }

    [Fact]
    public void Lists_come_numbered_or_parted_by_commas()
    {
        Assert.Equal(["10.0.0.1", "10.1.0.0/16"], Read(("Proxy:Trusted", "10.0.0.1, 10.1.0.0/16")).GetRequiredService<ProxyOptions>().Trusted);
        Assert.Equal([TimeSpan.Zero, TimeSpan.FromSeconds(1)], Read(("Webhooks:RetryDelays:0", "00:00:00"), ("Webhooks:RetryDelays:1", "00:00:01")).GetRequiredService<WebhookOptions>().RetryDelays);
    }

    [Fact]
    public void Days_and_durations_are_read_the_same_in_every_country() =>
        Assert.Equal(new DateOnly(2026, 4, 1), Read(("Sync:HistoryFrom", "2026-04-01")).GetRequiredService<SyncOptions>().HistoryFrom);

    [Fact]
    public void The_database_lies_in_the_data_directory_unless_told_otherwise()
    {
        Assert.Equal("Data Source=/srv/app/data/xerocfo.db", Read().GetRequiredService<DatabaseOptions>().ConnectionString);
        Assert.Equal("Data Source=/var/x/y.db", Read(("DataDirectory", "/var/x"), ("ConnectionStrings:Database", "Data Source={DataDirectory}/y.db")).GetRequiredService<DatabaseOptions>().ConnectionString);
    }

    private static ServiceProvider Read(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
        var services = new ServiceCollection();
        services.AddSingleton(services.AddSettings(configuration, "/srv/app"));
        return services.BuildServiceProvider();
    }
}
