using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Accounts;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Web.Ledger.Accounts;

/// <summary>Lets a person decide on the tags that names and types suggest. Rows keep their places, so that nothing moves under the hand.</summary>
public sealed partial class TagReview(LedgerService ledger, AccountTagService tags) : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private readonly Dictionary<Guid, ElementReference> _lines = [];
    private readonly Dictionary<Guid, ElementReference> _selects = [];

    /// <summary>What a person chose in a row and has not confirmed; empty for no tag.</summary>
    private readonly Dictionary<Guid, string> _chosen = [];

    private IReadOnlyList<Row>? _rows;
    private (Guid, int, bool) _of;
    private Guid? _next;
    private Problem? _problem;
    private string? _said;
    private bool _saving;

    [Parameter, EditorRequired]
    public XeroTenant Organisation { get; set; } = default!;

    [Parameter, EditorRequired]
    public Caller Caller { get; set; } = default!;

    /// <summary>Confirming is the next thing to do on the page.</summary>
    [Parameter]
    public bool Primary { get; set; }

    /// <summary>Something was said of a tag.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    private TenantId Tenant => new(Organisation.Id);

    private bool MayWrite => Caller.May(Permissions.KpisWrite);

    private bool IsHeld => _saving || Organisation.SyncInProgress;

    private int Confirmed => _rows!.Count(row => !row.Waits);

    /// <summary>What can be confirmed without another look: the sure ones, and those for which a person chose.</summary>
    private List<Row> Clear => [.. _rows!.Where(row => row.Waits && (row.IsSure || IsChanged(row)))];

    private string ConfirmAllWords => Clear.Count == _rows!.Count(row => row.Waits) ? $"Confirm all {Clear.Count}" : $"Confirm all {Clear.Count} sure ones";

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        var now = (Organisation.Id, Organisation.LedgerVersion, Organisation.SyncInProgress);
        if (now != _of)
        {
            _of = now;
            await LoadAsync();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_next is { } next && _lines.TryGetValue(next, out var line))
        {
            _next = null;
            await line.FocusAsync();
        }
    }

    private static string Words(string tag) => tag.Length == 0 ? "no tag" : TagWords.Of(tag);

    private string Shown(Row row) => _chosen.GetValueOrDefault(row.Account.AccountId, row.Account.Tag ?? "");

    private bool IsChanged(Row row) => Shown(row) != row.Account.Tag;

    private void Choose(Row row, string? tag) => _chosen[row.Account.AccountId] = tag ?? "";

    private async Task LoadAsync()
    {
        var found = await ledger.AccountsAsync(Caller, Tenant, _leaving.Token);
        if (found.Problem is { } refused)
        {
            _problem = refused;
            return;
        }

        // Those that need a look come first; what a person says does not move a row.
        _problem = _rows is null ? null : _problem;
        _rows =
        [
            .. from account in found.Value
               let why = AccountTags.Judge(account)
               where account.Tag is not null || (why is not null && account.TagConfirmedBy is not null)
               let row = new Row(account, why)
               orderby why is null, row.IsSure, account.Code ?? "", account.Name
               select row,
        ];
    }

    private Task SayAsync(Row row, string tag) => SaveAsync(
        async () => (await tags.SayAsync(Caller, Tenant, row.Account.AccountId, tag.Length == 0 ? null : tag, _leaving.Token)).Problem,
        () => tag.Length == 0 ? $"No tag for {row.Account.Name}, kept" : $"{TagWords.Of(tag)} confirmed for {row.Account.Name}",
        After(row));

    private Task ForgetAsync(Row row) => SaveAsync(
        async () => (await tags.ForgetAsync(Caller, Tenant, row.Account.AccountId, _leaving.Token)).Problem, () => $"{row.Account.Name}: suggested again", row.Account.AccountId);

    private async Task ConfirmAllAsync()
    {
        var clear = Clear;
        var count = 0;
        await SaveAsync(
            async () =>
            {
                var confirmed = await tags.ConfirmAsync(Caller, Tenant, [.. clear.Where(row => !IsChanged(row)).Select(row => new TagChoice(row.Account.AccountId, row.Account.Tag!))], _leaving.Token);
                var problem = confirmed.Problem;
                count = confirmed.Succeeded ? confirmed.Value : 0;
                foreach (var row in clear.Where(IsChanged).TakeWhile(_ => problem is null))
                {
                    problem = (await tags.SayAsync(Caller, Tenant, row.Account.AccountId, Shown(row) is { Length: > 0 } tag ? tag : null, _leaving.Token)).Problem;
                    count += problem is null ? 1 : 0;
                }

                return problem;
            },
            () => count == clear.Count ? $"{count} confirmed" : $"{count} of {clear.Count} confirmed; the others had changed meanwhile",
            _rows!.FirstOrDefault(row => row.Waits && !clear.Contains(row))?.Account.AccountId ?? clear[0].Account.AccountId);
    }

    private async Task SaveAsync(Func<Task<Problem?>> save, Func<string> said, Guid next)
    {
        (_saving, _said, _problem) = (true, null, null);
        _problem = await save();
        _said = _problem is null ? said() : null;
        await LoadAsync();
        foreach (var row in _rows!.Where(row => !row.Waits))
        {
            _chosen.Remove(row.Account.AccountId);
        }

        (_saving, _next) = (false, _problem is null ? next : null);
        await OnChanged.InvokeAsync();
    }

    // The next row that waits, then the first one; the row itself when none does.
    private Guid After(Row row)
    {
        var rows = _rows!.ToList();
        var at = rows.FindIndex(other => other.Account.AccountId == row.Account.AccountId);
        return rows.Skip(at + 1).Concat(rows.Take(at)).FirstOrDefault(other => other.Waits)?.Account.AccountId ?? row.Account.AccountId;
    }

    private async Task KeyAsync(string key, Row row)
    {
        if (!MayWrite || IsHeld || !row.Waits)
        {
            return;
        }

        if (key == "c")
        {
            await SayAsync(row, Shown(row));
        }
        else if (key == "n")
        {
            await SayAsync(row, "");
        }
        else if (key == "t")
        {
            await _selects[row.Account.AccountId].FocusAsync();
        }
    }

    /// <summary>An account whose tag is suggested or was said.</summary>
    private sealed record Row(Domain.Ledger.Account Account, TagSuggestion? Why)
    {
        /// <summary>A suggestion on which nobody has said anything.</summary>
        public bool Waits { get; } = AccountsView.IsSuggestion(Account);

        /// <summary>Its name or type leaves no second reading, whatever was said since.</summary>
        public bool IsSure { get; } = Why is { IsSure: true } && (!AccountsView.IsSuggestion(Account) || AccountsView.IsSure(Account, Why));
    }
}
