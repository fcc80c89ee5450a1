using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Ledger.Accounts;
using XeroCfo.Domain.Primitives;
using XeroCfo.Web.Shared;
using XeroCfo.Web.Shell;

namespace XeroCfo.Web.Ledger.Accounts;

/// <summary>The lines behind an account's balance between any two days.</summary>
public sealed partial class AccountLedgerPage(AccountLedgerService ledgers, TimeProvider clock) : TenantPage
{
    public const int PageSize = 100;

    private static readonly Dictionary<string, object?> FromStart = new() { ["after"] = null, ["before"] = null, ["last"] = null };

    private AccountLedger? _ledger;

    [Parameter]
    public Guid AccountId { get; set; }

    [SupplyParameterFromQuery]
    public DateOnly? From { get; set; }

    [SupplyParameterFromQuery]
    public DateOnly? To { get; set; }

    [SupplyParameterFromQuery]
    public string? Source { get; set; }

    [SupplyParameterFromQuery]
    public string? Kind { get; set; }

    [SupplyParameterFromQuery]
    public string? After { get; set; }

    [SupplyParameterFromQuery]
    public string? Before { get; set; }

    /// <summary>"true": the last page.</summary>
    [SupplyParameterFromQuery]
    public string? Last { get; set; }

    private PagePlace Place => Last == "true" ? PagePlace.Last : Before is not null ? PagePlace.Before(Before) : PagePlace.After(After);

    private string Title => _ledger is null ? "Account" : AccountLedgerWords.Title(_ledger.Account);

    private string Chosen => Source is null ? "" : ValueOf(Source, Kind);

    protected override async Task<Problem?> LoadAsync(CancellationToken ct)
    {
        var filter = new AccountLedgerFilter { From = From, To = To, Source = Source, Kind = Kind };
        var found = await ledgers.PageAsync(Caller, Tenant, AccountId, filter, Place, PageSize, ct);
        _ledger = found.Succeeded ? found.Value : null;
        return found.Problem;
    }

    private static string ValueOf(string source, string? kind) => kind is null ? source : $"{source}:{kind}";

    private string FileLink(string format) => PageLinks.LedgerFile(Org, AccountId, format, From, _ledger!.To, Source, Kind);

    private void Choose(ChangeEventArgs change)
    {
        var parts = (change.Value as string ?? "").Split(':');
        ShowAs(new Dictionary<string, object?>(FromStart) { ["source"] = parts[0].Length > 0 ? parts[0] : null, ["kind"] = parts.Length > 1 ? parts[1] : null });
    }

    private void ThisYear()
    {
        var today = Organisation!.Today(clock);
        ShowAs(new Dictionary<string, object?>(FromStart) { ["from"] = DateWords.Iso(Organisation.FinancialYear.StartOf(today)), ["to"] = DateWords.Iso(today) });
    }

    private void Go(string name, string? value) => ShowAs(new Dictionary<string, object?>(FromStart) { [name] = value });

    private void Clear() => ShowAs(new Dictionary<string, object?>(FromStart) { ["from"] = null, ["to"] = null, ["source"] = null, ["kind"] = null });
}
