using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Users.SecondFactors;

namespace XeroCfo.Web.Account;

/// <summary>A person's own authenticator app and recovery codes. Each form asks for the password.</summary>
public sealed partial class ProfileSecondFactorPage(ProfileService profile, SecondFactorService factors, IServiceProvider services)
{
    private const string Use = "authenticator";
    private readonly Session _session = services.GetRequiredService<Session>();
    private readonly FormSecrets _secrets = services.GetRequiredService<FormSecrets>();
    private Caller? _caller;
    private User? _user;
    private SecondFactorState? _state;
    private IReadOnlyList<string>? _codes;
    private string _secret = "";
    private string _sealed = "";
    private string? _problem;
    private bool _removed;

    [SupplyParameterFromForm(FormName = "add")]
    private AddForm? Add { get; set; }

    [SupplyParameterFromForm(FormName = "renew")]
    private PasswordForm? Renew { get; set; }

    [SupplyParameterFromForm(FormName = "remove")]
    private PasswordForm? Remove { get; set; }

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        (Add, Renew, Remove) = (Add ?? new(), Renew ?? new(), Remove ?? new());
        var caller = await _session.CallerOfAsync(Context);
        if (caller.Problem is { } refused)
        {
            _problem = refused.Message;
            return;
        }

        _caller = caller.Value;
        await LoadAsync();

        // The same secret again after a wrong code: it is in the app by now.
        _secret = _secrets.Open(Use, _caller.UserId, Add.Secret) ?? Totp.NewSecret();
        _sealed = _secrets.Seal(Use, _caller.UserId, _secret);
    }

    private async Task LoadAsync()
    {
        var (own, state) = (await profile.OwnAsync(_caller!, default), await factors.OwnAsync(_caller!, default));
        (_user, _state) = own.Problem is null && state.Problem is null ? (own.Value, state.Value) : (null, null);
    }

    private async Task AddAsync()
    {
        var (code, password) = (Add!.Code ?? "", Add.Password ?? "");
        (Add.Code, Add.Password) = ("", "");
        if (_caller is { } caller)
        {
            await ShowAsync(await factors.EnrolAsync(caller, password, _secret, code, default), endsSessions: true);
        }
    }

    private async Task RenewAsync()
    {
        var password = Renew!.Password ?? "";
        Renew.Password = "";
        if (_caller is { } caller)
        {
            await ShowAsync(await factors.RenewRecoveryCodesAsync(caller, password, default), endsSessions: false);
        }
    }

    private async Task RemoveAsync()
    {
        var password = Remove!.Password ?? "";
        Remove.Password = "";
        if (_caller is not { } caller)
        {
            return;
        }

        var removed = await factors.RemoveOwnAsync(caller, password, default);
        (_problem, _removed) = (removed.Problem?.Message, removed.Succeeded);
        if (removed.Succeeded)
        {
            await GoOnAsync();
        }
    }

    private async Task ShowAsync(Result<IReadOnlyList<string>> made, bool endsSessions)
    {
        (_problem, _codes) = (made.Problem?.Message, made.Succeeded ? made.Value : null);
        if (made.Succeeded && endsSessions)
        {
            await GoOnAsync();
        }
    }

    private async Task GoOnAsync()
    {
        var own = await profile.OwnAsync(_caller!, default);
        if (own.Succeeded)
        {
            await _session.GoOnAsync(Context, own.Value);
        }
    }

    private sealed class AddForm
    {
        public string? Secret { get; set; }

        public string? Code { get; set; } = "";

        public string? Password { get; set; } = "";
    }

    private sealed class PasswordForm
    {
        public string? Password { get; set; } = "";
    }
}
