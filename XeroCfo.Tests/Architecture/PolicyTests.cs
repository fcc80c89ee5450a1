using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;

namespace XeroCfo.Tests.Architecture;

/// <summary>Nobody opens a page that names no policy.</summary>
public sealed class PolicyTests
{
    /// <summary>The pages for people who are not signed in yet.</summary>
    private static readonly string[] Anonymous = [];

    [Fact]
    public void Every_page_names_its_policy() => Assert.Empty(Pages(typeof(Program).Assembly).Where(IsOpen).Select(page => page.FullName).Except(Anonymous));

    [Fact]
    public void A_page_without_one_would_be_found()
    {
        Assert.Equal([typeof(OpenPage), typeof(PageOfAnyone), typeof(PageWithPolicy)], Pages(typeof(PolicyTests).Assembly).OrderBy(page => page.Name));
        Assert.True(IsOpen(typeof(OpenPage)));
        Assert.True(IsOpen(typeof(PageOfAnyone)));
        Assert.False(IsOpen(typeof(PageWithPolicy)));
    }

    private static IEnumerable<Type> Pages(Assembly assembly) => assembly.GetTypes().Where(type => type.GetCustomAttributes<RouteAttribute>().Any());

    private static bool IsOpen(Type page) => !page.GetCustomAttributes<AuthorizeAttribute>().Any(authorize => !string.IsNullOrEmpty(authorize.Policy));

    [Route("/open")]
    private sealed class OpenPage;

    [Route("/anyone")]
    [AllowAnonymous]
    private sealed class PageOfAnyone;

    [Route("/policy")]
    [Authorize(Policy = "ReadLedger")]
    private sealed class PageWithPolicy;
}
