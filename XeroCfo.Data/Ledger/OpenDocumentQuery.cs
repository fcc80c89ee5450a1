using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Ledger;

/// <summary>A row that may be open, without its texts.</summary>
/// <param name="Row">The row; only what tells an open document is filled.</param>
/// <param name="Settled">What allocations to it had counted by the day, in its currency.</param>
internal readonly record struct OpenDocument(Transaction Row, decimal Settled);

/// <summary>Which of the documents are read one by one.</summary>
internal enum OpenPart
{
    All,

    /// <summary>Credit notes and documents in other currencies, whose parts are rounded by themselves.</summary>
    WhatIsNotSummed,
}

/// <summary>
/// Reads the documents that may be open at a day, each with what settled it, in one statement. Written by hand: an organisation may have
/// tens of thousands of them, rows know Xero's id as text where allocations know it as an id, and the sum comes out of one index.
/// </summary>
internal sealed class OpenDocumentQuery(XeroCfoDb db, bool isSale, DateOnly day, string? exceptCurrency)
{
    // To ask a reader whether a value is null costs more than to read it: texts that are not there come as empty ones.
    private const string Columns = """
        t."id", t."xeroId", t."type", t."direction", t."status", COALESCE(t."contactId", ''), COALESCE(t."contactName", ''), COALESCE(t."number", ''),
        COALESCE(t."reference", ''), t."date", COALESCE(t."dueDate", t."date"), t."dueDate" IS NULL, t."amount", t."currencyCode", t."currencyRate"
        """;

    // Word for word the condition of the partial index on open documents.
    internal const string StillOpen = """t."type" IN ('INVOICE', 'BILL', 'CREDIT_NOTE') AND t."status" = 'AUTHORISED' AND (t."amountDue" IS NULL OR t."amountDue" <> 0)""";

    private const string OfKind = """t."type" IN (@invoice, 'CREDIT_NOTE') AND (t."type" = @invoice OR t."direction" = @direction)""";

    private readonly bool _isSqlite = db is SqliteDb;

    /// <summary>
    /// Invoices or bills and credit notes that are open now, and those that have been closed since: settled or used by something that counts
    /// after the day.
    /// </summary>
    public async Task<List<OpenDocument>> DocumentsAsync(OpenPart part, CancellationToken ct)
    {
        var found = await DocumentsAsync(Open, part, ct);
        found.AddRange(await DocumentsAsync(ClosedLater, part, ct));
        return found;
    }

    /// <summary>The same by contact and age, of those that are summed exactly without being read.</summary>
    public async Task<IReadOnlyList<OpenSum>> SumsAsync(OpenAges ages, CancellationToken ct)
    {
        var parts = await SumsAsync(Open, ages, ct);
        parts.AddRange(await SumsAsync(ClosedLater, ages, ct));
        var ids = parts.Select(sum => sum.ContactId).OfType<Guid>().Distinct().ToList();
        var names = await db.Contacts.AsNoTracking().Where(contact => ids.Contains(contact.ContactId)).ToDictionaryAsync(contact => contact.ContactId, contact => contact.Name, ct);
        return parts.ConvertAll(sum => sum.ContactId is { } id && names.TryGetValue(id, out var name) ? sum with { ContactName = name } : sum);
    }

    private static string Open => $"""
        FROM "Transactions" t
        WHERE t."tenantId" = @tenant AND {StillOpen} AND t."date" <= @day AND {OfKind}
        """;

    private string ClosedLater => $"""
        FROM (SELECT a."targetXeroId" AS "id" FROM "Allocations" a WHERE a."tenantId" = @tenant AND a."effectiveDate" > @day
              UNION SELECT a."sourceXeroId" FROM "Allocations" a WHERE a."tenantId" = @tenant AND a."effectiveDate" > @day AND a."sourceKind" <> {(int)DocumentKind.Payment}) later
        {(_isSqlite ? "CROSS JOIN" : "JOIN")} "Transactions" t {(_isSqlite ? "" : "ON TRUE")}
        WHERE t."tenantId" = @tenant AND t."xeroId" = {(_isSqlite ? "lower(later.\"id\")" : "later.\"id\"::text")} AND t."creditXeroId" IS NULL
          AND t."date" <= @day AND t."status" IN ('AUTHORISED', 'PAID') AND NOT ({StillOpen}) AND {OfKind}
        """;

    private string Settled => $"""
        COALESCE((SELECT SUM(s."amount") FROM "Allocations" s WHERE s."tenantId" = @tenant AND s."targetXeroId" = {(_isSqlite ? "upper(t.\"xeroId\")" : "t.\"xeroId\"::uuid")} AND s."effectiveDate" <= @day), 0)
        """;

    private string IsSummed => $"""t."type" = @invoice AND t."currencyRate" = {(_isSqlite ? "'1'" : "1")}""";

    private async Task<List<OpenDocument>> DocumentsAsync(string from, OpenPart part, CancellationToken ct)
    {
        await using var command = await CommandAsync($"SELECT {Columns}, {Settled} {from} {(part == OpenPart.All ? "" : $"AND NOT ({IsSummed})")}", ct);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var row = new StoredRow(reader, _isSqlite);
        var found = new List<OpenDocument>();
        while (await reader.ReadAsync(ct))
        {
            found.Add(new OpenDocument(Row(row), row.Money(15)));
        }

        return found;
    }

    private async Task<List<OpenSum>> SumsAsync(string from, OpenAges ages, CancellationToken ct)
    {
        var agedFrom = ages.FromDueDate ? "COALESCE(t.\"dueDate\", t.\"date\")" : "t.\"date\"";
        var age = string.Join(" + ", ages.Cuts.Select((_, at) => $"CASE WHEN {agedFrom} <= @cut{at} THEN 1 ELSE 0 END"));

        // The fence keeps the planner from working out what settled a document twice.
        await using var command = await CommandAsync(
            $"""
            SELECT o."contact", o."age", SUM(o."open"), MAX(o."name")
            FROM (SELECT COALESCE(t."contactId", '') AS "contact", COALESCE(t."contactName", '') AS "name", {age} AS "age", t."amount" - {Settled} AS "open" {from} AND {IsSummed} LIMIT {(_isSqlite ? "-1" : "ALL")} OFFSET 0) o
            WHERE o."open" <> 0 GROUP BY o."contact", o."age"
            """,
            ct);
        for (var at = 0; at < ages.Cuts.Count; at++)
        {
            RawSql.AddParameter(command, $"@cut{at}", ages.Cuts[at]);
        }

        await using var reader = await command.ExecuteReaderAsync(ct);
        var row = new StoredRow(reader, _isSqlite);
        var found = new List<OpenSum>();
        while (await reader.ReadAsync(ct))
        {
            found.Add(new OpenSum(row.Word(0) is { Length: > 0 } contact ? Guid.Parse(contact) : null, row.Said(3), row.Number(1), (isSale ? 1 : -1) * row.Money(2)));
        }

        return found;
    }

    private async Task<DbCommand> CommandAsync(string sql, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        var command = RawSql.Command(db, exceptCurrency is null ? sql : sql + " AND t.\"currencyCode\" <> @except");
        RawSql.AddParameter(command, "@tenant", db.Scope);
        RawSql.AddParameter(command, "@day", day);
        RawSql.AddParameter(command, "@invoice", isSale ? TransactionTypes.Invoice : TransactionTypes.Bill);
        RawSql.AddParameter(command, "@direction", isSale ? Directions.Out : Directions.In);
        if (exceptCurrency is not null)
        {
            RawSql.AddParameter(command, "@except", exceptCurrency);
        }

        return command;
    }

    private Transaction Row(StoredRow row) => new()
    {
        Id = row.Id(0),
        TenantId = db.Scope,
        XeroId = Guid.Parse(row.Text(1)),
        Type = row.Word(2),
        Direction = row.Word(3),
        Status = row.Word(4),
        ContactId = row.Word(5) is { Length: > 0 } contact ? Guid.Parse(contact) : null,
        ContactName = row.Said(6),
        Number = row.Said(7),
        Reference = row.Said(8),
        Date = row.Day(9),
        DueDate = row.Flag(11) ? null : row.Day(10),
        Amount = row.Money(12),
        CurrencyCode = row.Word(13),
        CurrencyRate = row.Rate(14),
    };
}
