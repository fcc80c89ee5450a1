using System.Data.Common;
using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Rules.Matching;

namespace XeroCfo.Data.Rules;

/// <summary>What rules read of a document.</summary>
internal sealed record RunRow(
    Guid Id, DateOnly Date, string? Description, string? ContactName, string? Reference, decimal Amount, string Direction, string Type, Guid? ContactId, bool IsReconciled,
    string? Category, string CategorySource, Guid? CategoryRuleId, string? OwnAccountCode, string? AccountCode, bool LockedByPerson)
{
    private static readonly Expression<Func<Transaction, RunRow>> OfTransaction = row => new RunRow(
        row.Id, row.Date, row.Description, row.ContactName, row.Reference, row.AbsoluteAmount, row.Direction, row.Type, row.ContactId, row.IsReconciled,
        row.Category, row.CategorySource, row.CategoryRuleId, row.OwnAccountCode, row.AccountCode, row.LockedByPerson);

    public CategoryState State => new(Category, CategorySource, CategoryRuleId, OwnAccountCode, AccountCode);

    /// <summary>
    /// Shows the documents of a query to <paramref name="visit"/>, as the database sends them. The query is EF's, the reading is not: a run looks at
    /// millions, and most of them only once.
    /// </summary>
    public static async Task ReadAsync(XeroCfoDb db, IQueryable<Transaction> rows, Action<RunRow> visit, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            await using var command = rows.Select(OfTransaction).CreateDbCommand();
            await using var reader = await command.ExecuteReaderAsync(ct);
            var isSqlite = db is SqliteDb;
            while (await reader.ReadAsync(ct))
            {
                visit(Read(reader, isSqlite));
            }
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    public PreviewRow ToPreview(string? linesCode) => new(Id, Date, Subject(linesCode), State);

    /// <param name="linesCode">The code that its lines share; asked only where it has a code of our own.</param>
    public RuleSubject Subject(string? linesCode) => new(Description, ContactName, Reference)
    {
        Amount = Amount,
        Direction = Direction,
        Type = Type,
        ContactId = ContactId,
        AccountCode = OwnAccountCode is null ? AccountCode : linesCode,
        Date = Date,
        IsReconciled = IsReconciled,
    };

    // By the places of OfTransaction.
    private static RunRow Read(DbDataReader reader, bool isSqlite) => new(
        reader.GetGuid(0),
        isSqlite ? DateOnly.ParseExact(reader.GetString(1), "yyyy-MM-dd", CultureInfo.InvariantCulture) : reader.GetFieldValue<DateOnly>(1),
        Text(reader, 2), Text(reader, 3), Text(reader, 4),
        isSqlite ? SqliteMoneyConverter.FromStored(reader.GetInt64(5)) : reader.GetDecimal(5),
        reader.GetString(6), reader.GetString(7), Text(reader, 8) is { } contact ? Guid.Parse(contact) : null, reader.GetBoolean(9),
        Text(reader, 10), reader.GetString(11), reader.IsDBNull(12) ? null : reader.GetGuid(12), Text(reader, 13), Text(reader, 14), reader.GetBoolean(15));

    private static string? Text(DbDataReader reader, int place) => reader.IsDBNull(place) ? null : reader.GetString(place);
}
