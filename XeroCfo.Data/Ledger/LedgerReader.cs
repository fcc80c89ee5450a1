using System.Globalization;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Ledger;

internal sealed class LedgerReader(IDbFactory factory) : ILedgerReader
{
    public async Task<IReadOnlyList<Account>> AccountsAsync(TenantId tenant, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var accounts = await db.Accounts.AsNoTracking().ToListAsync(ct);
        return
        [
            .. accounts.OrderBy(account => account.Code is null).ThenBy(account => account.Code, StringComparer.Ordinal).ThenBy(account => account.Name, StringComparer.Ordinal),
        ];
    }

    public async Task<IReadOnlyList<AccountMovement>> MovementsAsync(TenantId tenant, DateOnly? from, DateOnly to, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await new MovementQuery(db).RunAsync(from, to, ct);
    }

    public async Task<IReadOnlyDictionary<Guid, decimal>> ForeignBalancesAsync(TenantId tenant, DateOnly date, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await db.LedgerLines
            .Where(line => line.CurrencyCode != null && line.Date <= date && db.Accounts.Any(account => account.AccountId == line.AccountId && account.CurrencyCode == line.CurrencyCode))
            .GroupBy(line => line.AccountId)
            .Select(group => new { Account = group.Key, Amount = group.Sum(line => line.ForeignAmount ?? 0) })
            .ToDictionaryAsync(row => row.Account, row => row.Amount, ct);
    }

    public async Task<StoredTrialBalance?> XeroTrialBalanceAsync(TenantId tenant, DateOnly date, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var rows = await db.XeroTrialBalances.AsNoTracking().Where(row => row.Basis == "accrual" && row.Date == date).ToListAsync(ct);
        return rows.Count == 0
            ? null
            : TrialBalanceRows.Reading(rows);
    }

    public async Task<CappedCount> CountAsync(TenantId tenant, LedgerLineFilter filter, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var (lines, sums) = await ShownAsync(db, tenant, filter, await PayrollPrivacy.OfAsync(db, filter.HidePayroll, ct), ct);
        var count = Math.Min(CappedCount.Cap, sums.Count + await lines.Take(CappedCount.Cap).CountAsync(ct));
        return new CappedCount(count, count == CappedCount.Cap);
    }

    public async Task<Result<Page<LedgerLineView>>> LinesAsync(TenantId tenant, LedgerLineFilter filter, PagePlace place, int limit, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var payroll = await PayrollPrivacy.OfAsync(db, filter.HidePayroll, ct);
        var (lines, sums) = await ShownAsync(db, tenant, filter, payroll, ct);
        if (place.Cursor is not null)
        {
            if (Cursor.Decode(place.Cursor, 2) is not [var dayText, var idText] || !Cursor.TryDay(dayText, out var day)
                || !long.TryParse(idText, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                return ListProblems.BadCursor;
            }

            lines = place.Backwards
                ? lines.Where(line => line.Date <= day && (line.Date < day || line.Id < id))
                : lines.Where(line => line.Date >= day && (line.Date > day || line.Id > id));
            sums = [.. sums.Where(sum => (sum.Date, sum.Id).CompareTo((day, id)) is var order && (place.Backwards ? order < 0 : order > 0))];
        }

        var rows = await InOrder(lines, place.Backwards).Take(limit + 1).ToListAsync(ct);
        rows = sums.Count == 0 ? rows : [.. InOrder(rows.Concat(sums).AsQueryable(), place.Backwards).Take(limit + 1)];
        var more = rows.Count > limit;
        rows = more ? rows[..limit] : rows;
        if (place.Backwards)
        {
            rows.Reverse();
        }

        var views = await new LineViews(db, tenant).OfAsync(rows, ct);
        if (payroll is not null)
        {
            views = [.. (await payroll.HideAsync(views, ct)).Select(view => payroll.IsOwn(view.Line.AccountId) ? view with { PayrollHidden = true } : view)];
        }

        var (hasNext, hasPrevious) = place.Backwards ? (place.Cursor is not null, more) : (more, place.Cursor is not null);
        return new Page<LedgerLineView>(
            views,
            hasNext && rows.Count > 0 ? Cursor.Encode(rows[^1].Date, rows[^1].Id) : null,
            hasPrevious && rows.Count > 0 ? Cursor.Encode(rows[0].Date, rows[0].Id) : null);
    }

    private static IQueryable<LedgerLine> InOrder(IQueryable<LedgerLine> lines, bool backwards) => backwards
        ? lines.OrderByDescending(line => line.Date).ThenByDescending(line => line.Id)
        : lines.OrderBy(line => line.Date).ThenBy(line => line.Id);

    // Payroll's accounts as sums; asked for by contact or document there are none of them, for that would tell a single pay.
    private static async Task<(IQueryable<LedgerLine> Lines, IReadOnlyList<LedgerLine> Sums)> ShownAsync(
        XeroCfoDb db, TenantId tenant, LedgerLineFilter filter, PayrollPrivacy? payroll, CancellationToken ct)
    {
        var lines = Filtered(db, filter);
        if (payroll is null)
        {
            return (lines, []);
        }

        var others = payroll.Others(lines);
        return filter.ContactId is not null ? (await payroll.ShownAsync(others, ct), [])
            : filter.DocumentXeroId is not null ? (others, [])
            : filter is not { Document: null, Kind: null } ? (others, [])
            : (others, await PayrollSums.OfAsync(payroll.Own(Filtered(db, InWholeMonths(filter))), tenant.Value, filter.From, filter.To, ct));
    }

    private static LedgerLineFilter InWholeMonths(LedgerLineFilter filter) => filter with
    {
        From = filter.From is { } from ? Month.Of(from).Start : null,
        To = filter.To is { } to ? Month.Of(to).End : null,
    };

    /// <summary>The lines that a filter lets through.</summary>
    internal static IQueryable<LedgerLine> Filtered(XeroCfoDb db, LedgerLineFilter filter)
    {
        var lines = db.LedgerLines.AsNoTracking();
        lines = filter.AccountId is { } account ? lines.Where(line => line.AccountId == account) : lines;
        lines = filter.ContactId is { } contact ? lines.Where(line => line.ContactId == contact) : lines;
        lines = filter.DocumentXeroId is { } document ? lines.Where(line => line.DocumentXeroId == document) : lines;
        lines = filter.From is { } from ? lines.Where(line => line.Date >= from) : lines;
        lines = filter.To is { } to ? lines.Where(line => line.Date <= to) : lines;
        lines = filter.Document is { } kind ? lines.Where(line => line.DocumentKind == kind) : lines;
        lines = filter.Kind is { } difference ? lines.Where(line => line.DocumentXeroId == null && line.Kind == difference) : lines;
        return filter.Source is { } source ? lines.Where(line => line.Source == source) : lines;
    }
}
