using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Users;

namespace XeroCfo.Web.Account;

/// <summary>The sign-in page: asks, and says why not, in the same words whatever the reason.</summary>
public sealed partial class LoginPage
{
    private readonly NavigationManager _navigation;
    private readonly SignInService _signIn;
    private readonly SignInSteps _steps;
    private readonly FirstAdmin _firstAdmin;
    private string? _problem;

    public LoginPage(NavigationManager navigation, SignInService signIn, IServiceProvider services)
    {
        (_navigation, _signIn) = (navigation, signIn);
        (_steps, _firstAdmin) = (services.GetRequiredService<SignInSteps>(), services.GetRequiredService<FirstAdmin>());
    }

    [SupplyParameterFromForm]
    private LoginForm? Input { get; set; }

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        Input ??= new();
        if (await _firstAdmin.IsAwaitedAsync(Context.RequestAborted))
        {
            _navigation.NavigateTo(AccountRoutes.Setup);
        }
        else if (HttpMethods.IsGet(Context.Request.Method) && Context.User.Identity?.IsAuthenticated == true)
        {
            _navigation.NavigateTo(LocalPath.Of(ReturnUrl));
        }
    }

    private async Task SignInAsync()
    {
        // The page may be shown again: the password is not sent back with it.
        var password = Input!.Password ?? "";
        Input.Password = "";
        var result = await _signIn.SignInAsync(Input.Email ?? "", password, Session.OriginOf(Context), Context.RequestAborted);
        if (result.Problem is { } refused)
        {
            _problem = refused.Message;
            return;
        }

        _navigation.NavigateTo(await _steps.GoOnAsync(Context, result.Value, Input.RememberMe, LocalPath.Of(ReturnUrl)));
    }

    /// <summary>The fields of the form; their names are part of the contract.</summary>
    private sealed class LoginForm
    {
        public string? Email { get; set; } = "";

        public string? Password { get; set; } = "";

        public bool RememberMe { get; set; }
    }
}
