using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Ledger;

/// <summary>The lines behind an account's balance.</summary>
public sealed partial class AccountLedgerPage(LedgerService ledger) : TenantPage
{
    public const int PageSize = 100;

    private Domain.Ledger.Account? _account;
    private IReadOnlyList<RunningLine> _rows = [];
    private decimal _sum;
    private string? _next;

    [Parameter]
    public Guid AccountId { get; set; }

    [SupplyParameterFromQuery]
    public DateOnly? From { get; set; }

    [SupplyParameterFromQuery]
    public DateOnly? To { get; set; }

    [SupplyParameterFromQuery]
    public string? Source { get; set; }

    [SupplyParameterFromQuery]
    public string? After { get; set; }

    private string Title => _account is null ? "Account" : $"{_account.Code} {_account.Name}".TrimStart();

    private bool IsFiltered => From is not null || To is not null || Source is not null;

    protected override async Task<Problem?> LoadAsync(CancellationToken ct)
    {
        var accounts = await ledger.AccountsAsync(Caller, Tenant, ct);
        if (accounts.Problem is { } refused)
        {
            return refused;
        }

        var filter = new LedgerLineFilter { AccountId = AccountId, From = From, To = To, Source = Source };
        var lines = await ledger.LinesAsync(Caller, Tenant, filter, After, PageSize, ct);
        if (lines.Problem is { } problem)
        {
            return problem;
        }

        _account = accounts.Value.FirstOrDefault(account => account.AccountId == AccountId);
        if (_account is null && lines.Value.Items.Count == 0)
        {
            return Problem.NotFound();
        }

        (_rows, _next) = (RunningLine.Of(lines.Value.Items), lines.Value.Next);
        _sum = _rows.Count > 0 ? _rows[^1].Running : 0;
        return null;
    }

    private void Go(string name, string? value) => ShowAs(new Dictionary<string, object?> { ["after"] = null, [name] = value });

    private void Clear() => ShowAs(new Dictionary<string, object?> { ["after"] = null, ["from"] = null, ["to"] = null, ["source"] = null });
}

/// <summary>A ledger line with the sum of the page up to it.</summary>
public sealed record RunningLine(LedgerLineView View, decimal Running)
{
    public static IReadOnlyList<RunningLine> Of(IReadOnlyList<LedgerLineView> lines)
    {
        var running = 0m;
        return [.. lines.Select(view => new RunningLine(view, running += view.Line.Amount))];
    }
}
