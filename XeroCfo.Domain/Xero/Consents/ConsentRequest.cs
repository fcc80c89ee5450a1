using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace XeroCfo.Domain.Xero.Consents;

/// <summary>One question to Xero for a person's consent (OAuth code flow with PKCE). State and verifier stay in the person's own session.</summary>
/// <param name="State">Comes back with the answer; proves that this session asked.</param>
/// <param name="Verifier">Redeems the code; whoever only saw the code cannot.</param>
/// <param name="RedirectUri">Where Xero sends the person back to, letter by letter as registered with the app.</param>
public sealed record ConsentRequest(string State, string Verifier, string RedirectUri)
{
    private const int Secret = 32;

    /// <summary>A new one, with secrets that nobody can guess.</summary>
    public static ConsentRequest New(string redirectUri) => new(Random(), Random(), redirectUri);

    /// <summary>SHA-256 of the verifier, as PKCE's S256 wants it.</summary>
    public string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    /// <summary>Xero's page on which the person chooses organisations.</summary>
    public Uri Address(XeroOptions xero)
    {
        var query = new (string Name, string Value)[]
        {
            ("response_type", "code"), ("client_id", xero.ClientId ?? ""), ("redirect_uri", RedirectUri), ("scope", string.Join(' ', XeroScopes.Of(xero))),
            ("state", State), ("code_challenge", Challenge), ("code_challenge_method", "S256"),
        };
        return new Uri($"{xero.LoginUrl.TrimEnd('/')}/identity/connect/authorize?{string.Join('&', query.Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value)}"))}");
    }

    /// <summary>Never the secrets: an accidental log line stays harmless.</summary>
    public override string ToString() => $"consent request to {RedirectUri}";

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Secret));
}
