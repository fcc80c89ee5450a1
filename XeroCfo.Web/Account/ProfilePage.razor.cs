using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Users.SecondFactors;
using XeroCfo.Domain.Users.Sessions;

namespace XeroCfo.Web.Account;

/// <summary>A person's own account: name, ways to sign in, and where they are signed in.</summary>
public sealed partial class ProfilePage(ProfileService profile, SecondFactorService factors, SessionService sessions, IServiceProvider services)
{
    private User? _user;
    private SecondFactorState? _factors;
    private IReadOnlyList<UserSession> _sessions = [];
    private Guid? _here;
    private bool _mayHaveKeys;
    private string? _problem;
    private string? _said;

    [SupplyParameterFromForm(FormName = "name")]
    private NameForm? Name { get; set; }

    [SupplyParameterFromForm(FormName = "sessions")]
    private SessionsForm? Sessions { get; set; }

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        Sessions ??= new();
        await LoadAsync();
        Name ??= new() { First = _user?.FirstName, Last = _user?.LastName };
    }

    private async Task<Caller?> CallerAsync()
    {
        var caller = await services.GetRequiredService<Session>().CallerOfAsync(Context);
        _problem = caller.Problem?.Message;
        return caller.Succeeded ? caller.Value : null;
    }

    private async Task LoadAsync()
    {
        if (await CallerAsync() is not { } caller)
        {
            return;
        }

        var (own, state, open) = (await profile.OwnAsync(caller, default), await factors.OwnAsync(caller, default), await sessions.OwnAsync(caller, default));
        if ((own.Problem ?? state.Problem ?? open.Problem) is { } refused)
        {
            _problem = refused.Message;
            return;
        }

        (_user, _factors, _sessions, _here) = (own.Value, state.Value, open.Value, caller.SessionId);
        _mayHaveKeys = caller.May(Permissions.ApiKeysWrite);
    }

    private Task RenameAsync() => DoAsync("Your name is saved.", caller => profile.RenameAsync(caller, Name!.First ?? "", Name.Last ?? "", default));

    private Task EndAsync() => Sessions!.Others
        ? DoAsync("All other sessions are ended.", caller => sessions.EndOthersAsync(caller, default))
        : DoAsync("That session is ended.", caller => sessions.EndAsync(caller, Sessions.End ?? Guid.Empty, default));

    private async Task DoAsync(string said, Func<Caller, Task<Result<Done>>> work)
    {
        if (await CallerAsync() is not { } caller)
        {
            return;
        }

        var done = await work(caller);
        await LoadAsync();
        (_problem, _said) = (done.Problem?.Message ?? _problem, done.Succeeded ? said : null);
    }

    private sealed class NameForm
    {
        public string? First { get; set; }

        public string? Last { get; set; }
    }

    private sealed class SessionsForm
    {
        public Guid? End { get; set; }

        public bool Others { get; set; }
    }
}
