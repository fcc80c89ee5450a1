using Microsoft.AspNetCore.Components;

namespace XeroCfo.Web.Account;

/// <summary>Asks, and signs out only when the form is sent: a link alone changes nothing.</summary>
public sealed partial class LogoutPage(NavigationManager navigation, IServiceProvider services)
{
    private readonly object _form = new();

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    private async Task SignOutAsync()
    {
        await services.GetRequiredService<Session>().EndAsync(Context);
        navigation.NavigateTo(AccountRoutes.SignIn);
    }
}
