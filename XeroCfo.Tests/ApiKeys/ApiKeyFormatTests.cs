using CsCheck;
using XeroCfo.Domain.ApiKeys;

namespace XeroCfo.Tests.ApiKeys;

public sealed class ApiKeyFormatTests
{
    private const string Letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    [Fact]
    public void A_new_key_is_well_formed_and_carries_at_least_160_random_bits()
    {
        var key = ApiKeyFormat.New();

        Assert.True(ApiKeyFormat.IsWellFormed(key));
        Assert.Matches("^xcfo_k[0-9A-Za-z]{32}[0-9A-Za-z]{6}$", key);
        Assert.True(32 * Math.Log2(62) >= 160);
    }

    [Fact]
    public void New_keys_never_repeat() =>
        Assert.Equal(2000, Enumerable.Range(0, 2000).Select(_ => ApiKeyFormat.New()).Distinct().Count());

    [Fact]
    public void The_checksum_is_the_crc32_that_scanners_know()
    {
        // CRC32 of "xcfo_k" and 32 zeros, from another implementation.
        var body = "xcfo_k" + new string('0', 32);
        var digits = "";
        for (var crc = Crc32(body); digits.Length < 6; crc /= 62)
        {
            digits = Letters[(int)(crc % 62)] + digits;
        }

        Assert.True(ApiKeyFormat.IsWellFormed(body + digits));
        Assert.Equal(0xCBF43926u, Crc32("123456789"));
    }

    [Fact]
    public void Any_single_changed_character_is_noticed() =>
        Gen.Select(Gen.Int[0, 43], Gen.Char[Letters]).Sample((place, letter) =>
        {
            var key = ApiKeyFormat.New();
            var changed = key[..place] + letter + key[(place + 1)..];
            return changed == key || !ApiKeyFormat.IsWellFormed(changed);
        });

    [Fact]
    public void Two_neighbours_swapped_are_noticed() =>
        Gen.Int[6, 42].Sample(place =>
        {
            var key = ApiKeyFormat.New();
            var swapped = key[..place] + key[place + 1] + key[place] + key[(place + 2)..];
            return swapped == key || !ApiKeyFormat.IsWellFormed(swapped);
        });

    [Fact]
    public void No_other_text_is_taken_for_a_key_and_none_throws() =>
        Gen.String.Sample(text => !ApiKeyFormat.IsWellFormed(text) && !ApiKeyFormat.IsWellFormed("xcfo_" + text));

    [Fact]
    public void What_is_stored_and_what_is_shown_do_not_give_the_key_away()
    {
        var key = ApiKeyFormat.New();

        Assert.Matches("^[0-9a-f]{64}$", ApiKeyFormat.Hash(key));
        Assert.Equal(ApiKeyFormat.Hash(key), ApiKeyFormat.Hash(key));
        Assert.Equal(12, ApiKeyFormat.PrefixOf(key).Length);
    }

    private static uint Crc32(string text)
    {
        var crc = uint.MaxValue;
        foreach (var letter in text)
        {
            crc ^= letter;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320u : crc >> 1;
            }
        }

        return ~crc;
    }
}
