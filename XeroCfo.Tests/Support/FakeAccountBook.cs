using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Accounts;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Tests.Support;

/// <summary>Tags and sums of a ledger in memory.</summary>
internal sealed class FakeAccountBook(FakeLedgerReader ledger) : IAccountTagBook, IAccountLedgerReader
{
    /// <summary>What the next write is refused with.</summary>
    public Problem? Refusal { get; set; }

    public Task<Result<Done>> SayAsync(Caller caller, TenantId tenant, Guid accountId, string? tag, CancellationToken ct) => Write(accountId, account => (account.Tag, account.TagConfirmedBy) = (tag, caller.UserId));

    public Task<Result<Done>> ForgetAsync(Caller caller, TenantId tenant, Guid accountId, CancellationToken ct) => Write(accountId, account => (account.Tag, account.TagConfirmedBy) = (AccountTags.Suggest(account), null));

    public Task<Result<Done>> PutAsync(Caller caller, TenantId tenant, Guid accountId, CashFlowBucket? bucket, CancellationToken ct) => Write(accountId, account => account.CashFlowBucket = bucket);

    public Task<Result<int>> ConfirmAsync(Caller caller, TenantId tenant, IReadOnlyList<TagChoice> seen, CancellationToken ct)
    {
        if (Refusal is { } refused)
        {
            return Task.FromResult<Result<int>>(refused);
        }

        var found = ledger.Accounts.Where(account => account.TagConfirmedBy is null && seen.Contains(new TagChoice(account.AccountId, account.Tag ?? ""))).ToList();
        found.ForEach(account => account.TagConfirmedBy = caller.UserId);
        return Task.FromResult<Result<int>>(found.Count);
    }

    public Task<(decimal Sum, DateOnly? LastDay)> BeforeAsync(TenantId tenant, LedgerLineFilter filter, LinePlace? place, CancellationToken ct)
    {
        var lines = Lines(filter).Where(line => place is not var (day, id) || line.Date < day || (line.Date == day && line.Id < id)).ToList();
        return Task.FromResult((lines.Sum(line => line.Amount), lines.Select(line => (DateOnly?)line.Date).Max()));
    }

    public Task<IReadOnlyList<(DateOnly Day, decimal Sum)>> DaysAsync(TenantId tenant, LedgerLineFilter filter, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<(DateOnly, decimal)>>([.. Lines(filter).GroupBy(line => line.Date).OrderBy(day => day.Key).Select(day => (day.Key, day.Sum(line => line.Amount)))]);

    private IEnumerable<LedgerLine> Lines(LedgerLineFilter filter) => ledger.Lines.Where(view => FakeLedgerReader.Passes(view.Line, filter)).Select(view => view.Line);

    private Task<Result<Done>> Write(Guid accountId, Action<Account> change)
    {
        if (Refusal is { } refused)
        {
            return Task.FromResult<Result<Done>>(refused);
        }

        change(ledger.Accounts.Single(account => account.AccountId == accountId));
        return Task.FromResult<Result<Done>>(Done.Value);
    }
}
