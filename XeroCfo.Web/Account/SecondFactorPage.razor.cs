using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Users;

namespace XeroCfo.Web.Account;

/// <summary>Asks somebody whose password was right for the code of their app, or a recovery code.</summary>
public sealed partial class SecondFactorPage(NavigationManager navigation, SignInService signIn, IServiceProvider services)
{
    private string? _problem;
    private WaitingPerson? _waiting;

    [SupplyParameterFromForm]
    private CodeForm? Input { get; set; }

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        Input ??= new();
        _waiting = await SignInSteps.WaitingAsync(Context);
        if (_waiting is null)
        {
            navigation.NavigateTo(AccountRoutes.SignIn);
        }
    }

    private async Task FinishAsync()
    {
        var code = Input!.Code ?? "";
        Input.Code = "";
        if (_waiting is not { } waiting)
        {
            return;
        }

        var finished = await signIn.FinishAsync(waiting.Pending, code, Session.OriginOf(Context), Context.RequestAborted);
        if (finished.Problem is { } refused)
        {
            _problem = refused.Message;
            return;
        }

        await services.GetRequiredService<SignInSteps>().BeginAsync(Context, finished.Value, waiting.Remember);
        navigation.NavigateTo(waiting.ReturnTo);
    }

    private sealed class CodeForm
    {
        public string? Code { get; set; } = "";
    }
}
