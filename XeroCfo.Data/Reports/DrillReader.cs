using System.Globalization;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Ledger;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Accounts;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports.Drill;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Reports;

internal sealed class DrillReader(IDbFactory factory) : IDrillReader
{
    public async Task<Result<Page<LedgerLineView>>> LinesAsync(TenantId tenant, LineScope scope, bool hidePayroll, string? cursor, int limit, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var lines = Within(db, scope);
        if (cursor is not null)
        {
            if (Cursor.Decode(cursor, 2) is not [var dayText, var idText] || !Cursor.TryDay(dayText, out var day)
                || !long.TryParse(idText, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                return ListProblems.BadCursor;
            }

            lines = lines.Where(line => line.Date >= day && (line.Date > day || line.Id > id));
        }

        var rows = await lines.OrderBy(line => line.Date).ThenBy(line => line.Id).Take(limit + 1).ToListAsync(ct);
        var more = rows.Count > limit;
        rows = more ? rows[..limit] : rows;
        var views = await new LineViews(db, tenant).OfAsync(rows, ct);
        views = await PayrollPrivacy.OfAsync(db, hidePayroll, ct) is { } payroll ? await payroll.HideAsync(views, ct) : views;
        return new Page<LedgerLineView>(views, more ? Cursor.Encode(rows[^1].Date, rows[^1].Id) : null);
    }

    public async Task<decimal> SumAsync(TenantId tenant, LineScope scope, LinePlace? before, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var lines = Within(db, scope);
        lines = before is var (day, id) ? lines.Where(line => line.Date <= day && (line.Date < day || line.Id < id)) : lines;
        return await lines.GroupBy(_ => 1).Select(group => group.Sum(line => line.Amount)).FirstOrDefaultAsync(ct);
    }

    public async Task<IReadOnlyList<ScopeShare>> ByContactAsync(TenantId tenant, LineScope scope, bool hidePayroll, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var all = Within(db, scope);
        var shown = await PayrollPrivacy.OfAsync(db, hidePayroll, ct) is { } payroll ? await payroll.ShownAsync(all, ct) : null;
        var shares = await (shown ?? all).GroupBy(line => new { line.AccountId, line.ContactId })
            .Select(group => new { group.Key.AccountId, group.Key.ContactId, Amount = group.Sum(line => line.Amount) })
            .ToListAsync(ct);
        var names = await db.Contacts.AsNoTracking().Select(contact => new { contact.ContactId, contact.Name }).ToDictionaryAsync(contact => contact.ContactId, contact => contact.Name, ct);
        var told = shares.Select(share => new ScopeShare(share.AccountId, share.ContactId, share.ContactId is { } id ? names.GetValueOrDefault(id) : null, null, false, share.Amount)).ToList();
        if (shown is null)
        {
            return told;
        }

        // What payroll's documents hold is the rest of each account.
        var sums = await all.GroupBy(line => line.AccountId).Select(group => new { Account = group.Key, Amount = group.Sum(line => line.Amount) }).ToListAsync(ct);
        return
        [
            .. told,
            .. sums.Select(sum => new ScopeShare(sum.Account, null, null, null, true, sum.Amount - told.Where(share => share.AccountId == sum.Account).Sum(share => share.Amount))).Where(share => share.Amount != 0),
        ];
    }

    public async Task<IReadOnlyList<ScopeShare>> ByDocumentAsync(TenantId tenant, LineScope scope, bool hidePayroll, int most, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var sums = Within(db, scope).Where(line => line.DocumentXeroId != null)
            .GroupBy(line => new { line.AccountId, line.DocumentXeroId, line.DocumentKind })
            .Select(group => new { group.Key.AccountId, group.Key.DocumentXeroId, group.Key.DocumentKind, Amount = group.Sum(line => line.Amount) });
        var rows = (await sums.OrderByDescending(row => row.Amount).Take(most).ToListAsync(ct)).Concat(await sums.OrderBy(row => row.Amount).Take(most).ToListAsync(ct)).Distinct().ToList();
        var ids = rows.Select(row => row.DocumentXeroId!.Value).Distinct().ToList();
        var documents = await db.Transactions.AsNoTracking().Where(row => EF.Parameter(ids).Contains(row.XeroId)).ToListAsync(ct);
        var payroll = await PayrollPrivacy.OfAsync(db, hidePayroll, ct);
        await (payroll?.HideAsync(documents, ct) ?? Task.CompletedTask);
        var hidden = payroll is null ? new HashSet<Guid>() : await payroll.OfAsync(ids, ct);
        var known = documents.ToDictionary(row => row.XeroId);
        return
        [
            .. rows.Select(row => known.GetValueOrDefault(row.DocumentXeroId!.Value) is { } document
                ? new ScopeShare(row.AccountId, row.DocumentXeroId, NameOf(document), document.PayrollHidden ? null : document.Id, document.PayrollHidden, row.Amount)
                : new ScopeShare(row.AccountId, row.DocumentXeroId, row.DocumentKind == DocumentKind.ManualJournal ? "Manual journal" : row.DocumentKind?.ToString(), null, hidden.Contains(row.DocumentXeroId!.Value), row.Amount)),
        ];
    }

    public async Task<IReadOnlyDictionary<Guid, Guid>> TransactionsAsync(TenantId tenant, IReadOnlyCollection<Guid> xeroIds, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var ids = xeroIds.ToList();
        return await db.Transactions.Where(row => EF.Parameter(ids).Contains(row.XeroId)).ToDictionaryAsync(row => row.XeroId, row => row.Id, ct);
    }

    private static string NameOf(Transaction document) => string.Join(
        " · ", new[] { document.Number ?? document.Reference, document.ContactName ?? document.Description, document.Date.ToString("d MMM yyyy", CultureInfo.InvariantCulture) }.Where(text => !string.IsNullOrEmpty(text)));

    /// <summary>The lines that a scope counts.</summary>
    private static IQueryable<LedgerLine> Within(XeroCfoDb db, LineScope scope)
    {
        var (accounts, to) = (scope.Accounts.ToList(), scope.To);
        var (documents, opening, provisional, since) = (scope.Documents, scope.Opening, scope.Provisional, scope.XeroOnlyFrom ?? DateOnly.MaxValue);
        var lines = db.LedgerLines.AsNoTracking().Where(line => accounts.Contains(line.AccountId) && line.Date <= to
            && ((documents && (line.Source == LineSources.Document || line.Source == LineSources.Journal))
                || (line.Source == LineSources.XeroTrialBalance && line.Date >= since)
                || (opening && line.Source == LineSources.Opening)
                || (provisional && line.Source == LineSources.XeroProvisional)));
        lines = scope.From is { } from ? lines.Where(line => line.Date >= from) : lines;
        lines = scope.Option is { } option ? lines.Where(line => line.TrackingOption1 == option || line.TrackingOption2 == option) : lines;
        lines = scope.NotKind is { } other ? lines.Where(line => line.DocumentKind != other) : lines;
        lines = scope.Kind is { } kind ? lines.Where(line => line.DocumentKind == kind) : lines;
        if (scope.NoneOf is { Count: > 0 } options)
        {
            var none = options.Select(one => (Guid?)one).ToList();
            lines = lines.Where(line => !((line.TrackingOption1 != null && none.Contains(line.TrackingOption1)) || (line.TrackingOption2 != null && none.Contains(line.TrackingOption2))));
        }

        if (scope.MovingCashOn is not { } cash)
        {
            return lines;
        }

        var banks = cash.ToList();
        return lines.Where(line => line.DocumentXeroId != null && db.LedgerLines.Any(bank =>
            bank.DocumentXeroId == line.DocumentXeroId && bank.DocumentKind == line.DocumentKind && bank.Date == line.Date && banks.Contains(bank.AccountId)));
    }
}
