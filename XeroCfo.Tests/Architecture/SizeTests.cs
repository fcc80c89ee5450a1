using System.Reflection;

namespace XeroCfo.Tests.Architecture;

/// <summary>Past these sizes a file, method or constructor is two.</summary>
public sealed class SizeTests
{
    private const int Method = 70;
    private const int InjectedServices = 5;

    /// <summary>Known ones; this list may only get shorter.</summary>
    private static readonly string[] Exceptions = [];

    [Fact]
    public void No_file_is_too_long()
    {
        var tooLong = SourceTree.Files.Where(file => file.Lines.Length > Limit(file)).Select(file => file.Path);

        Assert.True(SourceTree.Files.Count > 80);
        Assert.Empty(tooLong.Except(Exceptions));
    }

    [Fact]
    public void No_method_is_too_long()
    {
        var methods = SourceTree.Files.SelectMany(Methods).ToList();

        Assert.True(methods.Count > 100);
        Assert.Empty(methods.Where(method => method.Lines > Method).Select(method => $"{method.Path}({method.Line})").Except(Exceptions));
    }

    [Fact]
    public void No_constructor_takes_too_many_services()
    {
        var constructors = new[] { typeof(Domain.DomainServices).Assembly, typeof(Data.DataServices).Assembly, typeof(Program).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            .ToList();

        Assert.True(constructors.Count > 100);
        Assert.Empty(constructors.Where(TakesTooMuch).Select(constructor => constructor.DeclaringType!.FullName).Except(Exceptions));
    }

    [Theory]
    [InlineData("A/Long.cs", 300)]
    [InlineData("A/Long.razor", 200)]
    [InlineData("A/Long.razor.cs", 250)]
    [InlineData("XeroCfo.Tests/Long.cs", 400)]
    public void A_file_that_is_too_long_would_be_found(string path, int limit)
    {
        var file = new SourceFile(path, string.Concat(Enumerable.Repeat("x\n", limit + 1)));

        Assert.Equal(limit, Limit(file));
        Assert.True(file.Lines.Length > Limit(file));
    }

    [Fact]
    public void A_method_or_constructor_that_is_too_long_would_be_found()
    {
        var body = string.Concat(Enumerable.Repeat("        Work();\n", Method + 1));
        var file = new SourceFile("A.cs", $"class A\n{{\n    void Work()\n    {{\n{body}    }}\n\n    class Inner\n    {{\n{body}    }}\n}}\n");

        Assert.Equal(("A.cs", 4, Method + 1), Assert.Single(Methods(file)));
        Assert.True(TakesTooMuch(typeof(Greedy).GetConstructors()[0]));
    }

    private static int Limit(SourceFile file) => file switch
    {
        { IsTest: true } => 400,
        _ when file.Path.EndsWith(".razor", StringComparison.Ordinal) => 200,
        _ when file.Path.EndsWith(".razor.cs", StringComparison.Ordinal) => 250,
        _ => 300,
    };

    // The build enforces the layout: a member's braces stand alone, four spaces in.
    private static IEnumerable<(string Path, int Line, int Lines)> Methods(SourceFile file)
    {
        var start = -1;
        for (var line = 1; line < file.Lines.Length; line++)
        {
            if (file.Lines[line] == "    {")
            {
                start = IsType(file.Lines[line - 1]) ? -1 : line;
            }
            else if (file.Lines[line] == "    }" && start >= 0)
            {
                yield return (file.Path, start + 1, line - start - 1);
                start = -1;
            }
        }
    }

    private static bool IsType(string line) => line.Split(' ', '(').Any(word => word is "class" or "record" or "struct" or "interface" or "enum");

    private static bool TakesTooMuch(ConstructorInfo constructor) => constructor.GetParameters().Count(IsService) > InjectedServices;

    private static bool IsService(ParameterInfo parameter) =>
        parameter.ParameterType.IsInterface && !parameter.ParameterType.IsGenericType
        || parameter.ParameterType.Name.EndsWith("Service", StringComparison.Ordinal)
        || parameter.ParameterType == typeof(TimeProvider);

    private sealed class Greedy(IDisposable one, IDisposable two, IDisposable three, IDisposable four, IDisposable five, TimeProvider six)
    {
        public object[] All => [one, two, three, four, five, six];
    }
}
