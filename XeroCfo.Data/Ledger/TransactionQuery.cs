using Microsoft.EntityFrameworkCore;
using XeroCfo.Domain.Ledger;

namespace XeroCfo.Data.Ledger;

/// <summary>The filters of the list of transactions, as one query on both databases.</summary>
internal static class TransactionQuery
{
    /// <summary>As <see cref="Filtered"/>; where payroll is hidden, what names texts or a contact finds none of its rows.</summary>
    public static async Task<IQueryable<Transaction>> ShownAsync(XeroCfoDb db, TransactionFilter filter, PayrollPrivacy? payroll, CancellationToken ct)
    {
        var rows = Filtered(db, filter);
        return payroll is not null && (filter.ContactId is not null || !string.IsNullOrWhiteSpace(filter.Search)) ? await payroll.ShownAsync(rows, ct) : rows;
    }

    public static IQueryable<Transaction> Filtered(XeroCfoDb db, TransactionFilter filter)
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
        rows = filter.MinAmount is { } least ? rows.Where(row => row.AbsoluteAmount >= least) : rows;
        rows = filter.MaxAmount is { } most ? rows.Where(row => row.AbsoluteAmount <= most) : rows;
        if (string.IsNullOrWhiteSpace(filter.Search))
        {
            return rows;
        }

        var pattern = "%" + Escape(Text(filter.Search)!.Trim().ToLowerInvariant()) + "%";
        return rows.Where(row => EF.Functions.Like(row.SearchText!, pattern, "\\"));
    }

    // No text in PostgreSQL holds a NUL: it does not even take one in a question.
    private static string? Text(string? text) => text?.Replace("\0", "", StringComparison.Ordinal);

    private static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("%", "\\%", StringComparison.Ordinal)
        .Replace("_", "\\_", StringComparison.Ordinal);
}
