using Microsoft.AspNetCore.Components;

namespace XeroCfo.Web.Account;

/// <summary>Makes the first admin, once. Afterwards it leads to the sign-in page.</summary>
public sealed partial class SetupPage(NavigationManager navigation, IServiceProvider services)
{
    private readonly FirstAdmin _firstAdmin = services.GetRequiredService<FirstAdmin>();
    private string? _problem;

    [SupplyParameterFromForm]
    private SetupForm? Input { get; set; }

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        Input ??= new();
        if (!await _firstAdmin.IsAwaitedAsync(Context.RequestAborted))
        {
            navigation.NavigateTo(AccountRoutes.SignIn);
        }
    }

    private async Task RegisterAsync()
    {
        var password = Input!.Password ?? "";
        Input.Password = "";
        var made = await _firstAdmin.RegisterAsync(Input.Code ?? "", Input.Email ?? "", password, Session.OriginOf(Context), Context.RequestAborted);
        if (made.Problem is { } refused)
        {
            _problem = refused.Message;
            return;
        }

        navigation.NavigateTo(await services.GetRequiredService<SignInSteps>().AfterPasswordAsync(Context, made.Value, LocalPath.Home));
    }

    private sealed class SetupForm
    {
        public string? Code { get; set; } = "";

        public string? Email { get; set; } = "";

        public string? Password { get; set; } = "";
    }
}
