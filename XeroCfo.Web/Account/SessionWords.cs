using XeroCfo.Domain.Users.Sessions;

namespace XeroCfo.Web.Account;

/// <summary>Sessions in words that a person recognises.</summary>
internal static class SessionWords
{
    // The order matters: most browsers also name those that they descend from.
    private static readonly (string Sign, string Name)[] Browsers = [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl")];
    private static readonly (string Sign, string Name)[] Systems = [("Windows", "Windows"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Mac OS X", "macOS"), ("Linux", "Linux")];

    public static string Of(UserSession session)
    {
        var agent = session.UserAgent ?? "";
        var (browser, system) = (NameIn(Browsers, agent), NameIn(Systems, agent));
        var words = browser is not null && system is not null ? $"{browser} on {system}" : browser ?? system ?? "Unknown device";
        return session.Kind == SessionKinds.Token ? $"API token, {words}" : words;
    }

    private static string? NameIn((string Sign, string Name)[] known, string agent) =>
        known.FirstOrDefault(one => agent.Contains(one.Sign, StringComparison.Ordinal)).Name;
}
