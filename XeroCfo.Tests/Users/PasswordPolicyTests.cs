using XeroCfo.Domain.Users;

namespace XeroCfo.Tests.Users;

public sealed class PasswordPolicyTests
{
    [Theory]
    [InlineData("correct horse battery staple")]
    [InlineData("ünïcödé påsswörd lång")]
    [InlineData("827364519023")]
    [InlineData("            x y z w")]
    [InlineData("Kiwi-Tractor-Piano")]
    public void A_long_password_of_any_kind_is_taken(string password) => Assert.Null(PasswordPolicy.Fault(password, "ana@acme.test"));

    [Fact]
    public void A_very_long_one_is_taken_whole() => Assert.Null(PasswordPolicy.Fault(string.Concat(Enumerable.Range(0, 128).Select(i => (char)('a' + (i * 7 % 26)))), "ana@acme.test"));

    [Theory]
    [InlineData(null, "password-too-short")]
    [InlineData("", "password-too-short")]
    [InlineData("elevenchars", "password-too-short")]
    [InlineData("😀😀😀😀😀😀", "password-too-short")]
    [InlineData("unbelievable", "password-too-common")]
    [InlineData("1qaz2wsx3edc4rfv", "password-too-common")]
    [InlineData("Password12345", "password-too-common")]
    [InlineData("P@ssw0rd!2026", "password-too-common")]
    [InlineData("passwordpassword", "password-too-common")]
    [InlineData("123456789012", "password-too-common")]
    [InlineData("aaaaaaaaaaaaaaa", "password-too-common")]
    [InlineData("abcdefghijklmnop", "password-too-common")]
    [InlineData("qwerty2024!!!!", "password-too-common")]
    [InlineData("ana@acme.test", "password-too-common")]
    [InlineData("XeroCfo20262026", "password-too-common")]
    public void A_short_or_guessable_one_is_refused(string? password, string code) => Assert.Equal(code, PasswordPolicy.Fault(password, "ana@acme.test")?.Code);
}
