namespace XeroCfo.Web.Account;

/// <summary>Where to go after signing in. Only a path of our own: a link must not lead somebody who just signed in to another site.</summary>
public static class LocalPath
{
    public const string Home = "/";

    /// <summary>The path itself when it is one of ours, else the first page. Browsers take a backslash for a slash and drop control characters.</summary>
    public static string Of(string? address) =>
        address is ['/', ..]
        && !address.StartsWith("//", StringComparison.Ordinal)
        && !address.Any(sign => sign == '\\' || char.IsControl(sign))
        && !AccountRoutes.TakesSecrets(address.Split('?', '#')[0])
            ? address
            : Home;
}
