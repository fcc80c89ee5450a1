using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Users.SecondFactors;

namespace XeroCfo.Web.Account;

/// <summary>A person's own passkeys: adding and removing one, each with the password.</summary>
public sealed partial class ProfilePasskeysPage(ProfileService profile, SecondFactorService factors, IServiceProvider services)
{
    private const int NameLimit = 60;
    private readonly Session _session = services.GetRequiredService<Session>();
    private readonly PasskeyCeremony _ceremony = services.GetRequiredService<PasskeyCeremony>();
    private IReadOnlyList<UserPasskeyInfo> _passkeys = [];
    private PasskeyQuestion? _question;
    private string? _problem;
    private string? _said;

    [SupplyParameterFromForm(FormName = "add")]
    private AddForm? Input { get; set; }

    [SupplyParameterFromForm(FormName = "remove")]
    private RemoveForm? Gone { get; set; }

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        (Input, Gone) = (Input ?? new(), Gone ?? new());
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var caller = await _session.CallerOfAsync(Context);
        var own = caller.Problem is { } refused ? refused : await profile.OwnAsync(caller.Value, default);
        if (own.Problem is { } nobody)
        {
            _problem = nobody.Message;
            return;
        }

        var passkeys = await factors.PasskeysAsync(caller.Value, default);
        _passkeys = passkeys.Succeeded ? passkeys.Value : [];
        _question = await _ceremony.AskForNewAsync(Context, own.Value);
    }

    private async Task AddAsync()
    {
        var (name, password) = (TextRules.Limit(TextRules.Askable(Input!.Name ?? "").Trim(), NameLimit), Input.Password ?? "");
        var (credential, state) = (Input.Credential, Input.State);
        Input = new();
        await DoAsync("The passkey is added.", async caller =>
        {
            var made = await _ceremony.MadeAsync(Context, caller.UserId ?? Guid.Empty, credential, state);
            if (made.Problem is { } refused)
            {
                return refused;
            }

            made.Value.Name = name.Length == 0 ? null : name;
            return await factors.AddPasskeyAsync(caller, password, made.Value, default);
        });
    }

    private async Task RemoveAsync()
    {
        var (which, password) = (Gone!.Which ?? "", Gone.Password ?? "");
        Gone = new();
        await DoAsync("The passkey is removed.", caller => factors.RemovePasskeyAsync(caller, password, IdOf(which), default));
    }

    private byte[] IdOf(string which) => _passkeys.FirstOrDefault(passkey => Convert.ToHexStringLower(passkey.CredentialId) == which)?.CredentialId ?? [];

    private async Task DoAsync(string said, Func<Caller, Task<Result<Done>>> work)
    {
        var caller = await _session.CallerOfAsync(Context);
        var done = caller.Problem is { } refused ? refused : await work(caller.Value);
        (_problem, _said) = (done.Problem?.Message, done.Succeeded ? said : null);
        if (done.Succeeded && await profile.OwnAsync(caller.Value, default) is { Succeeded: true } own)
        {
            await _session.GoOnAsync(Context, own.Value);
            await LoadPasskeysAsync(caller.Value, own.Value);
        }
    }

    private async Task LoadPasskeysAsync(Caller caller, User user)
    {
        var passkeys = await factors.PasskeysAsync(caller, default);
        (_passkeys, _question) = (passkeys.Succeeded ? passkeys.Value : [], await _ceremony.AskForNewAsync(Context, user));
    }

    private sealed class AddForm
    {
        public string? State { get; set; }

        public string? Credential { get; set; }

        public string? Name { get; set; } = "";

        public string? Password { get; set; } = "";
    }

    private sealed class RemoveForm
    {
        public string? Which { get; set; }

        public string? Password { get; set; } = "";
    }
}
