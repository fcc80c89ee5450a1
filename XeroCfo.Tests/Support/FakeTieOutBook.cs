using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Tests.Support;

/// <summary>The parts that only Xero knows, from the lines of a ledger in memory; what a person says of them is kept here.</summary>
internal sealed class FakeTieOutBook(FakeLedgerReader ledger) : ITieOutBook
{
    /// <summary>What was said of an account's parts in a month.</summary>
    public Dictionary<(Guid Account, Month Month), (string Kind, string? Note)> Said { get; } = [];

    public List<PastChange> Changes { get; } = [];

    public List<string> Causes { get; } = [];

    public bool Troubled { get; set; }

    public Task<IReadOnlyList<XeroOnlyPart>> PartsAsync(TenantId tenant, DateOnly upTo, CancellationToken ct) => Task.FromResult<IReadOnlyList<XeroOnlyPart>>(
        [.. ledger.Lines.Select(view => view.Line).Where(line => line.Source == LineSources.XeroTrialBalance && line.Date <= upTo).OrderBy(line => line.Date).Select(Part)]);

    public async Task<int> ToConfirmAsync(TenantId tenant, DateOnly day, DateOnly yearStart, CancellationToken ct) =>
        (await PartsAsync(tenant, day, ct)).Count(part => part.State == DifferenceState.Suggested
            && (part.Date >= yearStart || ledger.Accounts.All(account => account.AccountId != part.AccountId || !account.IsProfitAndLoss)));

    public Task<IReadOnlyList<KindTotal>> KindsAsync(TenantId tenant, Guid accountId, DateOnly? from, DateOnly to, CancellationToken ct) => Task.FromResult<IReadOnlyList<KindTotal>>(
    [
        .. ledger.Lines.Select(view => view.Line)
            .Where(line => line.AccountId == accountId && line.DocumentKind is not null && line.Date <= to && (from is null || line.Date >= from))
            .GroupBy(line => line.DocumentKind!.Value)
            .Select(group => new KindTotal(group.Key, group.Select(line => line.DocumentXeroId).Distinct().Count(), group.Sum(line => line.Amount))),
    ]);

    public Task<IReadOnlyList<string>> CausesAsync(TenantId tenant, Guid accountId, Month month, decimal amount, bool hidePayroll, CancellationToken ct) => Task.FromResult<IReadOnlyList<string>>(Causes);

    public Task<bool> IsTroubledAsync(TenantId tenant, Guid accountId, Month month, CancellationToken ct) => Task.FromResult(Troubled);

    public Task<Result<Page<PastChange>>> PastChangesAsync(TenantId tenant, PastChangeFilter filter, string? cursor, int limit, CancellationToken ct) =>
        Task.FromResult<Result<Page<PastChange>>>(new Page<PastChange>([.. Changes.Where(change => (filter.UpToLock is null || change.Change.Month <= filter.UpToLock) && (filter.AccountId is null || change.Change.AccountId == filter.AccountId) && (filter.Month is null || Month.Of(change.Change.Month) == filter.Month))], null));

    public async Task<Result<IReadOnlyList<XeroOnlyPart>>> ConfirmAsync(Caller caller, TenantId tenant, Guid accountId, Month month, string? kind, string? note, CancellationToken ct)
    {
        if (kind is null)
        {
            Said.Remove((accountId, month));
        }
        else
        {
            Said[(accountId, month)] = (kind, note);
        }

        var parts = await PartsAsync(tenant, month.End, ct);
        return Result<IReadOnlyList<XeroOnlyPart>>.Of([.. parts.Where(part => part.AccountId == accountId && Month.Of(part.Date) == month)]);
    }

    private XeroOnlyPart Part(LedgerLine line) => Said.TryGetValue((line.AccountId, Month.Of(line.Date)), out var said)
        ? new XeroOnlyPart(line.AccountId, line.Date, said.Kind, DifferenceState.Confirmed, line.Amount, false) { ConfirmedBy = "Ana", Note = said.Note }
        : new XeroOnlyPart(
            line.AccountId, line.Date, line.Kind ?? DifferenceKinds.Unexplained,
            line.Kind is null or DifferenceKinds.Unexplained ? DifferenceState.Unexplained : DifferenceState.Suggested, line.Amount, false);
}
