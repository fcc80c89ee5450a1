using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using XeroCfo.Domain.ApiKeys;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Web.ApiKeys;

/// <summary>Makes, rotates or revokes a key.</summary>
public sealed partial class ApiKeyDialog(ApiKeyService keys, SignInService signIn, IJSRuntime browser) : IAsyncDisposable
{
    // Nothing typed is no wrong guess.
    private static readonly Problem NoPassword = Problem.Invalid("password", "Type your password.");
    private readonly string _once = Guid.NewGuid().ToString("N");
    private ElementReference _box;
    private IJSObjectReference? _module;
    private ShownApiKey? _shown;
    private Problem? _problem;
    private string _password = "";
    private int _overlapHours = 24;
    private bool _working;

    [Parameter, EditorRequired]
    public Caller Caller { get; set; } = default!;

    /// <summary>Those that a key can be limited to.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<XeroTenant> Organisations { get; set; } = [];

    /// <summary>The key that something is done to; null: a new one.</summary>
    [Parameter]
    public OwnedApiKey? Owned { get; set; }

    /// <summary>It is revoked; else it is rotated.</summary>
    [Parameter]
    public bool Revokes { get; set; }

    /// <summary>Something was done, in words.</summary>
    [Parameter]
    public EventCallback<string> OnChanged { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    // The same form sent twice does its work once.
    private Caller Once => Caller with { IdempotencyKey = _once };

    public async ValueTask DisposeAsync()
    {
        try
        {
            await (_module?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
        catch (JSDisconnectedException)
        {
            // The person has left.
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _module = await browser.InvokeAsync<IJSObjectReference>("import", $"./js/dialog.js?v={typeof(ApiKeyDialog).Assembly.GetName().Version}");
            await _module.InvokeVoidAsync("show", _box);
        }
    }

    private Task MakeAsync((ApiKeyWish Wish, string Password) wanted) =>
        DoAsync(wanted.Password, () => keys.CreateAsync(Once, wanted.Wish, default), shown => $"{shown.Key.Name} is made");

    private Task RotateAsync() =>
        DoAsync(_password, () => keys.RotateAsync(Once, Owned!.Key.Id, new ApiKeyRotation(TimeSpan.FromHours(_overlapHours)), default), shown => $"{shown.Key.Name} is rotated");

    private async Task RevokeAsync()
    {
        if (await ConfirmAsync(_password))
        {
            var revoked = await keys.RevokeAsync(Caller, Owned!.Key.Id, default);
            (_problem, _working) = (revoked.Problem, false);
            if (revoked.Succeeded)
            {
                await OnChanged.InvokeAsync($"{Owned.Key.Name} is revoked");
                await OnClose.InvokeAsync();
            }
        }
    }

    private async Task DoAsync(string password, Func<Task<Result<ShownApiKey>>> work, Func<ShownApiKey, string> said)
    {
        if (await ConfirmAsync(password))
        {
            var done = await work();
            (_problem, _working) = (done.Problem, false);
            if (done.Succeeded)
            {
                _shown = done.Value.Secret is null && _shown is not null ? _shown : done.Value;
                await OnChanged.InvokeAsync(said(done.Value));
            }
        }
    }

    private async Task<bool> ConfirmAsync(string password)
    {
        if (_working)
        {
            return false;
        }

        if (password.Length == 0)
        {
            _problem = NoPassword;
            return false;
        }

        (_working, _password) = (true, "");
        _problem = (await signIn.ConfirmAsync(Caller, password, default)).Problem;
        _working = _problem is null;
        return _working;
    }
}
