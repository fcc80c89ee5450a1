using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Tests.Support;

/// <summary>Categories of the transactions in memory, and who gave them.</summary>
internal sealed class FakeCategorising(FakeTransactionReader transactions) : ICategorising, ICategoryTrail, ICategoryRepository
{
    private readonly Dictionary<Guid, List<(Transaction Row, CategoryState Before)>> _undo = [];
    private readonly Dictionary<Guid, CategoryUndo> _last = [];
    private DateTime _now = new(2026, 11, 19, 21, 0, 0, DateTimeKind.Utc);

    public List<CategoryView> Categories { get; } = [];

    public List<CategoryUndo> Undos { get; } = [];

    /// <summary>What every save answers; null: it is kept.</summary>
    public Problem? Refusal { get; set; }

    /// <summary>Saves wait for it.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public Task<CappedCount> CountAsync(TenantId tenant, CancellationToken ct) => Task.FromResult(new CappedCount(Categories.Count, false));

    public CategoryView Add(string name, string? code = null, params Guid[] accounts)
    {
        var view = new CategoryView(
            new Category { Name = name, NormalizedName = Category.Normalize(name), Colour = CategoryColours.Of(Categories.Count), DefaultAccountCode = code, UpdatedAt = _now }, accounts);
        Categories.Add(view);
        return view;
    }

    public async Task<Result<Categorised>> ChangeAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, CategoryWish wish, CancellationToken ct)
    {
        await Gate;
        var row = transactions.Transactions.Single(row => row.Id == id);
        return (Refusal ?? version.Against(row.UpdatedAt, _last.GetValueOrDefault(id) is { } last ? $"{last.By} set {last.Category} 1 min ago." : null)) is { } refused ? refused : Change(caller, [row], wish, 0);
    }

    public async Task<Result<Categorised>> CategoriseAsync(Caller caller, TenantId tenant, TransactionSelection selection, CategoryWish wish, bool includeManual, CancellationToken ct)
    {
        await Gate;
        var rows = transactions.Transactions.Where(row => selection.Ids?.Contains(row.Id) ?? FakeTransactionReader.Matches(row, selection.Filter!)).ToList();
        var open = rows.Where(row => includeManual || !row.LockedByPerson).ToList();
        return Refusal is { } refused ? refused : Change(caller, open, wish, rows.Count - open.Count);
    }

    public Task<Result<Undone>> UndoAsync(Caller caller, TenantId tenant, Guid undoId, CancellationToken ct)
    {
        foreach (var (row, before) in _undo[undoId])
        {
            Set(row, before);
        }

        Undos.Single(undo => undo.Id == undoId).UndoneAt = _now;
        return Task.FromResult<Result<Undone>>(new Undone(_undo[undoId].Count, 0));
    }

    public Task<Result<Categorised>> AcceptAsync(Caller caller, TenantId tenant, IReadOnlyList<(Guid TransactionId, string Category)> suggested, TransactionFilter? within, CancellationToken ct)
    {
        foreach (var (id, category) in suggested)
        {
            var row = transactions.Transactions.Single(row => row.Id == id);
            Set(row, CategoryState.Of(row) with { Category = category, Source = CategorySources.Suggestion });
        }

        return Task.FromResult<Result<Categorised>>(new Categorised(suggested.Count, 0, Guid.NewGuid()));
    }

    public Task<IReadOnlyList<CategoryUndo>> RecentAsync(TenantId tenant, int limit, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<CategoryUndo>>([.. Undos.AsEnumerable().Reverse().Take(limit)]);

    public Task<IReadOnlyList<CategoryMark>> MarksAsync(TenantId tenant, IReadOnlyCollection<Guid> ids, bool hidePayroll, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<CategoryMark>>(
        [
            .. transactions.Transactions.Where(row => ids.Contains(row.Id)).Select(row => _last.GetValueOrDefault(row.Id) is var last
                ? new CategoryMark(row.Id, CategoryState.Of(row), ReadVersion.Of(row.UpdatedAt), last?.By, last?.UserId, last?.CreatedAt) : null!),
        ]);

    public Task<IReadOnlyDictionary<string, int>> CountsAsync(TenantId tenant, bool hidePayroll, CancellationToken ct) => Task.FromResult<IReadOnlyDictionary<string, int>>(
        transactions.Transactions.Where(row => row.Category is not null).GroupBy(row => row.Category!).ToDictionary(group => group.Key, group => group.Count()));

    public Task<Result<Page<CategoryView>>> ListAsync(TenantId tenant, string? cursor, int limit, CancellationToken ct) => Task.FromResult<Result<Page<CategoryView>>>(new Page<CategoryView>([.. Categories], null));

    public Task<CategoryView?> FindAsync(TenantId tenant, Guid id, CancellationToken ct) => Task.FromResult(Categories.Find(view => view.Category.Id == id));

    public Task<Result<CategoryView>> CreateAsync(Caller caller, TenantId tenant, CategoryInput input, CancellationToken ct) =>
        Task.FromResult<Result<CategoryView>>(Refusal is { } refused ? refused
            : Categories.Any(view => view.Category.NormalizedName == Category.Normalize(input.Name!)) ? CategoryProblems.NameTaken
            : Made(input));

    public Task<Result<CategoryView>> UpdateAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, CategoryInput input, CancellationToken ct)
    {
        if (Refusal is { } refused)
        {
            return Task.FromResult<Result<CategoryView>>(refused);
        }

        var at = Categories.FindIndex(view => view.Category.Id == id);
        var old = Categories[at].Category;
        var made = new Category { Id = id, Name = input.Name!, NormalizedName = Category.Normalize(input.Name!), Colour = input.Colour ?? old.Colour, DefaultAccountCode = input.DefaultAccountCode, UpdatedAt = _now };
        Categories[at] = new CategoryView(made, input.AccountIds);
        Move(old.Name, made.Name);
        return Task.FromResult<Result<CategoryView>>(Categories[at]);
    }

    public Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, Guid? mergeInto, CancellationToken ct)
    {
        if (Refusal is { } refused)
        {
            return Task.FromResult<Result<Done>>(refused);
        }

        var gone = Categories.Single(view => view.Category.Id == id);
        Move(gone.Category.Name, Categories.Find(view => view.Category.Id == mergeInto)?.Category.Name);
        Categories.Remove(gone);
        return Task.FromResult<Result<Done>>(Done.Value);
    }

    /// <summary>Somebody else changes a row meanwhile.</summary>
    public void Overtake(Transaction row, string by, string category)
    {
        _now = _now.AddMinutes(1);
        _last[row.Id] = new CategoryUndo { By = by, UserId = Guid.NewGuid(), Category = category, CreatedAt = _now };
        Set(row, CategoryState.Of(row) with { Category = category, Source = CategorySources.Manual });
    }

    private Categorised Change(Caller caller, List<Transaction> rows, CategoryWish wish, int skipped)
    {
        var undo = new CategoryUndo { By = caller.Name, UserId = caller.UserId, Category = wish.Category.Value, Changed = rows.Count, Skipped = skipped, CreatedAt = _now };
        Undos.Add(undo);
        _undo[undo.Id] = rows.ConvertAll(row => (row, CategoryState.Of(row)));
        foreach (var row in rows)
        {
            Set(row, CategoryState.Of(row).After(wish, null, null));
            _last[row.Id] = undo;
        }

        if (wish.Category.Value is { } name && Categories.TrueForAll(view => view.Category.Name != name))
        {
            Add(name);
        }

        return new Categorised(rows.Count, skipped, undo.Id);
    }

    private CategoryView Made(CategoryInput input)
    {
        var made = Add(input.Name!, input.DefaultAccountCode, [.. input.AccountIds]);
        made.Category.Colour = input.Colour ?? made.Category.Colour;
        return made;
    }

    private void Move(string before, string? after)
    {
        foreach (var row in transactions.Transactions.Where(row => row.Category == before))
        {
            row.Category = after;
        }
    }

    private void Set(Transaction row, CategoryState state)
    {
        _now = _now.AddSeconds(1);
        (row.Category, row.CategorySource, row.OwnAccountCode, row.AccountCode, row.LockedByPerson, row.UpdatedAt) = (state.Category, state.Source, state.OwnAccountCode, state.AccountCode, state.LockedByPerson, _now);
    }
}
