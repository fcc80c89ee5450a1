using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Users.SecondFactors;

namespace XeroCfo.Web.Account;

/// <summary>Between the password and the session: somebody whose role needs a second factor and who has none yet.</summary>
public sealed partial class SecondFactorSetUpPage(NavigationManager navigation, SignInService signIn, SecondFactorService factors, IServiceProvider services)
{
    private const string Use = "authenticator-at-sign-in";
    private IReadOnlyList<string>? _codes;
    private WaitingPerson? _waiting;
    private User? _person;
    private string _secret = "";
    private string _sealed = "";
    private string _returnTo = LocalPath.Home;
    private string? _problem;

    [SupplyParameterFromForm]
    private SetUpForm? Input { get; set; }

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        Input ??= new();
        _waiting = await SignInSteps.WaitingAsync(Context);
        var person = _waiting is { } waiting ? await signIn.OfPendingAsync(waiting.Pending, SecondFactorNeed.SetUp, Context.RequestAborted) : CallerService.NotSignedIn;
        if (person.Problem is not null)
        {
            navigation.NavigateTo(AccountRoutes.SignIn);
            return;
        }

        // The same secret again after a wrong code: it is in the app by now.
        var secrets = services.GetRequiredService<FormSecrets>();
        _person = person.Value;
        _secret = secrets.Open(Use, _person.Id, Input.Secret) ?? Totp.NewSecret();
        _sealed = secrets.Seal(Use, _person.Id, _secret);
    }

    private async Task SetUpAsync()
    {
        if (_waiting is not { } waiting || _person is not { } person)
        {
            return;
        }

        var origin = Session.OriginOf(Context);
        var enrolled = await factors.EnrolPendingAsync(waiting.Pending, _secret, Input!.Code ?? "", origin, Context.RequestAborted);
        var signedIn = enrolled.Problem is { } refused ? refused : await signIn.AfterSetUpAsync(person.Id, origin, Context.RequestAborted);
        Input.Code = "";
        if (signedIn.Problem is { } failed)
        {
            _problem = failed.Message;
            return;
        }

        await services.GetRequiredService<SignInSteps>().BeginAsync(Context, signedIn.Value, waiting.Remember);
        (_codes, _returnTo) = (enrolled.Value, waiting.ReturnTo);
    }

    private sealed class SetUpForm
    {
        public string? Secret { get; set; }

        public string? Code { get; set; } = "";
    }
}
