using Microsoft.AspNetCore.Identity;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;

namespace XeroCfo.Web.Account;

/// <summary>What the browser is to be asked, and what must come back with its answer.</summary>
internal sealed record PasskeyQuestion(string OptionsJson, string State);

/// <summary>Making and using passkeys: Identity's own checks, with their state in the form.</summary>
internal sealed class PasskeyCeremony(IPasskeyHandler<User> handler, FormSecrets secrets)
{
    private const string Making = "passkey-making", Using = "passkey-using";

    public static Problem NotMade { get; } = new("passkey-not-made", "The passkey could not be checked. Try again.", ProblemKind.Refused);

    public async Task<PasskeyQuestion> AskForNewAsync(HttpContext http, User user)
    {
        var asked = await handler.MakeCreationOptionsAsync(new PasskeyUserEntity { Id = user.Id.ToString("D"), Name = user.Email!, DisplayName = user.Email! }, http);
        return new PasskeyQuestion(asked.CreationOptionsJson, secrets.Seal(Making, user.Id, asked.AttestationState ?? ""));
    }

    /// <summary>The passkey that the browser made for this person.</summary>
    public async Task<Result<UserPasskeyInfo>> MadeAsync(HttpContext http, Guid person, string? credentialJson, string? state)
    {
        if (string.IsNullOrEmpty(credentialJson) || secrets.Open(Making, person, state) is not { } opened)
        {
            return NotMade;
        }

        var made = await handler.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = http, CredentialJson = credentialJson, AttestationState = opened });
        return made.Succeeded && made.UserEntity.Id == person.ToString("D") ? made.Passkey : NotMade;
    }

    public async Task<PasskeyQuestion> AskForOneAsync(HttpContext http)
    {
        var asked = await handler.MakeRequestOptionsAsync(null, http);
        return new PasskeyQuestion(asked.RequestOptionsJson, secrets.Seal(Using, null, asked.AssertionState ?? ""));
    }

    /// <summary>Whose passkey it is, once the browser has proved it; null when it did not.</summary>
    public async Task<(Guid Person, UserPasskeyInfo Passkey)?> UsedAsync(HttpContext http, string? credentialJson, string? state)
    {
        if (string.IsNullOrEmpty(credentialJson) || secrets.Open(Using, null, state) is not { } opened)
        {
            return null;
        }

        var used = await handler.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = http, CredentialJson = credentialJson, AssertionState = opened });
        return used.Succeeded ? (used.User.Id, used.Passkey) : null;
    }
}
