using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Ties;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules.Suggestions;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Ledger.Transactions;

/// <summary>All documents, page by page by key, and what each is about. Every filter lives in the address.</summary>
public sealed partial class TransactionsPage : TenantPage, IAsyncDisposable
{
    public const int PageSize = 50;

    /// <summary>The name under which a person's views of this page are kept.</summary>
    public const string ViewsOf = "transactions";

    private static readonly (string Key, string Words)[] Keys =
    [
        ("↑ ↓ j k", "row; with Shift selects"), ("Home End", "first and last row; PgUp, PgDn"), ("→ ←", "to the category and back"), ("Space", "select"), ("Ctrl+A", "all on the page"), ("c", "category; in its cell any letter"), ("a", "account code"),
        ("Enter", "accept the suggestion, else open the pane"), ("p", "pane"), ("o", "open in Xero"), ("r", "rule from this row"), ("u", "undo the last change"), ("x", "clear the selection"), ("/", "search"),
    ];

    private readonly TransactionService _transactions;
    private readonly TransactionFiguresService _figures;
    private readonly TransactionNaming _naming;
    private readonly CategorisingDesk _desk;
    private readonly TimeProvider _clock;
    private readonly GridKeys _keys;
    private TransactionQuery _query = new();
    private IReadOnlyList<string> _unread = [];
    private TransactionNames _names = TransactionNames.None;
    private Page<Transaction>? _page;
    private TransactionTotals? _totals;
    private TransactionTabCounts? _counts;
    private IReadOnlyList<UnreconciledItems>? _banks;
    private string? _contactName;
    private bool _countingFailed;
    private Guid? _namesOf;
    private int _views;

    public TransactionsPage(TransactionService transactions, TransactionFiguresService figures, TransactionNaming naming, CategorisingDesk desk, TimeProvider clock, IJSRuntime browser) =>
        (_transactions, _figures, _naming, _desk, _clock, _keys) = (transactions, figures, naming, desk, clock, new GridKeys(browser, this));

    [Inject]
    private SuggestionService Suggestions { get; set; } = default!;

    /// <summary>One of the names in the address; it is enough to hear of every change of it. <see cref="TransactionQuery"/> reads them all.</summary>
    [SupplyParameterFromQuery]
    public string? View { get; set; }

    /// <summary>The id of the transaction that the pane shows; without one it is closed.</summary>
    [SupplyParameterFromQuery]
    public string? Open { get; set; }

    private bool MayWrite => Caller.May(Permissions.TransactionsWrite);

    private DateOnly Today => Organisation!.Today(_clock);

    private MoneyFormat Numbers => MoneyFormat.Of(Organisation?.CountryCode);

    private string DataDay => Organisation!.DataAsOf is { } asOf ? DateWords.Of(DateWords.LocalDay(asOf, Organisation.TimeZone)) : DateWords.Of(Today);

    private bool AllDone => _query is { Tab: TransactionTab.ToCategorise, IsFiltered: false } && _desk.Left == 0 && _counts is not null;

    private string HeadWords => _unread.Count > 0 ? "Nothing listed" : _totals switch
    {
        null when _countingFailed => "The totals could not be added up.",
        null => "…",
        var totals => $"{Words(totals.Count)} · out {Numbers.Text(totals.Out)} · in {Numbers.Text(totals.In)} {Organisation!.BaseCurrency}",
    };

    private string MatchingWords => _totals?.Count switch { null => "", { Capped: true } => $"{Numbers.Count(CappedCount.Cap - 1)}+", { Count: var count } => Numbers.Count(count) };

    // Documents may name one contact in two ways, from before it was renamed.
    private IReadOnlyList<(Guid Id, string Name)> Contacts =>
        [.. _desk.Rows.Where(row => row.Transaction is { ContactId: not null, ContactName: not null }).Select(row => (row.Transaction.ContactId!.Value, row.Transaction.ContactName!)).DistinctBy(contact => contact.Item1).OrderBy(contact => contact.Item2, StringComparer.OrdinalIgnoreCase)];

    public async ValueTask DisposeAsync()
    {
        Dispose();
        await _keys.DisposeAsync();
    }

    protected override async Task<Problem?> LoadAsync(CancellationToken ct)
    {
        if (await NameAsync(ct) is { } refused)
        {
            return refused;
        }

        (_query, _unread) = TransactionQuery.Of(new Uri(Navigation.Uri).Query).Read(_names.Terms(Today));
        var page = _unread.Count > 0 ? new Page<Transaction>([], null) : await _transactions.ListAsync(Caller, Tenant, _query.Filter, _query.Order, _query.Place, PageSize, ct);
        if (page.Problem is { } problem)
        {
            return problem;
        }

        _page = page.Value;
        await _desk.LayAsync(Caller, Tenant, _page.Items, ct);
        ClearSelection();
        (_picking, _totals, _banks, _countingFailed) = (null, null, null, false);
        ChooseRow();
        _contactName = _query.Chips.ContactId is { } contact ? _page.Items.FirstOrDefault(row => row.ContactId == contact)?.ContactName ?? _contactName : null;
        if (_unread.Count == 0)
        {
            BeginCounting(ct);
        }

        return null;
    }

    // The row of the address, which a link may name although it stands on no page of this list; on another page of the list its first row.
    private void ChooseRow()
    {
        var (asked, first) = (Guid.TryParse(Open, out var id) ? id : (Guid?)null, _desk.Rows is [var top, ..] ? top.Id : (Guid?)null);
        _pane = asked is not null;
        _current = asked is { } shown && (_current is null || _desk.Find(shown) is not null) ? shown : first;
        if (_pane && _current != asked)
        {
            NotePane();
        }
    }

    private async Task<Problem?> NameAsync(CancellationToken ct)
    {
        if (_namesOf == Org)
        {
            return null;
        }

        var names = await _naming.ReadAsync(Caller, Tenant, ct);
        (_names, _namesOf) = names.Succeeded ? (names.Value, (Guid?)Org) : (TransactionNames.None, null);
        return names.Problem;
    }

    // Adding up scans all that is filtered: on large books the rows do not wait for it.
    private void BeginCounting(CancellationToken ct) => _ = CountAsync(ct).ContinueWith(
        _ => InvokeAsync(() =>
        {
            _countingFailed = true;
            StateHasChanged();
        }),
        CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    private async Task CountAsync(CancellationToken ct)
    {
        var filter = _query.Filter;
        var totals = await _figures.TotalsAsync(Caller, Tenant, filter, ct);
        await ShowAsync(() => _totals = totals.Succeeded ? totals.Value : null, ct);
        if (_query.Tab == TransactionTab.Unreconciled)
        {
            var banks = await _figures.UnreconciledAsync(Caller, Tenant, filter, ct);
            await ShowAsync(() => _banks = banks.Succeeded ? banks.Value : [], ct);
        }

        await CountTabsAsync(ct);
        await (_suggestedOf == Org ? Task.CompletedTask : SuggestAsync(ct));
    }

    private async Task CountTabsAsync(CancellationToken ct)
    {
        var done = _desk.Done;
        var counts = await _figures.TabsAsync(Caller, Tenant, ct);
        await ShowAsync(
            () =>
            {
                _counts = counts.Succeeded ? counts.Value : null;
                if (counts.Succeeded)
                {
                    // Rows that were done while it was counted may be in the count or not: the next count says.
                    _desk.Count(Math.Max(0, counts.Value.ToCategorise.Count - (_desk.Done - done)));
                }
            },
            ct);
    }

    private Task ShowAsync(Action show, CancellationToken ct) => InvokeAsync(() =>
    {
        if (!ct.IsCancellationRequested)
        {
            show();
            StateHasChanged();
        }
    });

    private void Show(TransactionQuery query) => ShowAs(query.ToAddress());

    private string Words(CappedCount count) => count switch
    {
        { Capped: true } => $"{Numbers.Count(CappedCount.Cap - 1)}+ items",
        { Count: 1 } => "1 item",
        { Count: var all } => $"{Numbers.Count(all)} items",
    };

    private string Share(int left) => (100m * _desk.Done / Math.Max(1, _desk.Done + left)).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture);
}
