using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Ledger;

/// <summary>All documents, page by page by key. Every filter lives in the address.</summary>
public sealed partial class TransactionsPage(TransactionService transactions) : TenantPage
{
    public const int PageSize = 50;

    private TransactionQuery _query = new();
    private Page<Transaction>? _page;
    private CappedCount? _count;
    private string? _contactName;

    [SupplyParameterFromQuery]
    public string? Search { get; set; }

    [SupplyParameterFromQuery]
    public string? Type { get; set; }

    [SupplyParameterFromQuery]
    public string? Status { get; set; }

    [SupplyParameterFromQuery]
    public string? Direction { get; set; }

    [SupplyParameterFromQuery]
    public DateOnly? From { get; set; }

    [SupplyParameterFromQuery]
    public DateOnly? To { get; set; }

    [SupplyParameterFromQuery]
    public Guid? ContactId { get; set; }

    [SupplyParameterFromQuery]
    public string? Sort { get; set; }

    [SupplyParameterFromQuery]
    public string? After { get; set; }

    [SupplyParameterFromQuery]
    public string? Before { get; set; }

    [SupplyParameterFromQuery]
    public bool? Last { get; set; }

    private MoneyFormat Numbers => MoneyFormat.Of(Organisation?.CountryCode);

    private string CountWords => _count switch
    {
        null => "…",
        { Capped: true } => $"{Numbers.Count(CappedCount.Cap - 1)}+ items · {Organisation!.BaseCurrency}",
        { Count: 1 } => $"1 item · {Organisation!.BaseCurrency}",
        { Count: var count } => $"{Numbers.Count(count)} items · {Organisation!.BaseCurrency}",
    };

    private string RangeWords => _page!.Items.Count == 1 ? "1 on this page" : $"{_page.Items.Count} on this page";

    protected override async Task<Problem?> LoadAsync(CancellationToken ct)
    {
        _query = new TransactionQuery
        {
            Search = Search,
            Type = Type,
            Status = Status,
            Direction = Direction,
            From = From,
            To = To,
            ContactId = ContactId,
            Sort = Sort,
            After = After,
            Before = Before,
            Last = Last == true,
        };

        var page = await transactions.ListAsync(Caller, Tenant, _query.Filter, _query.Order, _query.Place, PageSize, ct);
        if (page.Problem is { } refused)
        {
            return refused;
        }

        var count = await transactions.CountAsync(Caller, Tenant, _query.Filter, ct);
        (_page, _count) = (page.Value, count.Succeeded ? count.Value : null);
        _contactName = ContactId is null ? null : page.Value.Items.FirstOrDefault(row => row.ContactId == ContactId)?.ContactName ?? _contactName;
        return null;
    }

    private void Show(TransactionQuery query) => ShowAs(query.ToAddress());
}
