using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Ledger.Transactions;

/// <summary>The tabs of the list.</summary>
public enum TransactionTab
{
    All,
    ToCategorise,
    Suggested,
    Unreconciled,
    Drafts,
}

/// <summary>A list of transactions as its address says it. The names are those of the API, where it has them.</summary>
public sealed record TransactionQuery
{
    private static readonly Dictionary<string, TransactionSort> Sorts = new(StringComparer.Ordinal)
    {
        ["-date"] = TransactionSort.NewestFirst,
        ["date"] = TransactionSort.OldestFirst,
        ["amount"] = TransactionSort.SmallestFirst,
        ["-amount"] = TransactionSort.LargestFirst,
    };

    private static readonly (TransactionTab Tab, string Word)[] Tabs = [(TransactionTab.ToCategorise, "to-categorise"), (TransactionTab.Suggested, "suggested"), (TransactionTab.Unreconciled, "unreconciled"), (TransactionTab.Drafts, "drafts")];

    // What a list is narrowed by: all but its order and place.
    private static readonly string[] Narrowing =
        ["view", "search", "type", "status", "direction", "category", "accountCode", "contactId", "from", "to", "minAmount", "maxAmount", "bankAccountId", "isReconciled"];

    public TransactionTab Tab { get; init; }

    /// <summary>The filters, but for those of the tab.</summary>
    public TransactionFilter Chips { get; init; } = new();

    public string? Sort { get; init; }

    public string? After { get; init; }

    public string? Before { get; init; }

    public bool Last { get; init; }

    /// <summary>Parts of the address that could not be read: a list that left them out would be another one.</summary>
    public IReadOnlyList<string> Unread { get; init; } = [];

    /// <summary>What is listed.</summary>
    public TransactionFilter Filter => Tab switch
    {
        TransactionTab.ToCategorise or TransactionTab.Suggested => Chips with { ToCategorise = true },
        TransactionTab.Unreconciled => Chips with { Unreconciled = true },
        TransactionTab.Drafts => Chips with { Drafts = true },
        _ => Chips,
    };

    /// <summary>Newest first when the address says nothing that we know.</summary>
    public TransactionSort Order => Sorts.GetValueOrDefault(Sort ?? "-date", TransactionSort.NewestFirst);

    public PagePlace Place => Last ? PagePlace.Last : Before is not null ? PagePlace.Before(Before) : After is not null ? PagePlace.After(After) : PagePlace.First;

    /// <summary>Something besides the tab narrows the list.</summary>
    public bool IsFiltered => Chips != new TransactionFilter();

    /// <summary>Reads an address's query; a name that the page does not know narrows nothing.</summary>
    public static TransactionQuery Of(string query)
    {
        var values = QueryHelpers.ParseQuery(query);
        var read = Of(values);
        var kept = read.ToAddress();
        return read with
        {
            Unread = [.. Narrowing.Where(name => values.TryGetValue(name, out var given) && !string.IsNullOrWhiteSpace(given.ToString()) && kept[name] is null).Select(name => $"{name}={TextRules.Limit(values[name].ToString(), 60)}")],
        };
    }

    private static TransactionQuery Of(Dictionary<string, StringValues> values)
    {
        string? Text(string name, int longest = 255) => values.TryGetValue(name, out var all) && all.ToString() is { Length: > 0 } text && text.Length <= longest && !text.Any(char.IsControl) ? text : null;
        DateOnly? Day(string name) => DateOnly.TryParseExact(Text(name), "yyyy-MM-dd", out var day) && AccountingDays.Contain(day) ? day : null;
        decimal? Amount(string name) => decimal.TryParse(Text(name), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && MoneyRules.Fits(amount) ? amount : null;
        Guid? Id(string name) => Guid.TryParse(Text(name), out var id) ? id : null;
        bool? Flag(string name) => bool.TryParse(Text(name), out var flag) ? flag : null;
        return new TransactionQuery
        {
            Tab = Tabs.FirstOrDefault(tab => tab.Word == Text("view")).Tab,
            Chips = new TransactionFilter
            {
                Words = Text("search")?.Trim(),
                Type = TransactionTypes.All.FirstOrDefault(type => type == Text("type")),
                Status = Text("status", 50),
                Direction = Directions.All.FirstOrDefault(direction => direction == Text("direction")),
                Category = Text("category", 100),
                AccountCode = Text("accountCode", 50),
                ContactId = Id("contactId"),
                From = Day("from"),
                To = Day("to"),
                MinAmount = Amount("minAmount"),
                MaxAmount = Amount("maxAmount"),
                BankAccountId = Id("bankAccountId"),
                IsReconciled = Flag("isReconciled"),
            },
            Sort = Text("sort"),
            After = Text("after"),
            Before = Text("before"),
            Last = Flag("last") == true,
        };
    }

    /// <summary>The same list with its search read as the search box reads it, and what could not be read.</summary>
    public (TransactionQuery Query, IReadOnlyList<string> NotUnderstood) Read(SearchTerms terms)
    {
        var search = TransactionSearch.Read(Chips.Words, Chips with { Words = null }, terms);
        var found = search.Filter;
        var tab = found.ToCategorise ? TransactionTab.ToCategorise : found.Unreconciled ? TransactionTab.Unreconciled : found.Drafts ? TransactionTab.Drafts : Tab;
        return (this with { Tab = tab, Chips = found with { ToCategorise = false, Unreconciled = false, Drafts = false }, Unread = [] }, [.. Unread, .. search.NotUnderstood]);
    }

    /// <summary>The same list from its first row.</summary>
    public TransactionQuery FromStart() => this with { After = null, Before = null, Last = false };

    /// <summary>Other filters, from the first row.</summary>
    public TransactionQuery With(TransactionFilter chips) => FromStart() with { Chips = chips };

    /// <summary>The same list in the other direction of <paramref name="column"/>, or by it for the first time.</summary>
    public TransactionQuery SortedBy(string column) => FromStart() with { Sort = (Sort ?? "-date") == "-" + column ? column : "-" + column };

    /// <summary>Nothing but the tab narrows it any more; the order stays.</summary>
    public TransactionQuery Cleared() => With(new TransactionFilter());

    /// <summary>For the address; null leaves a name out.</summary>
    public Dictionary<string, object?> ToAddress() => new(StringComparer.Ordinal)
    {
        ["view"] = Tabs.FirstOrDefault(tab => tab.Tab == Tab).Word,
        ["search"] = TransactionSearch.Text(Chips.Words),
        ["type"] = Chips.Type,
        ["status"] = Chips.Status,
        ["direction"] = Chips.Direction,
        ["category"] = Chips.Category,
        ["accountCode"] = Chips.AccountCode,
        ["contactId"] = Chips.ContactId,
        ["from"] = DateWords.Iso(Chips.From),
        ["to"] = DateWords.Iso(Chips.To),
        ["minAmount"] = Chips.MinAmount,
        ["maxAmount"] = Chips.MaxAmount,
        ["bankAccountId"] = Chips.BankAccountId,
        ["isReconciled"] = Chips.IsReconciled,
        ["sort"] = Sort is "-date" or "" ? null : Sort,
        ["after"] = After,
        ["before"] = Before,
        ["last"] = Last ? true : null,
    };

    /// <summary>As text, without the question mark; the place in the list is no part of it.</summary>
    public string ToText() => string.Join('&', FromStart().ToAddress().Where(pair => pair.Value is not null).Select(pair =>
        $"{pair.Key}={Uri.EscapeDataString(pair.Value switch { bool flag => flag ? "true" : "false", var value => Convert.ToString(value, CultureInfo.InvariantCulture)! })}"));
}
