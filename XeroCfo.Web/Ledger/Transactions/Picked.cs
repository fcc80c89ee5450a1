using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Rules;

namespace XeroCfo.Web.Ledger.Transactions;

/// <summary>By what a choice was taken: it says where to go next.</summary>
public enum PickedBy
{
    /// <summary>On to the next row without one.</summary>
    Enter,

    /// <summary>The row stays.</summary>
    Tab,

    /// <summary>Also all like it.</summary>
    ShiftEnter,

    /// <summary>A new one of that name.</summary>
    CtrlEnter,

    Click,
}

/// <summary>What was taken; null gives the row back to rules and accounts.</summary>
public sealed record Picked(string? Value, PickedBy By);

/// <summary>An open picker.</summary>
/// <param name="Row">Of one row; null: of what is selected.</param>
/// <param name="Codes">Of account codes, else of categories.</param>
/// <param name="Text">What was typed already.</param>
public sealed record Picking(GridRow? Row, bool Codes, string Text)
{
    /// <summary>The same for as long as it is open.</summary>
    public Guid Key { get; } = Guid.NewGuid();

    /// <summary>The rows like this one; null while they are counted, and where nothing could be alike.</summary>
    public TransactionFilter? AlikeFilter { get; init; }

    public TransactionTotals? Alike { get; init; }

    public CategoryWish Wish(Picked picked) => Codes
        ? new CategoryWish(default, Domain.Rules.Wish.Of(picked.Value))
        : new CategoryWish(Domain.Rules.Wish.Of(picked.Value), default);
}

/// <summary>A change of several rows that the person still has to confirm.</summary>
public sealed record ManyChange(CategoryWish Wish, int Count, bool Capped, decimal Total, int ByPerson)
{
    public string Words => Wish.Category.Value ?? (Wish.AccountCode.Value is { } code ? $"account {code}" : "what their accounts say");
}
