using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace XeroCfo.Domain.Users.SecondFactors;

/// <summary>
/// The codes of authenticator apps (RFC 6238: SHA-1, six digits, thirty seconds). A code is good in its own half minute and those beside
/// it, and never twice: whoever keeps the step of the last one can tell.
/// </summary>
public static class Totp
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int StepSeconds = 30;
    private const int SecretBytes = 20;

    /// <summary>A new secret in base32, as apps take it.</summary>
    public static string NewSecret() => RandomNumberGenerator.GetString(Base32, SecretBytes * 8 / 5);

    /// <summary>What an app reads from the picture.</summary>
    public static string Address(string secret, string email) =>
        $"otpauth://totp/XeroCfo:{Uri.EscapeDataString(email)}?secret={secret}&issuer=XeroCfo&algorithm=SHA1&digits=6&period={StepSeconds}";

    /// <summary>The step at which <paramref name="code"/> is good; null when it is at none, or at none after <paramref name="lastStep"/>.</summary>
    public static long? StepOf(string secret, string code, DateTimeOffset now, long lastStep)
    {
        var typed = string.Concat(code.Where(sign => !char.IsWhiteSpace(sign)));
        if (typed.Length != 6 || !typed.All(char.IsAsciiDigit))
        {
            return null;
        }

        var (key, current) = (Bytes(secret), now.ToUnixTimeSeconds() / StepSeconds);
        long? found = null;
        for (var step = current - 1; step <= current + 1; step++)
        {
            var same = CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(CodeAt(key, step)), Encoding.ASCII.GetBytes(typed));
            found = same && step > lastStep ? step : found;
        }

        return found;
    }

    /// <summary>The code of a moment.</summary>
    public static string CodeAt(string secret, DateTimeOffset moment) => CodeAt(Bytes(secret), moment.ToUnixTimeSeconds() / StepSeconds);

    private static string CodeAt(byte[] key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[20];
#pragma warning disable CA5350 // The standard names SHA-1, and its weakness against collisions does not matter here.
        HMACSHA1.HashData(key, counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xF)..]) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] Bytes(string secret)
    {
        var bytes = new byte[secret.Length * 5 / 8];
        var (buffer, bits, place) = (0, 0, 0);
        foreach (var letter in secret)
        {
            (buffer, bits) = (((buffer << 5) | Base32.IndexOf(letter, StringComparison.Ordinal)) & 0xFFF, bits + 5);
            if (bits >= 8 && place < bytes.Length)
            {
                bits -= 8;
                bytes[place++] = (byte)(buffer >> bits);
            }
        }

        return bytes;
    }
}
