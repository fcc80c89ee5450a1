using System.Reflection;
using NetArchTest.Rules;
using XeroCfo.Data;
using XeroCfo.Domain;

namespace XeroCfo.Tests.Architecture;

/// <summary>Code depends the way the money flows: on what lies upstream, never downstream.</summary>
public sealed class RiverTests
{
    private static readonly Assembly Domain = typeof(DomainServices).Assembly;
    private static readonly Assembly Data = typeof(DataServices).Assembly;
    private static readonly Assembly Web = typeof(Program).Assembly;

    /// <summary>Words and banks first, then the stages. The pipeline alone knows all of them.</summary>
    private static readonly string[] River =
    [
        "Primitives", "Tenants", "Users", "ApiKeys", "Audit", "Backups",
        "Xero", "Sync", "Ledger", "Rules", "Finding", "Budgets", "Reports", "Receivables", "Payables", "Kpis", "Forecasts", "Webhooks", "Pipeline",
    ];

    /// <summary>Known ones; this list may only get shorter.</summary>
    private static readonly string[] Exceptions =
    [
        // The service and its port take the caller, whose rights name organisations.
        "XeroCfo.Domain.Tenants.TenantService", "XeroCfo.Domain.Tenants.ITenantRepository",
    ];

    private static readonly string[] DomainReferences =
    [
        "Microsoft.Extensions.Identity.Stores", "Microsoft.Extensions.Identity.Core",
        "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.DependencyInjection.Abstractions",
    ];

    [Fact]
    public void Every_capability_has_a_place_in_the_river()
    {
        var capabilities = Capabilities(Domain);

        Assert.True(capabilities.Count >= 10);
        Assert.Empty(capabilities.Except(River));
    }

    [Fact]
    public void A_stage_uses_only_what_lies_upstream() => Assert.Empty(Downstream(River).Except(Exceptions));

    [Fact]
    public void A_stage_that_used_what_lies_downstream_would_be_found()
    {
        var backwards = Downstream([.. River.Reverse()]).ToList();

        Assert.Contains("XeroCfo.Domain.Ledger.TrialBalanceService", backwards);
        Assert.Contains("XeroCfo.Domain.Kpis.Overviews.OverviewService", backwards);
        Assert.Empty(Exceptions.Except(Downstream(River)));
    }

    [Fact]
    public void The_domain_needs_nothing_but_Identitys_base_classes_and_abstractions()
    {
        var references = Foreign(Domain);

        Assert.NotEmpty(references);
        Assert.Empty(references.Except(DomainReferences));
        Assert.NotEmpty(Foreign(Data).Except(DomainReferences));
    }

    [Fact]
    public void The_domain_knows_neither_data_nor_web_and_data_does_not_know_web()
    {
        Assert.DoesNotContain(References(Domain), name => name is "XeroCfo.Data" or "XeroCfo.Web");
        Assert.DoesNotContain("XeroCfo.Web", References(Data));
        Assert.Contains("XeroCfo.Domain", References(Data));
    }

    [Fact]
    public void Only_hosting_commands_and_workers_see_the_database()
    {
        Assert.NotEmpty(Types.InAssembly(Web).GetTypes());
        Assert.Empty(SeesData(Web, "XeroCfo.Web.Hosting", "XeroCfo.Web.Commands", "XeroCfo.Web.Workers"));
        Assert.Contains(typeof(RiverTests).FullName, SeesData(typeof(RiverTests).Assembly, "XeroCfo.Tests.Storage"));
    }

    private static IEnumerable<string> Downstream(string[] river) =>
        from index in Enumerable.Range(0, river.Length - 1)
        let downstream = river[(index + 1)..].Select(stage => $"XeroCfo.Domain.{stage}").ToArray()
        from type in Types.InAssembly(Domain).That().ResideInNamespaceMatching($@"^XeroCfo\.Domain\.{river[index]}(\.|$)")
            .ShouldNot().HaveDependencyOnAny(downstream).GetResult().FailingTypeNames ?? []
        select type.Split('/', '+')[0];

    private static IEnumerable<string> SeesData(Assembly assembly, params string[] allowed) =>
        from type in Types.InAssembly(assembly).That().HaveDependencyOnAny("XeroCfo.Data").GetTypes()
        where !allowed.Any(name => type.FullName!.StartsWith(name + ".", StringComparison.Ordinal))
        where type.FullName is not "Program"
        select type.FullName;

    private static IReadOnlyList<string> Capabilities(Assembly assembly) =>
        [.. assembly.GetTypes().Select(type => type.Namespace?.Split('.')).Where(parts => parts is ["XeroCfo", "Domain", _, ..]).Select(parts => parts![2]).Distinct()];

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(name => name.Name!);

    private static IReadOnlyList<string> Foreign(Assembly assembly) =>
        [.. References(assembly).Where(name => !name.StartsWith("System.", StringComparison.Ordinal) && name != "netstandard")];
}
