using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Rules.Matching;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Ledger.Transactions;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Rules;

/// <summary>The form of a rule with its live preview.</summary>
public sealed partial class RuleForm(RulePreviewService previews, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private CancellationTokenSource _looks = new();
    private RulePreview? _preview;
    private ConditionDraft _conditions = ConditionDraft.Root(null);
    private Problem? _wrong;
    private string _pattern = "", _category = "";
    private string? _code;
    private int _priority;
    private bool _isActive = true, _looking;

    /// <summary>The rule that is changed; null: a new one.</summary>
    [Parameter]
    public RuleView? View { get; set; }

    /// <summary>What stands in the form at first.</summary>
    [Parameter, EditorRequired]
    public RuleInput Start { get; set; } = default!;

    [Parameter, EditorRequired]
    public TransactionNames Names { get; set; } = TransactionNames.None;

    [Parameter, EditorRequired]
    public Caller Caller { get; set; } = default!;

    [Parameter, EditorRequired]
    public XeroTenant Organisation { get; set; } = default!;

    [Parameter]
    public bool Saving { get; set; }

    /// <summary>Why it was not kept.</summary>
    [Parameter]
    public Problem? Problem { get; set; }

    /// <summary>True: and run it.</summary>
    [Parameter]
    public EventCallback<(RuleInput Input, bool Run)> OnSave { get; set; }

    [Parameter]
    public EventCallback OnCancel { get; set; }

    private MoneyFormat Format => MoneyFormat.Of(Organisation.CountryCode);

    // What is wrong as one types counts once something is written.
    private Problem? Said => Problem ?? (_pattern.Length > 0 && _category.Length > 0 ? _wrong : null);

    private RuleInput Input => new(_pattern, _category, _code, _priority, _isActive, _conditions.ToCondition());

    public void Dispose()
    {
        _looks.Cancel();
        _looks.Dispose();
    }

    protected override Task OnInitializedAsync()
    {
        (_pattern, _category, _code, _priority, _isActive, _conditions) = (Start.Pattern ?? "", Start.Category ?? "", Start.AccountCode, Start.Priority, Start.IsActive, ConditionDraft.Root(Start.Conditions));
        return LookAsync(TimeSpan.Zero);
    }

    private Task LookAt(Action change)
    {
        change();
        return LookAsync(Pause);
    }

    // The latest wish alone is looked up, and only after the hand rests.
    private Task LookAsync(TimeSpan pause)
    {
        _looks.Cancel();
        _looks.Dispose();
        _looks = new CancellationTokenSource();
        return LookAsync(pause, _looks.Token);
    }

    private async Task LookAsync(TimeSpan pause, CancellationToken ct)
    {
        Problem = null;
        if (_pattern.Trim().Length == 0)
        {
            (_preview, _wrong, _looking) = (null, null, false);
            return;
        }

        // A category is not needed to see what matches.
        var input = Input with { Category = _category.Trim().Length == 0 ? "?" : _category };
        _looking = true;
        try
        {
            await Task.Delay(pause, clock, ct);
            var preview = await previews.LookAsync(Caller, new TenantId(Organisation.Id), input, View?.Rule.Id, ct);
            (_preview, _wrong, _looking) = (preview.Succeeded ? preview.Value : null, preview.Problem, false);
        }
        catch (OperationCanceledException)
        {
            // Somebody typed on, or left.
        }
    }

    private Task SaveAsync(bool run) => OnSave.InvokeAsync((Input, run));

    private string? WrongAt(string member) => (Problem ?? (_pattern.Length > 0 ? _wrong : null)) is { } said && said.Field == member ? said.Message : null;
}
