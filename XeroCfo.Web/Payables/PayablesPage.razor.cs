using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Payables;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Payables;

/// <summary>Before paying: what looks entered twice, what did not come, what falls due, and what paying it leaves in the bank.</summary>
public sealed partial class PayablesPage(PayablesService payables) : TenantPage
{
    private const int PageSize = 100;

    private PayablesBook? _book;
    private PayableFindings? _findings;
    private Problem? _problem;
    private bool _saving;
    private int _pages = 1;

    /// <summary>Only bills that fall due then; <c>hold</c>: those on hold.</summary>
    [SupplyParameterFromQuery]
    public string? Due { get; set; }

    private bool MayWrite => Caller.May(Permissions.TransactionsWrite);

    private List<BillToPay> Matching => [.. _book!.Bills.Where(bill => Due switch
    {
        "hold" => bill.Hold is not null,
        _ => !DueWords.All.Contains(Due ?? "") || bill.Due == DueWords.Read(Due),
    })];

    private List<BillToPay> Shown => [.. Matching.Take(_pages * PageSize)];

    private int Left => Math.Max(0, Matching.Count - (_pages * PageSize));

    protected override async Task<Problem?> LoadAsync(CancellationToken ct)
    {
        var book = await payables.GetAsync(Caller, Tenant, ct);
        var findings = book.Succeeded ? await payables.FindingsAsync(Caller, Tenant, null, ct) : book.Problem!;
        (_book, _findings) = (book.Succeeded ? book.Value : null, findings.Succeeded ? findings.Value : null);
        return findings.Problem;
    }

    private void GoAsync(string? due)
    {
        _pages = 1;
        ShowAs(new Dictionary<string, object?> { ["due"] = string.IsNullOrEmpty(due) ? null : due });
    }

    private Task<bool> HoldAsync(BillToPay bill, string reason) =>
        DoAsync(async () => (await payables.SetHoldAsync(Caller, Tenant, bill.Document.Id, ReadVersion.Of(bill.Hold?.UpdatedAt ?? DateTime.UnixEpoch), reason, Leaving)).Problem);

    private Task<bool> ReleaseAsync(BillToPay bill) =>
        DoAsync(async () => (await payables.ReleaseAsync(Caller, Tenant, bill.Document.Id, ReadVersion.Of(bill.Hold!.UpdatedAt), Leaving)).Problem);

    private Task<bool> DifferentAsync(LookAlike alike) =>
        DoAsync(async () => (await payables.ClearAsync(Caller, Tenant, [.. alike.Documents.Select(document => document.Id)], Leaving)).Problem);

    private Task<bool> DismissAsync(Guid supplier, Month? month) => DoAsync(async () => (await payables.DismissAsync(Caller, Tenant, supplier, month, Leaving)).Problem);

    private Task<bool> ExpectAsync(DismissedBill bill) => DoAsync(async () => (await payables.ExpectAsync(Caller, Tenant, bill.ContactId, bill.Month, Leaving)).Problem);

    private async Task<bool> DoAsync(Func<Task<Problem?>> work)
    {
        _saving = true;
        StateHasChanged();
        _problem = await work();
        _saving = false;
        if (_problem is null)
        {
            await ReloadAsync();
        }

        // A card below called, not this page: it would not be drawn again by itself.
        StateHasChanged();
        return _problem is null;
    }
}
