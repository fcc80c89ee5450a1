using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;

namespace XeroCfo.Tests.Architecture;

/// <summary>Nobody opens a page that does not ask who is there. What they may then see is decided in the services, never on the page.</summary>
public sealed class PolicyTests
{
    /// <summary>The pages for people who are not signed in yet.</summary>
    private static readonly string[] Anonymous = ["LoginPage", "LogoutPage", "PasskeyPage", "PasswordPage", "SecondFactorPage", "SecondFactorSetUpPage", "SetupPage"];

    [Fact]
    public void Every_page_asks_who_is_there()
    {
        var pages = Pages(typeof(Program).Assembly).ToList();

        Assert.True(pages.Count > 10);
        Assert.Equal(Anonymous, pages.Where(IsOpen).Select(page => page.Name).Order());
    }

    [Fact]
    public void A_page_without_one_would_be_found()
    {
        Assert.Equal([typeof(OpenPage), typeof(PageOfAnyone), typeof(PageWithPolicy)], Pages(typeof(PolicyTests).Assembly).OrderBy(page => page.Name));
        Assert.True(IsOpen(typeof(OpenPage)));
        Assert.True(IsOpen(typeof(PageOfAnyone)));
        Assert.False(IsOpen(typeof(PageWithPolicy)));
    }

    private static IEnumerable<Type> Pages(Assembly assembly) => assembly.GetTypes().Where(type => type.GetCustomAttributes<RouteAttribute>().Any());

    private static bool IsOpen(Type page) => !page.GetCustomAttributes<AuthorizeAttribute>().Any();

    [Route("/open")]
    private sealed class OpenPage;

    [Route("/anyone")]
    [AllowAnonymous]
    private sealed class PageOfAnyone;

    [Route("/policy")]
    [Authorize(Policy = "ReadLedger")]
    private sealed class PageWithPolicy;
}
