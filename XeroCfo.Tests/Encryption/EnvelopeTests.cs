using CsCheck;
using XeroCfo.Data.Encryption;

namespace XeroCfo.Tests.Encryption;

public sealed class EnvelopeTests
{
    private static readonly SealedFor Tokens = new("xero token", Guid.CreateVersion7(), Guid.CreateVersion7());

    [Fact]
    public void What_was_sealed_opens_again_and_never_shows_itself() => Gen.String.Sample(secret =>
    {
        var envelope = new Envelope(Ring(MasterKey.NewText()));

        var text = envelope.Seal(secret, Tokens);

        Assert.Equal(secret.EnsureValid(), envelope.Open(text, Tokens));
        Assert.NotEqual(text, envelope.Seal(secret, Tokens));
    }, iter: 200);

    [Fact]
    public void A_seal_opens_in_no_other_place()
    {
        var envelope = new Envelope(Ring(MasterKey.NewText()));
        var text = envelope.Seal("secret", Tokens);

        foreach (var other in new[] { Tokens with { Purpose = "webhook" }, Tokens with { TenantId = Guid.NewGuid() }, Tokens with { UserId = null } })
        {
            Assert.Throws<SealBrokenException>(() => envelope.Open(text, other));
        }
    }

    [Fact]
    public void One_changed_character_breaks_the_seal()
    {
        var envelope = new Envelope(Ring(MasterKey.NewText()));
        var text = envelope.Seal("secret", Tokens);

        for (var place = 0; place < text.Length; place++)
        {
            var changed = text[..place] + (text[place] == 'A' ? 'B' : 'A') + text[(place + 1)..];

            // The last base64 character holds bits that mean nothing.
            if (place < text.Length - 1)
            {
                Assert.Throws<SealBrokenException>(() => envelope.Open(changed, Tokens));
            }
        }
    }

    [Fact]
    public void A_signature_is_the_same_each_time_and_good_for_its_text_and_use_alone_also_after_a_rotation()
    {
        var (old, current) = (MasterKey.NewText(), MasterKey.NewText());
        var envelope = new Envelope(Ring(old));
        var signature = envelope.Sign("text", Tokens);

        Assert.Equal(signature, envelope.Sign("text", Tokens));
        Assert.True(new Envelope(Ring(current, old)).IsSignedBy("text", signature, Tokens));
        Assert.False(envelope.IsSignedBy("test", signature, Tokens));
        Assert.False(envelope.IsSignedBy("text", signature, Tokens with { Purpose = "webhook" }));
        Assert.False(new Envelope(Ring(current)).IsSignedBy("text", signature, Tokens));
        Assert.All(["", ".", "x.y", signature[..^2], signature + "AAAA", signature + "."], wrong => Assert.False(envelope.IsSignedBy("text", wrong, Tokens)));
    }

    [Fact]
    public void After_a_rotation_old_values_open_and_say_that_they_are_old()
    {
        var (old, current) = (MasterKey.NewText(), MasterKey.NewText());
        var before = new Envelope(Ring(old)).Seal("secret", Tokens);

        var envelope = new Envelope(Ring(current, old));

        Assert.Equal("secret", envelope.Open(before, Tokens));
        Assert.True(envelope.IsOutdated(before));
        Assert.False(envelope.IsOutdated(envelope.Seal("secret", Tokens)));
        Assert.Throws<SealBrokenException>(() => new Envelope(Ring(current)).Open(before, Tokens));
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("v1.00000000.")]
    [InlineData("v1.00000000.AAAA")]
    [InlineData("v2.00000000.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Anything_else_is_no_sealed_value(string text) =>
        Assert.Throws<SealBrokenException>(() => new Envelope(Ring(MasterKey.NewText())).Open(text, Tokens));

    private static KeyRing Ring(string current, params string[] previous)
    {
        var ring = new KeyRing();
        ring.Use(current, previous);
        return ring;
    }
}

file static class Text
{
    /// <summary>Lone surrogates are no text: UTF-8 replaces them.</summary>
    public static string EnsureValid(this string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));
}
