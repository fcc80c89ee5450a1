using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules;

namespace XeroCfo.Web.Ledger.Transactions;

/// <summary>How far a change of a row is.</summary>
public enum SaveState
{
    None,
    Saving,
    Saved,
    Failed,

    /// <summary>Somebody else was quicker; the person decides.</summary>
    Overtaken,
}

/// <summary>A row of the list as the person sees it: what they chose stands at once, what was kept follows.</summary>
public sealed class GridRow(Transaction transaction)
{
    public Transaction Transaction { get; } = transaction;

    public Guid Id => Transaction.Id;

    public CategoryState State { get; private set; } = CategoryState.Of(transaction);

    public ReadVersion Version { get; private set; } = ReadVersion.Of(transaction.UpdatedAt);

    /// <summary>Who set it; null where no person did.</summary>
    public string? By { get; private set; }

    public Guid? UserId { get; private set; }

    public DateTime? At { get; private set; }

    public SaveState Save { get; set; }

    /// <summary>The save that is under way; the next one waits for it, so that nobody overtakes themselves.</summary>
    public Task Pending { get; set; } = Task.CompletedTask;

    /// <summary>Why it was not kept.</summary>
    public string? Reason { get; private set; }

    /// <summary>What the person wanted when it was not kept.</summary>
    public CategoryWish? Draft { get; private set; }

    /// <summary>It waits for a person: a money document that stands, without a category.</summary>
    public bool Waits => State.Category is null && Transaction.Type is not (TransactionTypes.Payment or TransactionTypes.Transfer) && (Transaction.Status is "AUTHORISED" or "PAID");

    /// <summary>What was kept.</summary>
    public void Take(CategoryMark mark) => (State, Version, By, UserId, At) = (mark.State, mark.Version, mark.By, mark.UserId, mark.At);

    /// <summary>What the person chose, before it is kept.</summary>
    public void Show(CategoryWish wish)
    {
        var code = wish.AccountCode.Given ? wish.AccountCode.Value : State.AccountCode;
        State = State with { Category = wish.Category.Given ? wish.Category.Value : State.Category, AccountCode = code, Source = CategorySources.Manual };
        (Save, Reason, Draft) = (SaveState.Saving, null, null);
    }

    /// <summary>It could not be kept: what stood there stands there again.</summary>
    public void GiveUp(CategoryState before, CategoryWish wish, Problem problem) =>
        (State, Save, Reason, Draft) = (before, problem.Kind == ProblemKind.Stale ? SaveState.Overtaken : SaveState.Failed, Words(problem), wish);

    /// <summary>The person lets the draft go.</summary>
    public void Keep() => (Save, Reason, Draft) = (SaveState.None, null, null);

    // The service tells what happened, then what to do; here the buttons tell the latter.
    private static string Words(Problem problem) => problem.Message.Split(" Read it again")[0];
}
