using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Rules.Suggestions;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Ledger.Transactions;

/// <summary>All that a row's drawing depends on: two that are equal look alike.</summary>
public sealed record RowLook(GridRow Row, CategoryState State, SaveState Save, string? Reason, CategoryWish? Draft, string? By, Guid? UserId)
{
    /// <summary>It is the page's first: the tab stop.</summary>
    public required bool First { get; init; }

    public required bool Selected { get; init; }

    /// <summary>The pane shows it.</summary>
    public required bool Open { get; init; }

    /// <summary>What history suggests; only while the row waits.</summary>
    public required TransactionSuggestion? Suggestion { get; init; }

    public required TransactionNames Names { get; init; }

    public required MoneyFormat? Country { get; init; }

    public required bool MayWrite { get; init; }
}
