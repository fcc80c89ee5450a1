namespace XeroCfo.Tests.Architecture;

/// <summary>A source file of the product: its path below the solution, with slashes, and its text.</summary>
internal sealed record SourceFile(string Path, string Text)
{
    public string[] Lines { get; } = Text.TrimEnd('\n').Split('\n');

    public bool IsTest => Path.StartsWith("XeroCfo.Tests/", StringComparison.Ordinal);
}

/// <summary>The files that people write; what tools make is left out.</summary>
internal static class SourceTree
{
    private static readonly string[] Made = ["/bin/", "/obj/", "/Migrations/", "/node_modules/"];

    public static readonly string Root = FindRoot();

    public static readonly IReadOnlyList<SourceFile> Files = [.. Read()];

    /// <summary>What runs at the user's: neither tests nor benchmarks.</summary>
    public static readonly IReadOnlyList<SourceFile> Product =
        [.. Files.Where(file => !file.IsTest && !file.Path.StartsWith("bench/", StringComparison.Ordinal))];

    private static IEnumerable<SourceFile> Read() =>
        from path in Directory.EnumerateFiles(Root, "*.*", SearchOption.AllDirectories)
        where path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".razor", StringComparison.Ordinal)
        let relative = Path.GetRelativePath(Root, path).Replace('\\', '/')
        where !Made.Any(("/" + relative).Contains)
        orderby relative
        select new SourceFile(relative, File.ReadAllText(path));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "XeroCfo.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests run inside the solution.");
    }
}
