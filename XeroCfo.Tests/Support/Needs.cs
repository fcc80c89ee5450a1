namespace XeroCfo.Tests.Support;

/// <summary>
/// What some tests need beside .NET. Where it is missing they are skipped by name; in CI they run and fail loudly.
/// <c>./test</c> provides all of it.
/// </summary>
internal static class Needs
{
    /// <summary>An admin's connection string; tests make databases of their own on that server.</summary>
    public static string? Postgres => Read("XEROCFO_TEST_POSTGRES");

    /// <summary>Path of the browser.</summary>
    public static string? Chromium => Read("XEROCFO_TEST_CHROMIUM");

    /// <summary>Path of the proxy.</summary>
    public static string? Haproxy => Read("XEROCFO_TEST_HAPROXY");

    /// <summary>Path of n8n, started with the Node.js that it asks for.</summary>
    public static string? N8n => Read("XEROCFO_TEST_N8N");

    /// <summary>A folder with the example answers of Xero's own documentation.</summary>
    public static string? XeroExamples => Read("XERO_EXAMPLES");

    /// <summary>Xero's OpenAPI file of its accounting API, xero_accounting.yaml.</summary>
    public static string? XeroOpenApi => Read("XERO_OPENAPI");

    /// <summary>A folder for pictures of the pages that the browser saw; null: none are taken.</summary>
    public static string? Pictures => Read("XEROCFO_TEST_PICTURES");

    public static string? WithoutPostgres => Reason(Postgres, "PostgreSQL");

    public static string? WithoutChromium => Reason(Chromium, "Chromium");

    public static string? WithoutHaproxy => Reason(Haproxy, "HAProxy");

    /// <summary>Too large to be fetched unasked, by CI too.</summary>
    public static string? WithoutN8n => N8n is null ? "needs n8n: N8N=1 ./test --all" : null;

    public static string? WithoutLong => Read("XEROCFO_TEST_LONG") is null ? "a long run: ./test --all" : null;

    /// <summary>Why a test is skipped that needs <paramref name="name"/>; null when it runs.</summary>
    internal static string? Reason(string? found, string name, bool ci) => found is null && !ci ? $"needs {name}: run ./test" : null;

    private static string? Reason(string? found, string name) => Reason(found, name, Read("CI") == "true");

    private static string? Read(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}

/// <summary>Runs where a PostgreSQL server is at hand.</summary>
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = Needs.WithoutPostgres;
}

/// <inheritdoc cref="PostgresFactAttribute"/>
public sealed class PostgresTheoryAttribute : TheoryAttribute
{
    public PostgresTheoryAttribute() => Skip = Needs.WithoutPostgres;
}

/// <summary>Runs where a browser is at hand.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Needs.WithoutChromium;
}

/// <inheritdoc cref="BrowserFactAttribute"/>
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = Needs.WithoutChromium;
}

/// <summary>Runs where the environment variable XERO_EXAMPLES names a folder with the example answers of Xero's documentation.</summary>
public sealed class XeroExamplesFactAttribute : FactAttribute
{
    public XeroExamplesFactAttribute() => Skip = Needs.XeroExamples is null ? "needs the folder XERO_EXAMPLES" : null;
}

/// <summary>Runs where the environment variable XERO_OPENAPI names Xero's OpenAPI file: it is Xero's, and not ours to bring along.</summary>
public sealed class XeroOpenApiFactAttribute : FactAttribute
{
    public XeroOpenApiFactAttribute() => Skip = Needs.XeroOpenApi is null ? "needs Xero's file xero_accounting.yaml, named by XERO_OPENAPI" : null;
}

/// <summary>Takes minutes: runs with <c>./test --all</c> only.</summary>
public sealed class LongFactAttribute : FactAttribute
{
    public LongFactAttribute() => Skip = Needs.WithoutLong;
}

/// <inheritdoc cref="LongFactAttribute"/>
public sealed class LongTheoryAttribute : TheoryAttribute
{
    public LongTheoryAttribute() => Skip = Needs.WithoutLong;
}

/// <summary>Takes minutes and wants a PostgreSQL server.</summary>
public sealed class PostgresLongFactAttribute : FactAttribute
{
    public PostgresLongFactAttribute() => Skip = Needs.WithoutLong ?? Needs.WithoutPostgres;
}

/// <summary>Takes minutes and wants a PostgreSQL server and HAProxy.</summary>
public sealed class ProxyLongFactAttribute : FactAttribute
{
    public ProxyLongFactAttribute() => Skip = Needs.WithoutLong ?? Needs.WithoutPostgres ?? Needs.WithoutHaproxy;
}

/// <summary>Takes minutes and wants an n8n.</summary>
public sealed class N8nFactAttribute : FactAttribute
{
    public N8nFactAttribute() => Skip = Needs.WithoutLong ?? Needs.WithoutN8n;
}
