using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Web.Ledger.Transactions;

/// <summary>A change that can be taken back, as the toast and the button have it.</summary>
public sealed record LastChange(string Words, Guid UndoId);

/// <summary>
/// The rows of a page and what the person makes of them: shown at once, kept in the background, taken back when that fails. One for each open page.
/// </summary>
public sealed class CategorisingDesk(CategorisingService categorising, CategoryTrailService trail, TimeProvider clock)
{
    private const int FirstPace = 10;
    private static readonly Problem NotKept = new("not-saved", "It could not be saved just now.", ProblemKind.Unavailable);
    private readonly Stack<LastChange> _changes = new();
    private long _began;
    private Caller _caller = default!;
    private TenantId _tenant;

    public IReadOnlyList<GridRow> Rows { get; private set; } = [];

    /// <summary>How many rows got a category since the list was loaded.</summary>
    public int Done { get; private set; }

    /// <summary>How many wait in the whole organisation; null while that is counted.</summary>
    public int? Left { get; private set; }

    /// <summary>For those who hear the page.</summary>
    public string Said { get; private set; } = "";

    /// <summary>The change that <c>u</c> takes back.</summary>
    public LastChange? Last => _changes.TryPeek(out var last) ? last : null;

    /// <summary>How long the rest takes at the person's own pace; null before ten rows are done.</summary>
    public TimeSpan? Remaining => Done >= FirstPace && Left is { } left ? clock.GetElapsedTime(_began) / Done * left : null;

    /// <summary>Lays other rows out.</summary>
    public async Task LayAsync(Caller caller, TenantId tenant, IReadOnlyList<Transaction> transactions, CancellationToken ct)
    {
        if (tenant != _tenant)
        {
            _changes.Clear();
        }

        (_caller, _tenant) = (caller, tenant);
        var rows = transactions.Select(row => new GridRow(row)).ToList();
        (Rows, Done, Said, _began) = (rows, 0, "", clock.GetTimestamp());
        await RefreshAsync([.. rows.Where(row => row.Transaction.LockedByPerson)], ct);
    }

    /// <summary>What was counted; while rows are being saved the count is the page's own.</summary>
    public void Count(int left) => Left = left;

    public GridRow? Find(Guid id) => Rows.FirstOrDefault(row => row.Id == id);

    /// <summary>The next row after <paramref name="id"/> that waits, from the top again where there is none below.</summary>
    public GridRow? NextWaiting(Guid id) => Rows.SkipWhile(row => row.Id != id).Skip(1).Concat(Rows.TakeWhile(row => row.Id != id)).FirstOrDefault(row => row.Waits);

    /// <summary>
    /// One row; <paramref name="shown"/> is called as soon as it looks changed. It is kept even when the person leaves meanwhile, by <paramref name="keep"/> where that
    /// is another way than choosing.
    /// </summary>
    public async Task SaveAsync(GridRow row, CategoryWish wish, Action shown, Func<Task<Result<Categorised>>>? keep = null)
    {
        var (before, waited) = (row.State, row.Waits);
        row.Show(wish);
        CountDown(waited, row.Waits);
        Say($"{row.State.Category ?? "No category"}{LeftWords}");
        shown();
        var (earlier, mine) = (row.Pending, new TaskCompletionSource());
        row.Pending = mine.Task;
        var problem = NotKept;
        try
        {
            await earlier;
            problem = await KeepAsync(wish, keep ?? (() => categorising.ChangeAsync(_caller, _tenant, row.Id, row.Version, wish, default)));
        }
        finally
        {
            mine.SetResult();
            if (problem is not null)
            {
                CountDown(row.Waits, waited);
                row.GiveUp(before, wish, problem);
                Say($"Not saved. {row.Reason}");
            }
        }

        await RefreshAsync([row], default);
        row.Save = row.Save == SaveState.Saving ? SaveState.Saved : row.Save;
    }

    /// <summary>Many at once; the toast's words, or why not.</summary>
    public async Task<Result<LastChange>> SaveManyAsync(TransactionSelection selection, CategoryWish wish, bool includeManual, CancellationToken ct)
    {
        return await ShowAsync(await categorising.CategoriseAsync(_caller, _tenant, selection, wish, includeManual, ct), "changed", ct);
    }

    /// <summary>What became of a change of many, shown in the rows.</summary>
    public async Task<Result<LastChange>> ShowAsync(Result<Categorised> saved, string did, CancellationToken ct)
    {
        if (saved.Problem is { } problem)
        {
            Say($"Not saved. {problem.Message}");
            return problem;
        }

        var waited = Rows.Where(row => row.Waits).ToList();
        await RefreshAsync(Rows, ct);
        foreach (var row in waited.Where(row => !row.Waits))
        {
            row.Save = SaveState.Saved;
        }

        var done = saved.Value;
        Done += Math.Max(0, waited.Count(row => !row.Waits));
        var change = new LastChange($"{done.Changed} {did}{(done.Skipped > 0 ? $", {done.Skipped} skipped" : "")}", done.UndoId);
        if (done.Changed > 0)
        {
            _changes.Push(change);
        }

        Say(change.Words);
        return change;
    }

    /// <summary>Takes a change back.</summary>
    public async Task<Problem?> UndoAsync(Guid undoId, CancellationToken ct)
    {
        var undone = await categorising.UndoAsync(_caller, _tenant, undoId, ct);
        if (Last?.UndoId == undoId)
        {
            _changes.Pop();
        }

        if (undone.Problem is { } problem)
        {
            Say(problem.Message);
            return problem;
        }

        var waited = Rows.Count(row => row.Waits);
        foreach (var row in Rows)
        {
            row.Keep();
        }

        await RefreshAsync(Rows, ct);
        Done = Math.Max(0, Done + waited - Rows.Count(row => row.Waits));
        Say($"Taken back: {undone.Value.Restored}{(undone.Value.Skipped > 0 ? $", {undone.Value.Skipped} were changed since and stay" : "")}");
        return null;
    }

    public void Say(string words) => Said = words;

    private string LeftWords => Left is { } left ? $", {left} left" : "";

    private async Task<Problem?> KeepAsync(CategoryWish wish, Func<Task<Result<Categorised>>> keep)
    {
        var saved = await keep();
        if (saved is { Succeeded: true, Value.Changed: > 0 })
        {
            _changes.Push(new LastChange($"{wish.Category.Value ?? wish.AccountCode.Value ?? "No category"} given", saved.Value.UndoId));
        }

        return saved.Problem;
    }

    private void CountDown(bool waited, bool waits)
    {
        var done = (waited ? 1 : 0) - (waits ? 1 : 0);
        (Done, Left) = (Done + done, Left is { } left ? Math.Max(0, left - done) : null);
    }

    private async Task RefreshAsync(IReadOnlyList<GridRow> rows, CancellationToken ct)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var marks = await trail.MarksAsync(_caller, _tenant, [.. rows.Select(row => row.Id)], ct);
        foreach (var mark in marks.Succeeded ? marks.Value : [])
        {
            Find(mark.TransactionId)?.Take(mark);
        }
    }
}
