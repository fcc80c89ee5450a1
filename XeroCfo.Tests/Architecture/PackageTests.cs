using System.Xml.Linq;

namespace XeroCfo.Tests.Architecture;

/// <summary>What the packages that we build on must not be.</summary>
public sealed class PackageTests
{
    private static readonly XDocument Packages = XDocument.Load(Path.Combine(SourceTree.Root, "Directory.Packages.props"));
    private static readonly XDocument Build = XDocument.Load(Path.Combine(SourceTree.Root, "Directory.Build.props"));

    // Up to 10.0.6 its cookies could be forged: CVE-2026-40372.
    [Fact]
    public void Cookies_are_sealed_by_a_version_that_cannot_be_fooled() =>
        Assert.All(
            Packages.Descendants("PackageVersion").Where(package => package.Attribute("Include")!.Value.StartsWith("Microsoft.AspNetCore.DataProtection", StringComparison.Ordinal)).ToList() is { Count: > 0 } found ? found : throw new InvalidOperationException("No such package is named."),
            package => Assert.True(Version.Parse(package.Attribute("Version")!.Value.Trim('[', ']')) >= new Version(10, 0, 7)));

    [Fact]
    public void The_build_fails_on_a_package_that_is_known_to_be_vulnerable()
    {
        Assert.Equal(("true", "all", "low", "true"), (Of("NuGetAudit"), Of("NuGetAuditMode"), Of("NuGetAuditLevel"), Of("TreatWarningsAsErrors")));
        Assert.DoesNotContain(["NU1901", "NU1902", "NU1903", "NU1904"], Of("WarningsNotAsErrors").Contains);
    }

    private static string Of(string name) => Build.Descendants(name).Single().Value;
}
