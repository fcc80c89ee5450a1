using System.Text.RegularExpressions;

namespace XeroCfo.Tests.Architecture;

/// <summary>The page about security names what shows each of its lines: all of it is there.</summary>
public sealed partial class SecurityPageTests
{
    private static readonly HashSet<string> Types = new[] { typeof(Domain.DomainServices).Assembly, typeof(Data.DataServices).Assembly, typeof(Program).Assembly, typeof(SecurityPageTests).Assembly }
        .SelectMany(assembly => assembly.GetTypes()).Select(type => type.Name).ToHashSet(StringComparer.Ordinal);

    [Fact]
    public void Every_line_is_shown_by_something_that_exists()
    {
        var lines = File.ReadAllLines(Path.Combine(SourceTree.Root, "docs", "security.md")).Where(line => Row().IsMatch(line)).ToList();

        Assert.True(lines.Count > 40);
        Assert.Equal(lines.Count, lines.Select(line => Row().Match(line).Groups[1].Value).Distinct().Count());
        Assert.All(lines, line => Assert.NotEmpty(Names(line)));
        Assert.DoesNotContain(lines, line => Missing(line).Any());
    }

    [Fact]
    public void A_name_that_does_not_exist_would_be_found()
    {
        Assert.Equal(["NoSuchTests"], Missing("| 1.1 | must hold | `SecurityPageTests`, `NoSuchTests` |"));
        Assert.Empty(Names("| 1.1 | must hold |  |"));
    }

    private static IEnumerable<string> Missing(string line) => Names(line).Where(name => !Types.Contains(name));

    private static IEnumerable<string> Names(string line) => Name().Matches(line.Split('|')[3]).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"^\| (\d+\.\d+) \|")]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();
}
