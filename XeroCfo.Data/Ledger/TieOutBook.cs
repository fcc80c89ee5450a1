using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Data.Xero;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Ledger;

internal sealed class TieOutBook(IDbFactory factory, TimeProvider clock) : ITieOutBook
{
    private const int MostCauses = 5;

    public async Task<IReadOnlyList<XeroOnlyPart>> PartsAsync(TenantId tenant, DateOnly upTo, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await PartsAsync(db, db.LedgerLines.Where(row => row.Date <= upTo), ct);
    }

    public async Task<int> ToConfirmAsync(TenantId tenant, DateOnly day, DateOnly yearStart, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await db.LedgerLines.CountAsync(
            line => line.DocumentXeroId == null && line.Date <= day && line.Source == LineSources.XeroTrialBalance && line.Kind != null && line.Kind != DifferenceKinds.Unexplained
                && !db.XeroDifferences.Any(said => said.AccountId == line.AccountId && said.Date == line.Date && said.ConfirmedKind == line.Kind)
                && (line.Date >= yearStart || !db.Accounts.Any(account => account.AccountId == line.AccountId && (account.Class == "REVENUE" || account.Class == "EXPENSE"))),
            ct);
    }

    public async Task<IReadOnlyList<KindTotal>> KindsAsync(TenantId tenant, Guid accountId, DateOnly? from, DateOnly to, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var lines = db.LedgerLines.Where(row => row.AccountId == accountId && row.Date <= to && row.Source == LineSources.Document && row.DocumentKind != null);
        lines = from is { } start ? lines.Where(row => row.Date >= start) : lines;
        var kinds = await lines.GroupBy(row => row.DocumentKind)
            .Select(group => new { group.Key, Documents = group.Select(row => row.DocumentXeroId).Distinct().Count(), Amount = group.Sum(row => row.Amount) })
            .ToListAsync(ct);
        return [.. kinds.OrderByDescending(kind => Math.Abs(kind.Amount)).Select(kind => new KindTotal(kind.Key!.Value, kind.Documents, kind.Amount))];
    }

    public async Task<IReadOnlyList<string>> CausesAsync(TenantId tenant, Guid accountId, Month month, decimal amount, bool hidePayroll, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var (first, last) = (month.Start, month.End);
        var troubled = await db.Documents.AsNoTracking()
            .Where(row => row.PostingProblem != null && !row.Deleted && (row.Date == null || (row.Date >= first && row.Date <= last)))
            .OrderBy(row => row.XeroId).Take(MostCauses)
            .Select(row => new { row.XeroId, row.Kind })
            .ToListAsync(ct);
        var payroll = await PayrollPrivacy.OfAsync(db, hidePayroll, ct);
        var ids = troubled.Select(row => row.XeroId).ToList();
        var known = await db.Transactions.AsNoTracking().Where(row => EF.Parameter(ids).Contains(row.XeroId)).ToListAsync(ct);
        await (payroll?.HideAsync(known, ct) ?? Task.CompletedTask);
        var numbers = known.ToDictionary(row => row.XeroId, row => row.Number);
        var causes = troubled.Select(row => $"A record could not be posted: {row.Kind} {numbers.GetValueOrDefault(row.XeroId) ?? row.XeroId.ToString("D")}.").ToList();

        var size = Math.Abs(amount);
        var gone = await db.Transactions.AsNoTracking()
            .Where(row => row.Date >= first && row.Date <= last && (row.Status == "VOIDED" || row.Status == "DELETED") && row.AbsoluteAmount == size)
            .OrderBy(row => row.Date).Take(MostCauses)
            .ToListAsync(ct);
        await (payroll?.HideAsync(gone, ct) ?? Task.CompletedTask);
        causes.AddRange(gone.Select(row => $"It equals a {row.Status.ToLowerInvariant()} {Words(row)}."));
        var same = await db.LedgerLines.AsNoTracking()
            .Where(row => row.AccountId == accountId && row.Date >= first && row.Date <= last && row.Source == LineSources.Document && (row.Amount == amount || row.Amount == -amount))
            .Select(row => row.DocumentXeroId).Distinct().Take(MostCauses)
            .ToListAsync(ct);
        var rows = await db.Transactions.AsNoTracking().Where(row => EF.Parameter(same).Contains(row.XeroId)).OrderBy(row => row.Date).ToListAsync(ct);
        await (payroll?.HideAsync(rows, ct) ?? Task.CompletedTask);
        causes.AddRange(rows.Select(row => $"It equals the line of {Words(row)}: that document may be missing once, or be there twice."));
        if (causes.Count == 0 && size <= 0.10m && await db.LedgerLines.AnyAsync(row => row.AccountId == accountId && row.CurrencyCode != null && row.Date >= first && row.Date <= last, ct))
        {
            causes.Add("Rounding of foreign documents: Xero and XeroCfo may put odd cents on different lines.");
        }

        return causes;
    }

    public async Task<bool> IsTroubledAsync(TenantId tenant, Guid accountId, Month month, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var chart = new ChartOfAccounts(await db.Accounts.AsNoTracking().ToListAsync(ct));
        return (await new TroubledQuery(db).OfAsync(chart, ct)).Any(document =>
            (document.Date is not { } day || Month.Of(day) == month) && (document.Accounts is null || document.Accounts.Contains(accountId)));
    }

    public async Task<Result<Page<PastChange>>> PastChangesAsync(TenantId tenant, PastChangeFilter filter, string? cursor, int limit, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var changes = db.LedgerChanges.AsNoTracking();
        changes = filter.UpToLock is { } day ? changes.Where(row => row.Month <= day) : changes;
        changes = filter.AccountId is { } account ? changes.Where(row => row.AccountId == account) : changes;
        changes = filter.Month is { Start: var first } ? changes.Where(row => row.Month == first) : changes;
        changes = filter.Since is { } since ? changes.Where(row => row.CreatedAt > since) : changes;
        var payroll = await PayrollPrivacy.OfAsync(db, filter.HidePayroll, ct);
        changes = payroll?.Others(changes) ?? changes;
        if (cursor is not null)
        {
            if (Cursor.Decode(cursor, 1) is not [var idText] || !long.TryParse(idText, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var id))
            {
                return ListProblems.BadCursor;
            }

            changes = changes.Where(row => row.Id < id);
        }

        var rows = await changes.OrderByDescending(row => row.Id).Take(limit + 1).ToListAsync(ct);
        var more = rows.Count > limit;
        rows = more ? rows[..limit] : rows;
        var documents = rows.Select(row => row.DocumentXeroId).Distinct().ToList();
        var known = await db.Transactions.AsNoTracking().Where(row => EF.Parameter(documents).Contains(row.XeroId)).ToListAsync(ct);
        await (payroll?.HideAsync(known, ct) ?? Task.CompletedTask);
        var transactions = known.ToDictionary(row => row.XeroId);
        var accounts = await db.Accounts.AsNoTracking().ToDictionaryAsync(account => account.AccountId, account => account.Name, ct);
        var shortCode = await db.XeroTenants.Where(row => row.Id == tenant.Value).Select(row => row.ShortCode).SingleOrDefaultAsync(ct);
        return new Page<PastChange>(
            [
                .. rows.Select(row =>
                {
                    var transaction = transactions.GetValueOrDefault(row.DocumentXeroId);
                    return new PastChange(
                        row, accounts.GetValueOrDefault(row.AccountId) ?? "Unknown account", transaction?.Id, transaction?.Number, transaction?.ContactName,
                        XeroLinks.Document(shortCode, row.DocumentKind, row.DocumentXeroId, transaction?.Type == TransactionTypes.Invoice));
                }),
            ],
            more ? Cursor.Encode(rows[^1].Id) : null);
    }

    public async Task<Result<IReadOnlyList<XeroOnlyPart>>> ConfirmAsync(
        Caller caller, TenantId tenant, Guid accountId, Month month, string? kind, string? note, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        var (first, last) = (month.Start, month.End);
        var lines = db.LedgerLines.Where(row => row.AccountId == accountId && row.Source == LineSources.XeroTrialBalance && row.Date >= first && row.Date <= last);
        var idempotency = Idempotency.Of(caller, tenant, "POST tie-out/confirmations", $"{accountId:D} {month} {kind} {note}");
        if (idempotency is not null)
        {
            var earlier = await idempotency.EarlierAsync(db, ct);
            if (!earlier.Succeeded)
            {
                return earlier.Problem!;
            }

            if (earlier.Value is not null)
            {
                return Result<IReadOnlyList<XeroOnlyPart>>.Of(await PartsAsync(db, lines, ct));
            }
        }

        var organisation = await db.XeroTenants.SingleAsync(row => row.Id == tenant.Value, ct);
        if (organisation.SyncInProgress)
        {
            return TieOutProblems.SyncInProgress;
        }

        var differences = await db.XeroDifferences.Where(row => row.AccountId == accountId && row.Date >= first && row.Date <= last).ToListAsync(ct);
        if (differences.Count == 0 || (kind is null && differences.TrueForAll(row => row.ConfirmedKind is null)))
        {
            return TieOutProblems.NothingToConfirm;
        }

        var before = differences.Select(row => row.ConfirmedKind).FirstOrDefault();
        Guid? person = kind is null ? null : caller.UserId;
        DateTime? now = kind is null ? null : clock.UtcNow();

        // What a person wrote before stays until something else is written.
        note ??= kind is null ? null : differences.Where(row => row.ConfirmedBy is not null).Select(row => row.ConfirmedNote).FirstOrDefault();
        differences.ForEach(row => (row.ConfirmedKind, row.ConfirmedNote, row.ConfirmedBy, row.ConfirmedAt) = (kind, note, person, now));
        await RelabelAsync(db, differences, organisation.BaseCurrency, ct);
        organisation.LedgerVersion++;
        idempotency?.Remember(db, accountId);
        work.Audit(kind is null ? "tieout.withdrawn" : "tieout.confirmed", new { accountId, month = month.ToString(), before, after = kind, note });
        var saved = await work.CommitAsync(ct);
        return saved.Succeeded ? Result<IReadOnlyList<XeroOnlyPart>>.Of(await PartsAsync(db, lines, ct)) : saved.Problem!;
    }

    // One line an account and day again, with the kind that was said, or the first guess.
    private static async Task RelabelAsync(XeroCfoDb db, List<XeroDifference> differences, string baseCurrency, CancellationToken ct)
    {
        var chart = new ChartOfAccounts(await db.Accounts.AsNoTracking().ToListAsync(ct));
        foreach (var difference in differences)
        {
            var lines = await db.LedgerLines.Where(row => row.AccountId == difference.AccountId && row.Date == difference.Date && row.Source == LineSources.XeroTrialBalance).OrderBy(row => row.Id).ToListAsync(ct);
            var all = await db.XeroDifferences.AsNoTracking().Where(row => row.Date == difference.Date).ToDictionaryAsync(row => row.AccountId, row => row.Amount, ct);
            (lines[0].Amount, lines[0].ConfirmedBy) = (difference.Amount, difference.ConfirmedBy);
            lines[0].Kind = difference.ConfirmedKind ?? DifferenceKindRules.Guess(chart.Find(difference.AccountId), difference.Amount, all, chart, baseCurrency);
            db.LedgerLines.RemoveRange(lines.Skip(1));
        }
    }

    private static async Task<IReadOnlyList<XeroOnlyPart>> PartsAsync(XeroCfoDb db, IQueryable<LedgerLine> lines, CancellationToken ct)
    {
        var rows = await lines.AsNoTracking()
            .Where(row => row.DocumentXeroId == null && (row.Source == LineSources.XeroTrialBalance || row.Source == LineSources.XeroProvisional))
            .OrderBy(row => row.Date).ThenBy(row => row.Id)
            .ToListAsync(ct);
        var kept = await db.XeroDifferences.AsNoTracking().ToDictionaryAsync(row => (row.Date, row.AccountId), ct);
        var people = kept.Values.Select(row => row.ConfirmedBy).OfType<Guid>().Distinct().ToList();
        var names = await db.Users.Where(user => people.Contains(user.Id)).ToDictionaryAsync(user => user.Id, user => user.Email, ct);
        return
        [
            .. rows.Select(row =>
            {
                var provisional = row.Source == LineSources.XeroProvisional;
                var said = provisional ? null : kept.GetValueOrDefault((row.Date, row.AccountId));
                var kind = row.Kind ?? DifferenceKinds.Unexplained;
                var state = kind == DifferenceKinds.Unexplained ? DifferenceState.Unexplained : said?.ConfirmedKind == kind ? DifferenceState.Confirmed : DifferenceState.Suggested;
                var confirmed = state == DifferenceState.Confirmed ? said : null;
                return new XeroOnlyPart(row.AccountId, row.Date, kind, state, row.Amount, provisional)
                {
                    Note = confirmed?.ConfirmedNote,
                    ConfirmedBy = confirmed?.ConfirmedBy is { } person ? names.GetValueOrDefault(person) : null,
                    ConfirmedAt = confirmed?.ConfirmedAt,
                    FirstSeenAt = said?.FirstSeenAt,
                    ChangedAt = said?.ChangedAt,
                };
            }),
        ];
    }

    private static string Words(Transaction row) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{row.Type.ToLowerInvariant().Replace('_', ' ')} {row.Number ?? row.Reference} of {row.AbsoluteAmount:#,##0.00}{(row.ContactName is null ? "" : $" ({row.ContactName})")}");
}
