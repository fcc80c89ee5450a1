using XeroCfo.Web.Account;

namespace XeroCfo.Tests.SignIn;

public sealed class LocalPathTests
{
    [Theory]
    [InlineData("/", "/")]
    [InlineData("/reports", "/reports")]
    [InlineData("/reports?from=2026-01-01&x=//y#top", "/reports?from=2026-01-01&x=//y#top")]
    [InlineData("/0191/overview", "/0191/overview")]
    [InlineData("/räport", "/räport")]
    [InlineData(null, "/")]
    [InlineData("", "/")]
    [InlineData("reports", "/")]
    [InlineData("//evil.test", "/")]
    [InlineData("///evil.test", "/")]
    [InlineData("/\\evil.test", "/")]
    [InlineData("\\\\evil.test", "/")]
    [InlineData("/a\\b", "/")]
    [InlineData("/\t/evil.test", "/")]
    [InlineData("/\r\nSet-Cookie: a=b", "/")]
    [InlineData("\t//evil.test", "/")]
    [InlineData(" //evil.test", "/")]
    [InlineData("https://evil.test", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("~/reports", "/")]
    [InlineData("/account/logout", "/")]
    [InlineData("/account/login?ReturnUrl=/account/login", "/")]
    [InlineData("/setup", "/")]
    public void Only_a_path_of_our_own_is_followed(string? asked, string followed) => Assert.Equal(followed, LocalPath.Of(asked));
}
