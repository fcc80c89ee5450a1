using XeroCfo.Domain.Ledger.Contacts;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Web.Ledger.Contacts;

/// <summary>A list of contacts as its address says it.</summary>
public sealed record ContactsQuery
{
    /// <summary>The columns that sort, by their names in the address; figures begin with the largest.</summary>
    public static readonly IReadOnlyDictionary<string, ContactSort> Sorts = new Dictionary<string, ContactSort>(StringComparer.Ordinal)
    {
        ["name"] = ContactSort.Name,
        ["owed"] = ContactSort.OwedToUs,
        ["overdue"] = ContactSort.Overdue,
        ["owing"] = ContactSort.WeOwe,
        ["oldest"] = ContactSort.Oldest,
        ["late"] = ContactSort.DaysLate,
        ["last"] = ContactSort.LastDocument,
    };

    public string? Search { get; init; }

    public string? Show { get; init; }

    public string? Sort { get; init; }

    public string? After { get; init; }

    public string? Before { get; init; }

    public bool Last { get; init; }

    public bool IsFiltered => !string.IsNullOrWhiteSpace(Search) || !string.IsNullOrEmpty(Show);

    public ContactFilter Filter => new()
    {
        Search = Search,
        Show = Enum.TryParse<ContactShow>(Show, true, out var show) && Enum.IsDefined(show) ? show : ContactShow.All,
        Sort = Sorts.GetValueOrDefault(Column, ContactSort.Name),
        Descending = Sort?.StartsWith('-') == true,
    };

    public PagePlace Place => Last ? PagePlace.Last : Before is not null ? PagePlace.Before(Before) : After is not null ? PagePlace.After(After) : PagePlace.First;

    private string Column => Sort?.TrimStart('-') ?? "name";

    public ContactsQuery FromStart() => this with { After = null, Before = null, Last = false };

    /// <summary>By another column, or the other way round. The oldest day is the smallest one.</summary>
    public ContactsQuery SortedBy(string column) => FromStart() with
    {
        Sort = column != Column ? (column is "name" or "oldest" ? column : "-" + column) : Sort?.StartsWith('-') == true ? column : "-" + column,
    };

    public string? Sorted(string column) => column != Column ? null : Sort?.StartsWith('-') == true ? "descending" : "ascending";

    public Dictionary<string, object?> ToAddress() => new(StringComparer.Ordinal)
    {
        ["search"] = string.IsNullOrWhiteSpace(Search) ? null : Search.Trim(),
        ["show"] = string.IsNullOrEmpty(Show) ? null : Show,
        ["sort"] = Sort is "name" or "" ? null : Sort,
        ["after"] = After,
        ["before"] = Before,
        ["last"] = Last ? true : null,
    };
}
