using System.Net;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Hosting;

/// <summary>Two executables that serve on one PostgreSQL database, started at the same moment.</summary>
internal sealed class TwoNodes : IAsyncDisposable
{
    public const string Admin = "cfo@acme.test";
    public const string Password = "correct horse battery";

    /// <summary>About as many as the demo company has.</summary>
    public const int DemoDocuments = 5_000;

    private readonly TestDatabase _database;

    private TwoNodes(TestDatabase database, RunningServer one, RunningServer other) => (_database, One, Other) = (database, one, other);

    public RunningServer One { get; }

    public RunningServer Other { get; }

    public static async Task<TwoNodes> StartAsync(params (string Name, string Value)[] more)
    {
        var database = await TestDatabase.CreateAsync(TestDatabaseKind.Postgres, migrated: false);
        (string, string)[] settings =
        [
            ("Database__Provider", "Postgres"), ("ConnectionStrings__Database", database.Options.ConnectionString), ("Encryption__Key", new string('c', 64)),
            ("Admin__Email", Admin), ("Admin__Password", Password), ("Demo__Enabled", "true"), ("RateLimit__SignInPerMinute", "1000"), .. more,
        ];
        var nodes = new TwoNodes(database, new RunningServer(settings), new RunningServer(settings));
        await Task.WhenAll(nodes.One.StartAsync(), nodes.Other.StartAsync());
        return nodes;
    }

    /// <summary>A browser at one node, whose cookies may be another's too.</summary>
    public static HttpClient Browser(RunningServer node, CookieContainer cookies) =>
        new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = node.Address };

    public async ValueTask DisposeAsync()
    {
        await One.DisposeAsync();
        await Other.DisposeAsync();
        await _database.DisposeAsync();
    }
}
