using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Accounts;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Shared;
using XeroCfo.Web.Shell;

namespace XeroCfo.Web.Ledger.Accounts;

/// <summary>The chart of accounts with balances and tags, at any day.</summary>
public sealed partial class AccountsPage(AccountListService accounts, AccountTagService tags) : TenantPage
{
    private static readonly (string, string)[] Keys = [("/", "Search"), ("↑ ↓", "Account"), ("Enter", "Open its ledger")];
    private static readonly (string, string)[] WriterKeys = [.. Keys, ("c", "Confirm the suggested tag"), ("t", "Change the tag or cash flow")];

    private AccountList? _list;
    private AccountsView? _view;
    private AccountsFilter _filter = new(null, null, null);
    private IReadOnlyList<(Domain.Ledger.Account Account, TagSuggestion Why)> _sure = [];
    private Problem? _problem;
    private Guid? _editing;
    private string? _said;
    private bool _confirming;
    private bool _saving;

    [SupplyParameterFromQuery]
    public DateOnly? Date { get; set; }

    [SupplyParameterFromQuery]
    public string? Search { get; set; }

    [SupplyParameterFromQuery]
    public string? Class { get; set; }

    [SupplyParameterFromQuery]
    public string? Tag { get; set; }

    private bool TotalsOnly => !Caller.May(Permissions.LedgerRead);

    private bool MayWrite => !TotalsOnly && Caller.May(Permissions.KpisWrite);

    protected override async Task<Problem?> LoadAsync(CancellationToken ct)
    {
        var found = await accounts.AtAsync(Caller, Tenant, Date, ct);
        if (found.Problem is { } refused)
        {
            return refused;
        }

        _list = found.Value;
        _filter = new AccountsFilter(Search, Class, TotalsOnly ? null : Tag);
        _view = AccountsView.Of(_list.Rows, _filter);
        _sure = AccountsView.Sure(_list.Rows);
        return null;
    }

    // Income and expense begin with their financial year, as the balance does.
    private string LinkTo(Domain.Ledger.Account account) =>
        PageLinks.Ledger(Org, account.AccountId, account.IsProfitAndLoss ? Organisation!.FinancialYear.StartOf(_list!.Date) : null, _list!.Date);

    private Task SayAsync(Guid account, string? tag) =>
        SaveAsync(async () => (await tags.SayAsync(Caller, Tenant, account, tag, Leaving)).Problem, tag is null ? "No tag, kept" : $"{TagWords.Of(tag)} confirmed");

    private Task ForgetAsync(Guid account) => SaveAsync(async () => (await tags.ForgetAsync(Caller, Tenant, account, Leaving)).Problem, "Suggested again");

    private Task PutAsync(Guid account, CashFlowBucket? bucket) =>
        SaveAsync(async () => (await tags.PutAsync(Caller, Tenant, account, bucket, Leaving)).Problem, bucket is { } chosen ? $"Cash flow: {CashFlowBuckets.Words(chosen)}" : "Cash flow as its type says");

    private async Task ConfirmAllAsync()
    {
        var count = 0;
        await SaveAsync(
            async () =>
            {
                var confirmed = await tags.ConfirmAsync(Caller, Tenant, [.. _sure.Select(sure => new TagChoice(sure.Account.AccountId, sure.Why.Tag))], Leaving);
                count = confirmed.Succeeded ? confirmed.Value : 0;
                return confirmed.Problem;
            },
            null);
        _said = _problem is null ? $"{count} confirmed" : null;
        _confirming = false;
    }

    private async Task SaveAsync(Func<Task<Problem?>> save, string? said)
    {
        (_saving, _said) = (true, null);
        _problem = await save();
        _saving = false;
        if (_problem is null)
        {
            (_editing, _said) = (null, said);
            await ReloadAsync();
        }
    }

    private async Task KeyAsync(string key, Domain.Ledger.Account account)
    {
        if (key == "Enter" && _editing is null)
        {
            Navigation.NavigateTo(LinkTo(account));
        }
        else if (key == "t" && MayWrite)
        {
            _editing = account.AccountId;
        }
        else if (key == "c" && MayWrite && !_saving && AccountsView.IsSuggestion(account))
        {
            await SayAsync(account.AccountId, account.Tag);
        }
    }

    private void Go(string name, string? value) => ShowAs(new Dictionary<string, object?> { [name] = string.IsNullOrWhiteSpace(value) ? null : value });

    private void Clear() => ShowAs(new Dictionary<string, object?> { ["search"] = null, ["class"] = null, ["tag"] = null, ["date"] = null });
}
