namespace XeroCfo.Data.Encryption;

/// <summary>The current master key and the earlier ones. Empty until the start-up checks have found and tried the keys.</summary>
public sealed class KeyRing
{
    private MasterKey[] _keys = [];

    /// <summary>The key that seals. Asking before the start-up checks ran is a bug and throws.</summary>
    public MasterKey Current => _keys is [var current, ..] ? current : throw new InvalidOperationException("The encryption key was not checked yet.");

    /// <summary>True once a key is there.</summary>
    public bool IsReady => _keys.Length > 0;

    /// <summary>The key of that name, or null.</summary>
    public MasterKey? Find(string id) => Array.Find(_keys, key => key.Id == id);

    /// <summary>Takes 64 hex digits for the current key and each earlier one; they were validated with the settings.</summary>
    internal void Use(string current, IEnumerable<string> previous)
    {
        _keys = [.. previous.Prepend(current).Select(text => MasterKey.TryParse(text, out var key) ? key! : throw new ArgumentException("Not a key."))];
    }
}
