using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Finding;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Ledger;
using XeroCfo.Web.Shared;
using XeroCfo.Web.Shell;

namespace XeroCfo.Web.Finding;

/// <summary>The box that finds. It looks while one types, a moment after the last key.</summary>
public sealed partial class FindBox(FindService find, TimeProvider clock) : IDisposable
{
    /// <summary>How long the hand must rest.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(120);

    private string _text = "";
    private Findings _found = Findings.None;
    private Problem? _problem;
    private bool _isBusy;
    private CancellationTokenSource? _looking;
    private Guid? _of;

    [Parameter, EditorRequired]
    public Caller Caller { get; set; } = default!;

    /// <summary>Where to look; without one only pages are found.</summary>
    [Parameter]
    public XeroTenant? Organisation { get; set; }

    private string Said => _text.Length == 0 || _isBusy ? "" : Groups.Sum(group => group.Choices.Count) is var count && count == 1 ? "1 found" : $"{count} found";

    private IEnumerable<(string Name, IReadOnlyList<FindChoice> Choices)> Groups => Organisation is not { Id: var org }
        ? [("Pages", PageChoices([]))]
        :
        [
            ("Pages", PageChoices([.. SitePages.Of(org, Caller), .. _text.Length == 0 ? [] : SitePages.Within(org)])),
            ("Accounts", [.. _found.Accounts.Select(account => new FindChoice("a" + account.AccountId, account.Name, $"{account.Code} {LedgerWords.AccountType(account.Type)}".Trim(), AccountHref(org, account)))]),
            ("Contacts", [.. _found.Contacts.Select(contact => new FindChoice("c" + contact.ContactId, contact.Name, Role(contact), PageLinks.Contact(org, contact.ContactId)))]),
            ("Documents", [.. _found.Transactions.Select(row => new FindChoice("t" + row.Id, NameOf(row), $"{LedgerWords.Type(row.Type)} {row.Number} · {DateWords.Of(row.Date)}", PageLinks.Transaction(org, row.Id), row.BaseAmount)), .. All(org)]),
        ];

    public void Dispose()
    {
        _looking?.Cancel();
        _looking?.Dispose();
    }

    // Another organisation: what was found belongs to the last one.
    protected override void OnParametersSet()
    {
        if (Organisation?.Id != _of)
        {
            (_of, _found, _problem) = (Organisation?.Id, Findings.None, null);
        }
    }

    private async Task TypeAsync(ChangeEventArgs typed)
    {
        _looking?.Cancel();
        _looking?.Dispose();
        _looking = new CancellationTokenSource();
        var ct = _looking.Token;
        (_text, _problem) = (((string?)typed.Value ?? "").Trim(), null);
        if (_text.Length == 0 || Organisation is null)
        {
            (_found, _isBusy) = (Findings.None, false);
            return;
        }

        _isBusy = true;
        try
        {
            await Task.Delay(Rest, clock, ct);
            var found = await find.FindAsync(Caller, new TenantId(Organisation.Id), _text, ct);
            (_found, _problem, _isBusy) = (found.Succeeded ? found.Value : Findings.None, found.Problem, false);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // A later key looks for more.
        }
    }

    private IReadOnlyList<FindChoice> PageChoices(IReadOnlyList<SitePage> pages) =>
    [
        .. pages.Concat(SitePages.Common(Caller))
            .Where(page => _text.Length == 0 || page.Text.Contains(_text, StringComparison.OrdinalIgnoreCase) || (_text.Length > 2 && page.Words.Contains(_text, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(page => !page.Text.StartsWith(_text, StringComparison.OrdinalIgnoreCase) && _text.Length > 0)
            .Select(page => new FindChoice("p" + page.Text.Replace(' ', '-'), page.Text, "Page", page.Href)),
    ];

    // The whole list has what five rows have not.
    private IEnumerable<FindChoice> All(Guid org) => _found is { Search: { } search, Transactions.Count: > 0 }
        ? [new FindChoice("all", $"All documents for “{_text}”", "Transactions", PageLinks.Transactions(org) + "?search=" + Uri.EscapeDataString(search))]
        : [];

    private string AccountHref(Guid org, Domain.Ledger.Account account) =>
        Caller.May(Permissions.LedgerRead) ? PageLinks.Ledger(org, account.AccountId) : PageLinks.Accounts(org);

    private static string NameOf(Transaction row) => row.PayrollHidden ? "Hidden: payroll" : row.ContactName ?? row.Description ?? row.Reference ?? LedgerWords.Type(row.Type);

    private static string Role(Contact contact) => contact switch
    {
        { IsCustomer: true, IsSupplier: true } => "Customer and supplier",
        { IsCustomer: true } => "Customer",
        { IsSupplier: true } => "Supplier",
        _ => "Contact",
    };

    /// <summary>A line of the list.</summary>
    private sealed record FindChoice(string Key, string Text, string Detail, string Href, decimal? Amount = null);
}
