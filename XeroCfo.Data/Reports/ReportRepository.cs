using System.Globalization;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Ledger;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Webhooks;

namespace XeroCfo.Data.Reports;

internal sealed class ReportRepository(IDbFactory factory) : IReportRepository
{
    public async Task<Result<Page<ReportHead>>> ListAsync(TenantId tenant, string? type, string? cursor, int limit, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var rows = Of(db, type);
        if (cursor is not null)
        {
            if (Cursor.Decode(cursor, 2) is not [var ticksText, var idText] || !Guid.TryParse(idText, out var id)
                || !long.TryParse(ticksText, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) || ticks > DateTime.MaxValue.Ticks)
            {
                return ListProblems.BadCursor;
            }

            var at = new DateTime(ticks, DateTimeKind.Utc);
            rows = rows.Where(row => row.CreatedAt <= at && (row.CreatedAt < at || row.Id < id));
        }

        var items = await rows.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).Take(limit + 1)
            .Select(row => new
            {
                row.Id,
                row.Type,
                row.Name,
                row.Parameters,
                row.UserId,
                row.CreatedAt,
                row.UpdatedAt,
                User = db.Users.Where(user => user.Id == row.UserId).Select(user => new { user.FirstName, user.LastName, user.Email }).FirstOrDefault(),
            })
            .ToListAsync(ct);
        var page = items.Take(limit).Select(row => new ReportHead(
            row.Id, row.Type, row.Name, ReportJson.ReadParameters(row.Parameters), row.UserId,
            row.User is null ? "" : $"{row.User.FirstName} {row.User.LastName}".Trim() is { Length: > 0 } name ? name : row.User.Email ?? "",
            row.CreatedAt, row.UpdatedAt)).ToList();
        return new Page<ReportHead>(page, items.Count > limit ? Cursor.Encode(page[^1].CreatedAt.Ticks, page[^1].Id) : null);
    }

    public async Task<CappedCount> CountAsync(TenantId tenant, string? type, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return CappedCount.Of(await Of(db, type).Take(CappedCount.Cap).CountAsync(ct));
    }

    public async Task<Report?> FindAsync(TenantId tenant, Guid id, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await db.Reports.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, ct);
    }

    public async Task<Result<Report>> CreateAsync(Caller caller, TenantId tenant, Report report, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        var idempotency = Idempotency.Of(caller, tenant, "POST reports", $"{report.Type}\n{report.Name}\n{report.Parameters}");
        if (idempotency is not null)
        {
            var earlier = await idempotency.EarlierAsync(db, ct);
            if (!earlier.Succeeded)
            {
                return earlier.Problem!;
            }

            if (earlier.Value is { } known)
            {
                return await db.Reports.AsNoTracking().FirstOrDefaultAsync(row => row.Id == known, ct) is { } made ? made : ReportProblems.Unknown;
            }
        }

        db.Reports.Add(report);
        await db.SaveChangesAsync(ct);
        idempotency?.Remember(db, report.Id);
        work.Audit("report.created", new { reportId = report.Id, report.Type, report.Name });
        work.Announce(WebhookEvents.ReportCreated, $"reports/{report.Id:D}", [report.Id], ("reports", 1));
        var saved = await work.CommitAsync(ct);
        return saved.Problem is { } refused ? refused : report;
    }

    public async Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, Guid id, ReadVersion version, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        if (await db.Reports.FirstOrDefaultAsync(row => row.Id == id, ct) is not { } report)
        {
            return ReportProblems.Unknown;
        }

        if (version.Against(report.UpdatedAt) is { } stale)
        {
            return stale;
        }

        db.Reports.Remove(report);
        work.Audit("report.deleted", new { reportId = id, report.Type, report.Name });
        return await work.CommitAsync(ct);
    }

    public async Task<IReadOnlyList<ReportChange>> ChangesAsync(TenantId tenant, ReportDocument document, bool hidePayroll, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var (version, last) = (document.LedgerVersion, document.To);
        var changes = db.LedgerChanges.AsNoTracking().Where(row => row.LedgerVersion > version && row.Month <= last);
        var accounts = (await db.Accounts.AsNoTracking().ToListAsync(ct)).ToDictionary(account => account.AccountId);
        var shown = accounts.Values.Where(account => Concerns(document.Type, account)).Select(account => account.AccountId).ToList();
        var payroll = await PayrollPrivacy.OfAsync(db, hidePayroll, ct);
        changes = payroll?.Others(changes) ?? changes;
        var rows = (await changes.Where(row => shown.Contains(row.AccountId)).OrderBy(row => row.Id).ToListAsync(ct)).FindAll(row => Touches(document, row, accounts[row.AccountId]));
        var documents = rows.Select(row => row.DocumentXeroId).Distinct().ToList();
        var known = await db.Transactions.AsNoTracking().Where(row => EF.Parameter(documents).Contains(row.XeroId)).ToListAsync(ct);
        await (payroll?.HideAsync(known, ct) ?? Task.CompletedTask);
        var numbers = known.ToDictionary(row => row.XeroId, row => row.Number ?? row.Reference);

        // A document that moved twice is told once: from what it was then to what it is now.
        return
        [
            .. rows.GroupBy(row => (row.Month, row.AccountId, row.DocumentKind, row.DocumentXeroId))
                .Select(group => new ReportChange(
                    Month.Of(group.Key.Month), group.Key.AccountId, accounts[group.Key.AccountId].Code, accounts[group.Key.AccountId].Name, group.Key.DocumentKind, group.Key.DocumentXeroId,
                    numbers.GetValueOrDefault(group.Key.DocumentXeroId), group.First().Before, group.Last().After, group.Last().Reason, group.Last().CreatedAt))
                .Where(change => change.Difference != 0)
                .OrderByDescending(change => Math.Abs(change.Difference)),
        ];
    }

    // What any column shows, the compared ones too; a cash-flow statement opens with all that ever moved the bank.
    private static bool Touches(ReportDocument document, LedgerChange change, Account account)
    {
        var month = Month.Of(change.Month);
        return document.From is null || (document.Type == ReportTypes.CashFlow && account.Type == "BANK")
            || document.Columns.Any(column => column is { From: { } first, To: { } end } && month.End >= first && month.Start <= end);
    }

    private static bool Concerns(string type, Account account) => type switch
    {
        ReportTypes.ProfitAndLoss or ReportTypes.BudgetVariance => account.IsProfitAndLoss,
        ReportTypes.AgedReceivables => account.SystemAccount == SystemAccounts.Debtors,
        ReportTypes.AgedPayables => account.SystemAccount == SystemAccounts.Creditors,
        _ => true,
    };

    private static IQueryable<Report> Of(XeroCfoDb db, string? type) => type is null ? db.Reports.AsNoTracking() : db.Reports.AsNoTracking().Where(row => row.Type == type);
}
