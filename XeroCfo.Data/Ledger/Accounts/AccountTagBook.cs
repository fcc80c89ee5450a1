using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Rules;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Accounts;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.Ledger.Accounts;

internal sealed class AccountTagBook(IDbFactory factory, TimeProvider clock) : IAccountTagBook
{
    public Task<Result<Done>> SayAsync(Caller caller, TenantId tenant, Guid accountId, string? tag, CancellationToken ct) =>
        OneAsync(caller, tenant, accountId, tag is null ? "account.tag_removed" : "account.tag_confirmed", _ => (tag, caller.UserId), ct);

    public Task<Result<Done>> ForgetAsync(Caller caller, TenantId tenant, Guid accountId, CancellationToken ct) =>
        OneAsync(caller, tenant, accountId, "account.tag_withdrawn", account => (AccountTags.Suggest(account), null), ct);

    public Task<Result<Done>> PutAsync(Caller caller, TenantId tenant, Guid accountId, CashFlowBucket? bucket, CancellationToken ct) =>
        WriteAsync(caller, tenant, async (work, touched) =>
        {
            if (await work.Db.Accounts.FirstOrDefaultAsync(row => row.AccountId == accountId, ct) is not { } account)
            {
                return AccountTagProblems.NoSuchAccount;
            }

            if (!CashFlowBuckets.MayChoose(account))
            {
                return AccountTagProblems.FixedBucket;
            }

            if (account.CashFlowBucket != bucket)
            {
                touched.Add((account, account.Tag));
                work.Audit(bucket is null ? "account.cash_flow_withdrawn" : "account.cash_flow_chosen", new { accountId, account.Code, account.Name, before = account.CashFlowBucket?.ToString(), after = bucket?.ToString() });
                account.CashFlowBucket = bucket;
            }

            return null;
        }, ct);

    public async Task<Result<int>> ConfirmAsync(Caller caller, TenantId tenant, IReadOnlyList<TagChoice> seen, CancellationToken ct)
    {
        var wanted = seen.DistinctBy(choice => choice.AccountId).ToDictionary(choice => choice.AccountId, choice => choice.Tag);
        var ids = wanted.Keys.ToList();
        var confirmed = 0;
        var saved = await WriteAsync(caller, tenant, async (work, before) =>
        {
            var accounts = await work.Db.Accounts.Where(account => ids.Contains(account.AccountId) && account.TagConfirmedBy == null && account.Tag != null).ToListAsync(ct);
            foreach (var account in accounts.Where(account => account.Tag == wanted[account.AccountId]))
            {
                before.Add((account, account.Tag));
                account.TagConfirmedBy = caller.UserId;
                work.Audit("account.tag_confirmed", new { accountId = account.AccountId, account.Code, account.Name, before = account.Tag, after = account.Tag, suggested = true });
                confirmed++;
            }

            return null;
        }, ct);
        return saved.Succeeded ? confirmed : saved.Problem!;
    }

    private Task<Result<Done>> OneAsync(Caller caller, TenantId tenant, Guid accountId, string action, Func<Account, (string? Tag, Guid? By)> change, CancellationToken ct) =>
        WriteAsync(caller, tenant, async (work, before) =>
        {
            if (await work.Db.Accounts.FirstOrDefaultAsync(row => row.AccountId == accountId, ct) is not { } account)
            {
                return AccountTagProblems.NoSuchAccount;
            }

            before.Add((account, account.Tag));
            var (tag, by) = change(account);
            work.Audit(action, new { accountId, account.Code, account.Name, before = account.Tag, after = tag });
            (account.Tag, account.TagConfirmedBy) = (tag, by);
            return null;
        }, ct);

    private async Task<Result<Done>> WriteAsync(
        Caller caller, TenantId tenant, Func<UnitOfWork, List<(Account Account, string? Before)>, Task<Problem?>> change, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        var organisation = await db.XeroTenants.SingleAsync(row => row.Id == tenant.Value, ct);
        if (organisation.SyncInProgress)
        {
            return AccountTagProblems.SyncInProgress;
        }

        var touched = new List<(Account Account, string? Before)>();
        if (await change(work, touched) is { } refused)
        {
            return refused;
        }

        await db.SaveChangesAsync(ct);
        var moved = touched.Where(pair => pair.Account.Tag != pair.Before).ToList();
        foreach (var (account, before) in moved)
        {
            await RelabelAsync(db, account, before, organisation.BaseCurrency, ct);
        }

        // An account for what nobody has sorted yet stands for no category.
        var suspense = moved.Where(pair => AccountTags.Suspense == pair.Before || AccountTags.Suspense == pair.Account.Tag).Select(pair => pair.Account.AccountId).ToList();
        await new CategoryMarks(db, clock.UtcNow()).RemapAsync(suspense, ct);
        if (touched.Count > 0)
        {
            organisation.LedgerVersion++;
        }

        return await work.CommitAsync(ct);
    }

    // What is only in Xero's trial balance is guessed from tags too. What a person confirmed stays, and what a document in trouble holds down.
    private static async Task RelabelAsync(XeroCfoDb db, Account account, string? tagBefore, string baseCurrency, CancellationToken ct)
    {
        var lines = await db.LedgerLines
            .Where(row => row.AccountId == account.AccountId && row.DocumentXeroId == null && (row.Source == LineSources.XeroTrialBalance || row.Source == LineSources.XeroProvisional) && row.ConfirmedBy == null)
            .ToListAsync(ct);
        if (lines.Count == 0)
        {
            return;
        }

        var chart = new ChartOfAccounts(await db.Accounts.AsNoTracking().ToListAsync(ct));
        var said = await db.XeroDifferences.AsNoTracking().Where(row => row.AccountId == account.AccountId && row.ConfirmedKind != null).Select(row => row.Date).ToListAsync(ct);
        var troubled = (await new TroubledQuery(db).OfAsync(chart, ct)).Where(document => document.Accounts is null || document.Accounts.Contains(account.AccountId)).ToList();
        var (tag, days) = (account.Tag, lines.Select(line => line.Date).Distinct().ToList());
        var others = (await db.XeroDifferences.AsNoTracking().Where(row => days.Contains(row.Date)).ToListAsync(ct)).ToLookup(row => row.Date);
        foreach (var line in lines.Where(line => !said.Contains(line.Date) && !troubled.Exists(document => document.Date is not { } day || Month.Of(day) == Month.Of(line.Date))))
        {
            var all = others[line.Date].ToDictionary(row => row.AccountId, row => row.Amount);
            account.Tag = tagBefore;
            var guess = DifferenceKindRules.Guess(account, line.Amount, all, chart, baseCurrency);
            account.Tag = tag;
            if (line.Kind == guess)
            {
                line.Kind = DifferenceKindRules.Guess(account, line.Amount, all, chart, baseCurrency);
            }
        }
    }
}
