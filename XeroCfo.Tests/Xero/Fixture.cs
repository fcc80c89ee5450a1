namespace XeroCfo.Tests.Xero;

/// <summary>Answers in the shape of Xero's, with content of our own.</summary>
internal static class Fixture
{
    public static byte[] Read(string name)
    {
        using var stream = typeof(Fixture).Assembly.GetManifestResourceStream(name) ?? throw new ArgumentException($"There is no fixture '{name}'.");
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
