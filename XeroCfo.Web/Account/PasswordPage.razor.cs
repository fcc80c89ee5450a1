using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Users;

namespace XeroCfo.Web.Account;

/// <summary>Where an invited person, or one whose password was reset, chooses a password with the code of their link.</summary>
public sealed partial class PasswordPage(NavigationManager navigation, UserService users, IServiceProvider services)
{
    private string? _problem;

    [SupplyParameterFromForm]
    private PasswordForm? Input { get; set; }

    [SupplyParameterFromQuery]
    private string? Code { get; set; }

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    protected override void OnInitialized() => Input ??= new();

    private async Task ChooseAsync()
    {
        var password = Input!.Password ?? "";
        Input.Password = "";
        var chosen = await users.ChoosePasswordAsync(Code ?? "", password, Session.OriginOf(Context), Context.RequestAborted);
        if (chosen.Problem is { } refused)
        {
            _problem = refused.Message;
            return;
        }

        navigation.NavigateTo(await services.GetRequiredService<SignInSteps>().AfterPasswordAsync(Context, chosen.Value, LocalPath.Home));
    }

    private sealed class PasswordForm
    {
        public string? Password { get; set; } = "";
    }
}
