using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Budgets;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.Budgets;

internal sealed class BudgetRepository(IDbFactory factory) : IBudgetRepository
{
    /// <summary>How many budgets a choice offers.</summary>
    private const int MostHeads = 500;

    public async Task<Result<Page<BudgetView>>> ListAsync(TenantId tenant, string? source, string? cursor, int limit, int mostLines, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var rows = Of(db, source);
        if (cursor is not null)
        {
            if (Cursor.Decode(cursor, 2) is not [var ticksText, var idText] || !Guid.TryParse(idText, out var id)
                || !long.TryParse(ticksText, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) || ticks > DateTime.MaxValue.Ticks)
            {
                return ListProblems.BadCursor;
            }

            var at = new DateTime(ticks, DateTimeKind.Utc);
            rows = rows.Where(row => row.CreatedAt >= at && (row.CreatedAt > at || row.Id > id));
        }

        var heads = await HeadsAsync(db, rows.OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).Take(limit + 1), ct);
        var fits = Fitting(heads, Math.Min(limit, heads.Count), mostLines);
        var page = new List<BudgetView>(fits);
        foreach (var head in heads.Take(fits))
        {
            page.Add(new BudgetView(head.Budget, await db.LinesOf(head.Budget.Id).ToListAsync(ct)));
        }

        return new Page<BudgetView>(page, fits < heads.Count ? Cursor.Encode(page[^1].Budget.CreatedAt.Ticks, page[^1].Budget.Id) : null);
    }

    public async Task<CappedCount> CountAsync(TenantId tenant, string? source, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return CappedCount.Of(await Of(db, source).Take(CappedCount.Cap).CountAsync(ct));
    }

    public async Task<IReadOnlyList<BudgetHead>> HeadsAsync(TenantId tenant, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var heads = await HeadsAsync(db, Of(db, null).OrderByDescending(row => row.UpdatedAt).ThenBy(row => row.Id).Take(MostHeads), ct);
        return [.. heads.OrderByDescending(head => head.Budget is { Source: BudgetSources.Xero, Tracking.Count: 0 })];
    }

    public async Task<BudgetView?> FindAsync(TenantId tenant, Guid id, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await ViewAsync(db, id, ct);
    }

    public async Task<Result<BudgetView>> CreateAsync(Caller caller, TenantId tenant, BudgetInput input, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        var idempotency = Idempotency.Of(caller, tenant, "POST budgets", TextOf(input));
        if (idempotency is not null)
        {
            var earlier = await idempotency.EarlierAsync(db, ct);
            if (!earlier.Succeeded)
            {
                return earlier.Problem!;
            }

            if (earlier.Value is { } known)
            {
                return await ViewAsync(db, known, ct) is { } made ? made : BudgetProblems.Unknown;
            }
        }

        if (await UnfitAsync(db, input, [], ct) is { } unfit)
        {
            return unfit;
        }

        var budget = new Budget { TenantId = tenant.Value, UserId = caller.UserId, Name = input.Name!, Source = BudgetSources.Own, Tracking = [.. input.Tracking] };
        db.Budgets.Add(budget);
        await db.SaveChangesAsync(ct);
        await db.ReplaceLinesAsync(budget.Id, Lines(budget, input), ct);
        idempotency?.Remember(db, budget.Id);
        work.Audit("budget.created", new { budgetId = budget.Id, budget.Name, lines = input.Lines.Count });
        return await SavedAsync(work, budget, ct);
    }

    public async Task<Result<BudgetView>> UpdateAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, BudgetInput input, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        var found = await ChangeableAsync(db, id, version, ct);
        if (found.Problem is { } refused)
        {
            return refused;
        }

        var old = await db.LinesOf(id).ToListAsync(ct);
        if (await UnfitAsync(db, input, old, ct) is { } unfit)
        {
            return unfit;
        }

        var (budget, before, lines) = (found.Value, found.Value.Name, Lines(found.Value, input));
        (budget.Name, budget.Tracking) = (input.Name!, [.. input.Tracking]);
        db.Entry(budget).Property(row => row.Name).IsModified = true;
        await db.ReplaceLinesAsync(id, lines, ct);
        work.Audit("budget.updated", new { budgetId = id, before = new { name = before, lines = old.Count }, after = new { budget.Name, lines = lines.Count }, changed = Changed(old, lines) });
        return await SavedAsync(work, budget, ct);
    }

    public async Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        var found = await ChangeableAsync(db, id, version, ct);
        if (found.Problem is { } refused)
        {
            return refused;
        }

        db.Budgets.Remove(found.Value);
        work.Audit("budget.deleted", new { budgetId = id, found.Value.Name });
        return await work.CommitAsync(ct);
    }

    private static string TextOf(BudgetInput input) => JsonSerializer.Serialize(
        new { input.Name, input.Tracking, lines = input.Lines.Select(line => string.Create(CultureInfo.InvariantCulture, $"{line.AccountId:D} {line.Month} {line.Amount}")) }, JsonSerializerOptions.Web);

    private static async Task<Result<Budget>> ChangeableAsync(XeroCfoDb db, Guid id, ReadVersion version, CancellationToken ct) =>
        await db.Budgets.FirstOrDefaultAsync(row => row.Id == id, ct) is not { } budget ? BudgetProblems.Unknown
        : version.Against(budget.UpdatedAt) is { } stale ? stale
        : budget.Source == BudgetSources.Xero ? BudgetProblems.FromXero
        : budget;

    // What an account of the balance sheet has in a budget from before stays, or it could not be saved at all.
    private static async Task<Problem?> UnfitAsync(XeroCfoDb db, BudgetInput input, List<BudgetLine> old, CancellationToken ct)
    {
        var accounts = await db.Accounts.AsNoTracking().ToDictionaryAsync(account => account.AccountId, account => account.IsProfitAndLoss, ct);
        var kept = old.Select(line => line.AccountId).ToHashSet();
        foreach (var (index, line) in input.Lines.Index())
        {
            if (!accounts.TryGetValue(line.AccountId, out var isPlanned))
            {
                return BudgetProblems.UnknownAccount($"lines[{index}].accountId");
            }

            if (!isPlanned && !kept.Contains(line.AccountId))
            {
                return BudgetProblems.NotPlanned($"lines[{index}].accountId");
            }
        }

        var options = input.Tracking.Count == 0 ? [] : await db.TrackingOptions.Select(option => new TrackingPick(option.CategoryId, option.OptionId)).ToListAsync(ct);
        return input.Tracking.Index().FirstOrDefault(pick => !options.Contains(pick.Item)) is { Item: not null } pick ? BudgetProblems.UnknownOption($"tracking[{pick.Index}]") : null;
    }

    // As many from the start as hold no more lines together than a page may; one at least.
    private static int Fitting(List<BudgetHead> heads, int most, int mostLines)
    {
        var (count, lines) = (0, 0);
        while (count < most && (count == 0 || lines + heads[count].Lines <= mostLines))
        {
            lines += heads[count++].Lines;
        }

        return count;
    }

    private static async Task<List<BudgetHead>> HeadsAsync(XeroCfoDb db, IQueryable<Budget> budgets, CancellationToken ct)
    {
        var rows = await budgets.ToListAsync(ct);
        var ids = rows.ConvertAll(row => row.Id);
        var sums = await db.BudgetLines.Where(line => ids.Contains(line.BudgetId)).GroupBy(line => line.BudgetId)
            .Select(group => new { group.Key, Count = group.Count(), First = group.Min(line => line.Month), Last = group.Max(line => line.Month) })
            .ToDictionaryAsync(group => group.Key, ct);
        return rows.ConvertAll(row => sums.TryGetValue(row.Id, out var sum) ? new BudgetHead(row, sum.Count, sum.First, sum.Last) : new BudgetHead(row, 0, null, null));
    }

    private static async Task<BudgetView?> ViewAsync(XeroCfoDb db, Guid id, CancellationToken ct) =>
        await db.Budgets.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, ct) is { } budget ? new BudgetView(budget, await db.LinesOf(id).ToListAsync(ct)) : null;

    private static async Task<Result<BudgetView>> SavedAsync(UnitOfWork work, Budget budget, CancellationToken ct)
    {
        var saved = await work.CommitAsync(ct);
        return saved.Problem is { } refused ? refused : new BudgetView(budget, await work.Db.LinesOf(budget.Id).ToListAsync(ct));
    }

    private static IReadOnlyList<BudgetLine> Lines(Budget budget, BudgetInput input) =>
        [.. input.Lines.Select(line => new BudgetLine { TenantId = budget.TenantId, BudgetId = budget.Id, AccountId = line.AccountId, Month = line.Month.Start, Amount = line.Amount })];

    // How many lines came, went or say something else.
    private static int Changed(List<BudgetLine> before, IReadOnlyList<BudgetLine> after)
    {
        var old = before.ToDictionary(line => (line.AccountId, line.Month), line => line.Amount);
        return after.Count(line => !old.Remove((line.AccountId, line.Month), out var amount) || amount != line.Amount) + old.Count;
    }

    private static IQueryable<Budget> Of(XeroCfoDb db, string? source) => source is null ? db.Budgets.AsNoTracking() : db.Budgets.AsNoTracking().Where(row => row.Source == source);
}
