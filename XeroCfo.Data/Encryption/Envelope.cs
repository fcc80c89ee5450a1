using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace XeroCfo.Data.Encryption;

/// <summary>
/// What a sealed value is for. It is bound into the seal, so that a ciphertext copied to another column, organisation or person
/// does not open there.
/// </summary>
public readonly record struct SealedFor(string Purpose, Guid? TenantId = null, Guid? UserId = null)
{
    internal byte[] Bytes() => Encoding.UTF8.GetBytes($"{Purpose}\n{TenantId:D}\n{UserId:D}");
}

/// <summary>A sealed value that does not open: another key, another place, or changed by somebody.</summary>
public sealed class SealBrokenException(string message) : Exception(message);

/// <summary>
/// Seals secrets with AES-256-GCM. The text is <c>v1.{key id}.{base64url of nonce, ciphertext and tag}</c>: it can be told which key
/// opens it, and whether it must be sealed anew after a rotation.
/// </summary>
public sealed class Envelope
{
    private const string Version = "v1";
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private readonly KeyRing _keys;

    public Envelope(KeyRing keys) => _keys = keys;

    /// <summary>Seals <paramref name="secret"/> with the current key. The same secret never gives the same text twice.</summary>
    public string Seal(string secret, SealedFor use)
    {
        var key = _keys.Current;
        var plain = Encoding.UTF8.GetBytes(secret);
        var packed = new byte[NonceLength + plain.Length + TagLength];
        var nonce = packed.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key.Bytes, TagLength);
        aes.Encrypt(nonce, plain, packed.AsSpan(NonceLength, plain.Length), packed.AsSpan(NonceLength + plain.Length), use.Bytes());
        CryptographicOperations.ZeroMemory(plain);
        return $"{Version}.{key.Id}.{Base64Url.EncodeToString(packed)}";
    }

    /// <summary>Opens what <see cref="Seal"/> made for the same use.</summary>
    /// <exception cref="SealBrokenException">No key here fits, or the text was changed or moved.</exception>
    public string Open(string text, SealedFor use)
    {
        var (key, packed) = Unpack(text);
        var plain = new byte[packed.Length - NonceLength - TagLength];
        try
        {
            using var aes = new AesGcm(key.Bytes, TagLength);
            aes.Decrypt(
                packed.AsSpan(0, NonceLength), packed.AsSpan(NonceLength, plain.Length), packed.AsSpan(NonceLength + plain.Length), plain, use.Bytes());
            return Encoding.UTF8.GetString(plain);
        }
        catch (CryptographicException)
        {
            throw new SealBrokenException($"A value sealed for {use.Purpose} was changed or belongs elsewhere.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>Signs something readable with the current key: the same text always gives the same signature.</summary>
    public string Sign(string text, SealedFor use) => $"{_keys.Current.Id}.{Base64Url.EncodeToString(Mac(_keys.Current, text, use))}";

    /// <summary>True when <paramref name="signature"/> is this text's, by any key here.</summary>
    public bool IsSignedBy(string text, string signature, SealedFor use) =>
        signature.Split('.') is [var id, var mac] && _keys.Find(id) is { } key && Base64Url.IsValid(mac)
        && CryptographicOperations.FixedTimeEquals(Mac(key, text, use), Base64Url.DecodeFromChars(mac));

    /// <summary>True when <paramref name="text"/> was sealed with an older key.</summary>
    public bool IsOutdated(string text) => KeyIdOf(text) != _keys.Current.Id;

    /// <summary>The name of the key that sealed <paramref name="text"/>; null when it is no sealed value.</summary>
    public static string? KeyIdOf(string text) =>
        text.Split('.') is [Version, { Length: 8 } id, _] ? id : null;

    // Never the sealing key itself: each use has its own.
    private static byte[] Mac(MasterKey key, string text, SealedFor use) =>
        HMACSHA256.HashData(HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Bytes.ToArray(), 32, info: use.Bytes()), Encoding.UTF8.GetBytes(text));

    private (MasterKey Key, byte[] Packed) Unpack(string text)
    {
        if (text.Split('.') is not [Version, var id, var body] || !Base64Url.IsValid(body))
        {
            throw new SealBrokenException("This is not a sealed value.");
        }

        var packed = Base64Url.DecodeFromChars(body);
        return packed.Length < NonceLength + TagLength
            ? throw new SealBrokenException("A sealed value was cut short.")
            : (_keys.Find(id) ?? throw new SealBrokenException($"The key {id} is not among Encryption:Key and Encryption:PreviousKeys."), packed);
    }
}
