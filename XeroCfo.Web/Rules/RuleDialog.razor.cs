using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Rules.Runs;
using XeroCfo.Domain.Rules.Suggestions;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Ledger.Transactions;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Rules;

/// <summary>A rule that was kept from a dialog, and whether it runs now.</summary>
public sealed record RuleKept(CategoryRule Rule, bool Runs);

/// <summary>The form of a rule over another page.</summary>
public sealed partial class RuleDialog(RuleService rules, RuleRunService runs, TransactionService transactions, IJSRuntime browser) : IAsyncDisposable
{
    private ElementReference _box;
    private IJSObjectReference? _module;
    private RuleInput? _start;
    private Problem? _problem;
    private readonly Sending _sending = new();

    /// <summary>The transaction that it is made from; null: from nothing.</summary>
    [Parameter]
    public Guid? From { get; set; }

    /// <summary>What a person has just chosen for it, be it not kept yet.</summary>
    [Parameter]
    public string? Category { get; set; }

    [Parameter, EditorRequired]
    public TransactionNames Names { get; set; } = TransactionNames.None;

    [Parameter, EditorRequired]
    public Caller Caller { get; set; } = default!;

    [Parameter, EditorRequired]
    public XeroTenant Organisation { get; set; } = default!;

    [Parameter]
    public EventCallback<RuleKept> OnKept { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await (_module?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone; so has its script.
        }
    }

    protected override async Task OnInitializedAsync()
    {
        if (From is not { } id)
        {
            _start = new RuleInput(null, null, null);
            return;
        }

        var found = await transactions.GetAsync(Caller, new TenantId(Organisation.Id), id, default);
        (_start, _problem) = (found.Succeeded ? OfTransaction(found.Value.Transaction) : null, found.Problem);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _module = await browser.InvokeAsync<IJSObjectReference>("import", $"./js/dialog.js?v={typeof(RuleDialog).Assembly.GetName().Version}");
            await (_module?.InvokeVoidAsync("show", _box) ?? ValueTask.CompletedTask);
        }
    }

    private RuleInput OfTransaction(Transaction row) => new(ProposedPattern.Of(row), Category ?? row.Category, row.OwnAccountCode);

    private Task SaveAsync((RuleInput Input, bool Run) wanted) => _sending.OnceAsync(async once =>
    {
        var tenant = new TenantId(Organisation.Id);
        var saved = await rules.CreateAsync(Caller with { IdempotencyKey = once }, tenant, wanted.Input, default);
        _problem = saved.Problem;
        if (saved.Succeeded && wanted.Run)
        {
            _problem = (await runs.RequestAsync(Caller, tenant, new RunRequest(null, null, RunScopes.Uncategorized), default)).Problem;
        }

        if (saved.Succeeded)
        {
            await OnKept.InvokeAsync(new RuleKept(saved.Value.Rule, wanted.Run && _problem is null));
        }

        return saved.Succeeded;
    });
}
