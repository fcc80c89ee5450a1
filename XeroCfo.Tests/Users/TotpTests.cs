using XeroCfo.Domain.Users.SecondFactors;

namespace XeroCfo.Tests.Users;

public sealed class TotpTests
{
    // The standard's secret, "12345678901234567890", in base32.
    private const string Secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long second, string code) =>
        Assert.Equal(code, Totp.CodeAt(Secret, DateTimeOffset.FromUnixTimeSeconds(second)));

    [Theory]
    [InlineData(-60, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(60, false)]
    public void A_code_is_good_in_its_half_minute_and_those_beside_it(int seconds, bool good)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1234567890);

        var step = Totp.StepOf(Secret, Totp.CodeAt(Secret, now.AddSeconds(seconds)), now, lastStep: 0);

        Assert.Equal(good, step is not null);
    }

    [Fact]
    public void A_step_that_was_used_and_those_before_it_are_good_no_more()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1234567890);
        var step = Totp.StepOf(Secret, "005 924", now, lastStep: 0)!.Value;

        Assert.Null(Totp.StepOf(Secret, "005924", now, lastStep: step));
        Assert.Null(Totp.StepOf(Secret, Totp.CodeAt(Secret, now.AddSeconds(-30)), now, lastStep: step));
        Assert.Equal(step + 1, Totp.StepOf(Secret, Totp.CodeAt(Secret, now.AddSeconds(30)), now, lastStep: step));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00592")]
    [InlineData("0059244")]
    [InlineData("00592a")]
    [InlineData("٠٠٥٩٢٤")]
    public void What_is_no_code_is_none(string text) => Assert.Null(Totp.StepOf(Secret, text, DateTimeOffset.FromUnixTimeSeconds(1234567890), 0));

    [Fact]
    public void A_new_secret_is_160_bits_and_the_address_escapes_the_name()
    {
        Assert.Equal(32, Totp.NewSecret().Length);
        Assert.Equal("otpauth://totp/XeroCfo:a%2Bb%40c.example?secret=ABC&issuer=XeroCfo&algorithm=SHA1&digits=6&period=30", Totp.Address("ABC", "a+b@c.example"));
    }

    [Fact]
    public void Recovery_codes_differ_and_are_read_with_or_without_dashes_in_any_case()
    {
        var codes = RecoveryCodes.New();

        Assert.Equal(RecoveryCodes.Count, codes.Distinct().Count());
        Assert.All(codes, code => Assert.True(RecoveryCodes.LooksLikeOne(code)));
        Assert.Equal(RecoveryCodes.Hash(codes[0]), RecoveryCodes.Hash(codes[0].Replace("-", " ", StringComparison.Ordinal).ToLowerInvariant()));
        Assert.False(RecoveryCodes.LooksLikeOne("123456"));
    }
}
