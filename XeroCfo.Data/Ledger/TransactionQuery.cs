using Microsoft.EntityFrameworkCore;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Data.Ledger;

/// <summary>The filters of the list of transactions, as one query on both databases.</summary>
internal static class TransactionQuery
{
    /// <summary>So many rows are sorted faster than an order of a million is walked for them.</summary>
    private const int Few = 5_000;

    /// <summary>The rows that the filter lets through; where payroll is hidden, what names texts, a contact, an account or a category finds none of its rows.</summary>
    public static async Task<IQueryable<Transaction>> ShownAsync(XeroCfoDb db, TransactionFilter filter, CancellationToken ct) =>
        await ShownAsync(db, filter, await PayrollPrivacy.OfAsync(db, filter.HidePayroll, ct), ct);

    public static async Task<IQueryable<Transaction>> ShownAsync(XeroCfoDb db, TransactionFilter filter, PayrollPrivacy? payroll, CancellationToken ct)
    {
        var rows = Filtered(db, filter);
        return payroll is not null && IsNamed(filter) ? await payroll.ShownAsync(rows, ct) : rows;
    }

    /// <summary>
    /// The same rows, found by their contact, or by their amounts where the order is another one, if few have such: an index of the order would be
    /// walked to its end for a page that is not full.
    /// </summary>
    public static async Task<IQueryable<Transaction>> NarrowedAsync(XeroCfoDb db, IQueryable<Transaction> rows, TransactionFilter filter, bool byAmount, CancellationToken ct)
    {
        var rare = (filter, byAmount) switch
        {
            ({ ContactId: not null }, _) => new TransactionFilter { ContactId = filter.ContactId },
            ({ ContactId: null, MinAmount: not null } or { ContactId: null, MaxAmount: not null }, false) => new TransactionFilter { MinAmount = filter.MinAmount, MaxAmount = filter.MaxAmount },
            _ => null,
        };
        if (rare is null)
        {
            return rows;
        }

        var ids = await Filtered(db, rare).Select(row => row.Id).Take(Few + 1).ToListAsync(ct);
        return ids.Count > Few ? rows : rows.Where(row => EF.Parameter(ids).Contains(row.Id));
    }

    private static bool IsNamed(TransactionFilter filter) =>
        filter.ContactId is not null || Text(filter.AccountCode) is not null || !string.IsNullOrWhiteSpace(filter.Search) || !string.IsNullOrWhiteSpace(filter.Words)
        || Text(filter.Category) is not (null or "none");

    private static IQueryable<Transaction> Filtered(XeroCfoDb db, TransactionFilter filter)
    {
        var rows = db.Transactions.AsNoTracking();
        rows = filter.From is { } from ? rows.Where(row => row.Date >= from) : rows;
        rows = filter.To is { } to ? rows.Where(row => row.Date <= to) : rows;
        rows = Text(filter.Type) is { } type ? rows.Where(row => row.Type == type) : rows;
        rows = Text(filter.Status) is { } status ? rows.Where(row => row.Status == status) : rows;
        rows = Text(filter.Direction) is { } direction ? rows.Where(row => row.Direction == direction) : rows;
        rows = Text(filter.Category) switch
        {
            null => rows,
            "none" => rows.Where(row => row.Category == null),
            var category => rows.Where(row => row.Category == category),
        };
        rows = filter.ToCategorise
            ? rows.Where(row => row.Category == null && row.Type != TransactionTypes.Payment && row.Type != TransactionTypes.Transfer && (row.Status == "AUTHORISED" || row.Status == "PAID"))
            : rows;
        rows = Text(filter.AccountCode) is { } code ? rows.Where(row => row.AccountCode == code) : rows;
        rows = filter.ContactId is { } contact ? rows.Where(row => row.ContactId == contact) : rows;
        rows = filter.IsReconciled is { } reconciled ? rows.Where(row => row.IsReconciled == reconciled) : rows;
        rows = filter.BankAccountId is { } bank ? rows.Where(row => row.BankAccountId == bank) : rows;
        rows = filter.Drafts ? rows.Where(row => row.Status == "DRAFT" || row.Status == "SUBMITTED") : rows;
        rows = filter.Unreconciled ? rows.Where(row => !row.IsReconciled && row.BankAccountId != null && (row.Status == "AUTHORISED" || row.Status == "PAID")) : rows;
        rows = filter.LockedByPerson switch
        {
            null => rows,
            true => rows.Where(row => row.LockedByPerson),
            false => rows.Where(row => !row.LockedByPerson),
        };
        rows = filter.MinAmount is { } least ? rows.Where(row => row.AbsoluteAmount >= least) : rows;
        rows = filter.MaxAmount is { } most ? rows.Where(row => row.AbsoluteAmount <= most) : rows;
        foreach (var part in (filter.Words ?? "").Split('\n').Append(filter.Search))
        {
            if (!string.IsNullOrWhiteSpace(part))
            {
                var pattern = "%" + Escape(Text(part)!.Trim().ToLowerInvariant()) + "%";
                rows = rows.Where(row => EF.Functions.Like(row.SearchText!, pattern, "\\"));
            }
        }

        return rows;
    }

    private static string? Text(string? text) => text is null ? null : TextRules.Askable(text);

    private static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("%", "\\%", StringComparison.Ordinal)
        .Replace("_", "\\_", StringComparison.Ordinal);
}
