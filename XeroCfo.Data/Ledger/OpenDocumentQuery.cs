using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Ledger;

namespace XeroCfo.Data.Ledger;

/// <summary>A row that may be open, without its texts.</summary>
/// <param name="Row">The row; only what tells an open document is filled.</param>
/// <param name="Settled">What allocations to it had counted by the day, in its currency.</param>
internal readonly record struct OpenDocument(Transaction Row, decimal Settled);

/// <summary>
/// Reads the documents that may be open at a day, each with what settled it, in one statement. Written by hand: an organisation may have
/// tens of thousands of them, rows know Xero's id as text where allocations know it as an id, and the sum comes out of one index.
/// </summary>
internal sealed class OpenDocumentQuery(XeroCfoDb db, bool isSale, DateOnly day, string? exceptCurrency)
{
    private const string Columns = """
        "id", "xeroId", "creditXeroId", "type", "direction", "status", "contactId", "contactName", "number", "reference", "date", "dueDate", "amount", "currencyCode", "currencyRate"
        """;

    // Word for word the condition of the partial index on open documents.
    private const string StillOpen = """t."status" = 'AUTHORISED' AND (t."amountDue" IS NULL OR t."amountDue" <> 0)""";

    private readonly bool _isSqlite = db is SqliteDb;

    /// <summary>Invoices or bills and credit notes that are open now.</summary>
    public Task<List<OpenDocument>> OpenNowAsync(CancellationToken ct) => ReadAsync(
        $"""
        FROM "Transactions" t
        WHERE t."tenantId" = @tenant AND {StillOpen} AND t."date" <= @day
          AND (t."type" = @invoice OR (t."type" = 'CREDIT_NOTE' AND t."direction" = @direction))
        """,
        ct);

    /// <summary>The same kinds, and paid since: closed now, and settled or used by something that counts after the day.</summary>
    public Task<List<OpenDocument>> SettledLaterAsync(CancellationToken ct) => ReadAsync(
        $"""
        FROM (SELECT DISTINCT a."targetXeroId" AS "id" FROM "Allocations" a WHERE a."tenantId" = @tenant AND a."effectiveDate" > @day
              UNION SELECT a."sourceXeroId" FROM "Allocations" a WHERE a."tenantId" = @tenant AND a."effectiveDate" > @day AND a."sourceKind" <> {(int)Domain.Xero.DocumentKind.Payment}) later
        {(_isSqlite ? "CROSS JOIN" : "JOIN")} "Transactions" t {(_isSqlite ? "" : "ON TRUE")}
        WHERE t."tenantId" = @tenant AND t."xeroId" = {(_isSqlite ? "lower(later.\"id\")" : "later.\"id\"::text")} AND t."creditXeroId" IS NULL
          AND t."date" <= @day AND t."status" IN ('AUTHORISED', 'PAID') AND NOT ({StillOpen})
          AND (t."type" = @invoice OR (t."type" = 'CREDIT_NOTE' AND t."direction" = @direction))
        """,
        ct);

    private async Task<List<OpenDocument>> ReadAsync(string from, CancellationToken ct)
    {
        var target = _isSqlite ? "upper(t.\"xeroId\")" : "t.\"xeroId\"::uuid";
        await db.Database.OpenConnectionAsync(ct);
        await using var command = RawSql.Command(
            db,
            $"""
            SELECT {string.Join(", ", Columns.Split(", ").Select(name => $"t.{name.Trim()}"))},
                (SELECT SUM(s."amount") FROM "Allocations" s WHERE s."tenantId" = @tenant AND s."targetXeroId" = {target} AND s."effectiveDate" <= @day)
            {from}
              {(exceptCurrency is null ? "" : "AND t.\"currencyCode\" <> @except")}
            """);
        RawSql.AddParameter(command, "@tenant", db.Scope);
        RawSql.AddParameter(command, "@day", day);
        RawSql.AddParameter(command, "@invoice", isSale ? TransactionTypes.Invoice : TransactionTypes.Bill);
        RawSql.AddParameter(command, "@direction", isSale ? Directions.Out : Directions.In);
        if (exceptCurrency is not null)
        {
            RawSql.AddParameter(command, "@except", exceptCurrency);
        }

        await using var reader = await command.ExecuteReaderAsync(ct);
        var row = new StoredRow(reader, _isSqlite);
        var found = new List<OpenDocument>();
        while (await reader.ReadAsync(ct))
        {
            found.Add(new OpenDocument(Row(row), row.MaybeMoney(15) ?? 0));
        }

        return found;
    }

    private Transaction Row(StoredRow row) => new()
    {
        Id = row.Id(0),
        TenantId = db.Scope,
        XeroId = Guid.Parse(row.Text(1)),
        CreditXeroId = row.MaybeId(2),
        Type = row.Word(3),
        Direction = row.Word(4),
        Status = row.Word(5),
        ContactId = row.MaybeText(6) is { } contact ? Guid.Parse(contact) : null,
        ContactName = row.MaybeText(7),
        Number = row.MaybeText(8),
        Reference = row.MaybeText(9),
        Date = row.Day(10),
        DueDate = row.MaybeDay(11),
        Amount = row.Money(12),
        CurrencyCode = row.Word(13),
        CurrencyRate = row.Rate(14),
    };
}
