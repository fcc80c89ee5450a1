using Xunit.Abstractions;
using Xunit.Sdk;

namespace XeroCfo.Tests.Support;

public enum TestDatabaseKind
{
    Sqlite,
    Postgres,
}

/// <summary>
/// One test, run on SQLite and on PostgreSQL; the latter is skipped by name where there is no server:
/// <code>
/// [BothDatabases]
/// public async Task A_rule_is_kept(TestDatabaseKind kind)
/// {
///     await using var database = await TestDatabase.CreateAsync(kind);
///     var rules = new RuleRepository(database.Factory);
///     …
/// }
/// </code>
/// A contract that a fake obeys too calls the same private method from a plain <c>[Fact]</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("XeroCfo.Tests.Support.BothDatabasesDiscoverer", "XeroCfo.Tests")]
public sealed class BothDatabasesAttribute : FactAttribute;

/// <summary>Makes a test case for each database.</summary>
public sealed class BothDatabasesDiscoverer(IMessageSink messages) : IXunitTestCaseDiscoverer
{
    public IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        from kind in Enum.GetValues<TestDatabaseKind>()
        select new DatabaseTestCase(
            messages, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod, [kind]);
}

internal sealed class DatabaseTestCase : XunitTestCase
{
    [Obsolete("For deserialisation only", error: true)]
    public DatabaseTestCase()
    {
    }

    public DatabaseTestCase(
        IMessageSink messages, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method, object[] arguments)
        : base(messages, display, options, method, arguments)
    {
    }

    protected override string? GetSkipReason(IAttributeInfo factAttribute) =>
        base.GetSkipReason(factAttribute) ?? (TestMethodArguments[0] is TestDatabaseKind.Postgres ? Needs.WithoutPostgres : null);
}
