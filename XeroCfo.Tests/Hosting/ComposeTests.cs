using XeroCfo.Tests.Architecture;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using Map = System.Collections.Generic.Dictionary<object, object?>;

namespace XeroCfo.Tests.Hosting;

/// <summary>What the file for containers promises: no service with rights it does not need, each asked whether it is well, no secret in it.</summary>
public sealed class ComposeTests
{
    private static readonly string[] Nodes = ["xerocfo-1", "xerocfo-2"];
    private static readonly string[] Uses = [.. Nodes, "postgres", "proxy"];
    private readonly Map _file = Read("docker-compose.yml");
    private readonly string _image = File.ReadAllText(Path.Combine(SourceTree.Root, "Dockerfile"));

    private Map Services => (Map)_file["services"]!;

    [Fact]
    public void Its_services_are_two_nodes_their_database_and_a_proxy_which_alone_is_reached_from_outside()
    {
        Assert.Equal(Uses.Order(StringComparer.Ordinal), Services.Keys.Cast<string>().Order(StringComparer.Ordinal));
        Assert.Equal(["proxy"], Uses.Where(name => Service(name).ContainsKey("ports")));
        Assert.All(Uses, name => Assert.DoesNotContain(Service(name).Keys.Cast<string>(), key => key is "privileged" or "cap_add" or "network_mode" or "pid" or "devices"));
    }

    [Fact]
    public void None_runs_as_root_writes_its_own_files_or_gains_rights()
    {
        foreach (var name in Uses)
        {
            var service = Service(name);
            Assert.Equal("true", service["read_only"]);
            Assert.Equal(["ALL"], List(service, "cap_drop"));
            Assert.Equal(["no-new-privileges:true"], List(service, "security_opt"));
            var user = service.GetValueOrDefault("user") as string ?? UserOfImage();
            Assert.True(user is { Length: > 0 } and not ("root" or "0"), $"{name} runs as {user}");
        }
    }

    [Fact]
    public void Each_is_asked_whether_it_is_well_and_nodes_wait_for_their_database()
    {
        Assert.All(new[] { "postgres", "proxy" }, name => Assert.NotEmpty(List((Map)Service(name)["healthcheck"]!, "test")));
        Assert.Contains("HEALTHCHECK", _image, StringComparison.Ordinal);
        Assert.Contains("GET /health/ready", _image, StringComparison.Ordinal);
        Assert.All(Nodes, name => Assert.Equal("service_healthy", ((Map)((Map)Service(name)["depends_on"]!)["postgres"]!)["condition"]));
        Assert.All(Nodes, name => Assert.Equal("35s", Service(name)["stop_grace_period"]));
    }

    [Fact]
    public void Secrets_come_as_files_and_no_setting_holds_one()
    {
        var secrets = (Map)_file["secrets"]!;
        Assert.All(secrets, secret => Assert.Equal($"./secrets/{secret.Key}", ((Map)secret.Value!)["file"]));
        Assert.All(Nodes, name => Assert.Equal(["ConnectionStrings__Database", "Encryption__Key"], List(Service(name), "secrets")));
        foreach (var name in Uses.Where(name => Service(name).ContainsKey("environment")))
        {
            var environment = (Map)Service(name)["environment"]!;
            Assert.DoesNotContain(environment, set => set.Value is string { Length: > 0 } value && IsSecret((string)set.Key) && !value.StartsWith("/run/secrets/", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Both_nodes_share_their_data_and_trust_the_proxys_network_alone()
    {
        var network = (Map)((Map)_file["networks"]!)["default"]!;
        var subnet = (string)((Map)((List<object>)((Map)network["ipam"]!)["config"]!)[0])["subnet"]!;
        foreach (var name in Nodes)
        {
            Assert.Equal(["xerocfo-data:/data"], List(Service(name), "volumes"));
            var environment = (Map)Service(name)["environment"]!;
            Assert.Equal((subnet, "Postgres"), (environment["Proxy__Trusted__0"], environment["Database__Provider"]));
        }
    }

    private static bool IsSecret(string setting) => new[] { "Password", "PASSWORD", "Secret", "Key", "Token", "ConnectionString" }.Any(word => setting.Contains(word, StringComparison.Ordinal));

    private static string[] List(Map map, string key) => [.. ((List<object>)map[key]!).Select(item => item.ToString()!)];

    private static Map Read(string file)
    {
        using var reader = new StringReader(File.ReadAllText(Path.Combine(SourceTree.Root, file)));
        return new DeserializerBuilder().Build().Deserialize<Map>(new MergingParser(new Parser(reader)))!;
    }

    private Map Service(string name) => (Map)Services[name]!;

    private string? UserOfImage() => _image.Split('\n').LastOrDefault(line => line.StartsWith("USER ", StringComparison.Ordinal))?["USER ".Length..].Trim();
}
