using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Users;

namespace XeroCfo.Web.Account;

/// <summary>Signs in whoever's device proves that it holds a passkey of theirs.</summary>
public sealed partial class PasskeyPage(NavigationManager navigation, SignInService signIn, IServiceProvider services)
{
    private PasskeyQuestion? _question;
    private string? _problem;

    [SupplyParameterFromForm]
    private PasskeyForm? Input { get; set; }

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    private PasskeyCeremony Ceremony => services.GetRequiredService<PasskeyCeremony>();

    protected override async Task OnInitializedAsync()
    {
        Input ??= new();
        _question = await Ceremony.AskForOneAsync(Context);
    }

    private async Task SignInAsync()
    {
        var waiting = await SignInSteps.WaitingAsync(Context);
        if (await Ceremony.UsedAsync(Context, Input!.Credential, Input.State) is not { } used)
        {
            _problem = "This passkey is not known here, or it took too long. Try again.";
            return;
        }

        var signedIn = await signIn.WithPasskeyAsync(used.Person, used.Passkey, Session.OriginOf(Context), Context.RequestAborted);
        if (signedIn.Problem is not null)
        {
            _problem = "This account is closed at the moment.";
            return;
        }

        await services.GetRequiredService<SignInSteps>().BeginAsync(Context, signedIn.Value, waiting?.Remember ?? false);
        navigation.NavigateTo(waiting?.ReturnTo ?? LocalPath.Home);
    }

    private sealed class PasskeyForm
    {
        public string? State { get; set; }

        public string? Credential { get; set; }
    }
}
