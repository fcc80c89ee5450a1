using System.Net;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Hosting;

/// <summary>Two executables that serve on one PostgreSQL database, started at the same moment.</summary>
internal sealed class TwoNodes : IAsyncDisposable
{
    public const string Admin = "cfo@acme.test";
    public const string Password = "correct horse battery";

    /// <summary>As the database knows the connections of each.</summary>
    public const string NameOfOne = "node-one", NameOfOther = "node-other";

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
            ("Database__Provider", "Postgres"), ("Encryption__Key", new string('c', 64)),
            ("Admin__Email", Admin), ("Admin__Password", Password), ("Demo__Enabled", "true"), ("RateLimit__SignInPerMinute", "1000"), .. more,
        ];
        RunningServer Node(string name) => new([.. settings, ("ConnectionStrings__Database", $"{database.Options.ConnectionString};Application Name={name}")]);
        var nodes = new TwoNodes(database, Node(NameOfOne), Node(NameOfOther));
        try
        {
            await Task.WhenAll(nodes.One.StartAsync(), nodes.Other.StartAsync());
            return nodes;
        }
        catch
        {
            // The one that did start would run on.
            await nodes.DisposeAsync();
            throw;
        }
    }

    /// <summary>A browser at one node, whose cookies may be another's too.</summary>
    public static HttpClient Browser(RunningServer node, CookieContainer cookies) =>
        new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = node.Address };

    /// <summary>A key with every permission, made beside a node.</summary>
    public static async Task<string> KeyAsync(RunningServer node)
    {
        var (exit, key, error) = await node.CommandAsync($"apikey add --email {Admin} --name n8n --permissions all");
        Assert.True(exit == 0, error);
        return key;
    }

    /// <summary>A program with a key at one node.</summary>
    public static HttpClient Program(RunningServer node, string key)
    {
        var program = node.Client();
        program.DefaultRequestHeaders.Add("X-Api-Key", key);
        return program;
    }

    public async ValueTask DisposeAsync()
    {
        await One.DisposeAsync();
        await Other.DisposeAsync();
        await _database.DisposeAsync();
    }
}
