namespace XeroCfo.Data.Xero.Demo;

/// <summary>Ids that depend on seed, kind and key alone, so that the same books always carry the same ids.</summary>
public static class DemoIds
{
    /// <summary>A version-4 shaped GUID for the key.</summary>
    public static Guid For(ulong seed, string kind, string key)
    {
        var random = DemoRandom.For(seed, "id:" + kind, key);
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, random.Next());
        BitConverter.TryWriteBytes(bytes[8..], random.Next());
        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes);
    }
}
