using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Ledger;

/// <summary>A list of transactions as its address says it. The names are those of the API.</summary>
public sealed record TransactionQuery
{
    private static readonly Dictionary<string, TransactionSort> Sorts = new(StringComparer.Ordinal)
    {
        ["-date"] = TransactionSort.NewestFirst,
        ["date"] = TransactionSort.OldestFirst,
        ["amount"] = TransactionSort.SmallestFirst,
        ["-amount"] = TransactionSort.LargestFirst,
    };

    public string? Search { get; init; }

    public string? Type { get; init; }

    public string? Status { get; init; }

    public string? Direction { get; init; }

    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }

    public Guid? ContactId { get; init; }

    public string? Sort { get; init; }

    public string? After { get; init; }

    public string? Before { get; init; }

    public bool Last { get; init; }

    public TransactionFilter Filter => new()
    {
        Search = string.IsNullOrWhiteSpace(Search) ? null : Search.Trim(),
        Type = Type,
        Status = Status,
        Direction = Direction,
        From = From,
        To = To,
        ContactId = ContactId,
    };

    /// <summary>Newest first when the address says nothing that we know.</summary>
    public TransactionSort Order => Sorts.GetValueOrDefault(Sort ?? "-date", TransactionSort.NewestFirst);

    public PagePlace Place => Last ? PagePlace.Last : Before is not null ? PagePlace.Before(Before) : After is not null ? PagePlace.After(After) : PagePlace.First;

    /// <summary>Something narrows the list.</summary>
    public bool IsFiltered => Filter != new TransactionFilter();

    /// <summary>The same list from its first row.</summary>
    public TransactionQuery FromStart() => this with { After = null, Before = null, Last = false };

    /// <summary>The same list in the other direction of <paramref name="column"/>, or by it for the first time.</summary>
    public TransactionQuery SortedBy(string column) =>
        FromStart() with { Sort = (Sort ?? "-date") == "-" + column ? column : "-" + column };

    /// <summary>Nothing narrows it any more; the order stays.</summary>
    public TransactionQuery Cleared() => new() { Sort = Sort };

    /// <summary>For the address; null leaves a name out.</summary>
    public Dictionary<string, object?> ToAddress() => new(StringComparer.Ordinal)
    {
        ["search"] = string.IsNullOrWhiteSpace(Search) ? null : Search.Trim(),
        ["type"] = Text(Type),
        ["status"] = Text(Status),
        ["direction"] = Text(Direction),
        ["from"] = DateWords.Iso(From),
        ["to"] = DateWords.Iso(To),
        ["contactId"] = ContactId,
        ["sort"] = Sort is "-date" or "" ? null : Sort,
        ["after"] = After,
        ["before"] = Before,
        ["last"] = Last ? true : null,
    };

    private static string? Text(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
