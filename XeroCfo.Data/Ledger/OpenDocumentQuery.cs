using System.Data.Common;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Ledger;

/// <summary>A row that may be open, without its texts.</summary>
/// <param name="Row">The row; only what tells an open document is filled.</param>
/// <param name="Settled">What allocations to it had counted by the day, in its currency.</param>
internal readonly record struct OpenDocument(Transaction Row, decimal Settled);

/// <summary>What a walk over the documents that may be open finds.</summary>
/// <param name="Sums">By contact and age, what is summed exactly without being read.</param>
/// <param name="Others">By Xero's id: credit notes and documents in other currencies, whose parts are rounded by themselves, and what no sum may hold.</param>
internal sealed record OpenWalk(List<OpenSum> Sums, List<Guid> Others);

/// <summary>
/// Reads the documents that may be open at a day, each with what settled it, in one statement. Written by hand: an organisation may have
/// tens of thousands of them, rows know Xero's id as text where allocations know it as an id, and the sum comes out of one index.
/// </summary>
/// <param name="db">The organisation's database.</param>
/// <param name="isSale">Receivables, else payables.</param>
/// <param name="day">The day.</param>
/// <param name="exceptCurrency">Leaves out documents in this currency; null for all.</param>
/// <param name="notSummed">Documents that no sum may hold, by Xero's ids; where they are open they come with the others.</param>
internal sealed partial class OpenDocumentQuery(XeroCfoDb db, bool isSale, DateOnly day, string? exceptCurrency, IReadOnlyCollection<Guid>? notSummed = null)
{
    // To ask a reader whether a value is null costs more than to read it: texts that are not there come as empty ones.
    private const string Columns = """
        t."id", t."xeroId", t."type", t."direction", t."status", COALESCE(t."contactId", ''), COALESCE(t."contactName", ''), COALESCE(t."number", ''),
        COALESCE(t."reference", ''), t."date", COALESCE(t."dueDate", t."date"), t."dueDate" IS NULL, t."amount", t."currencyCode", t."currencyRate"
        """;

    // Word for word the condition of the partial index on open documents.
    internal const string StillOpen = """t."type" IN ('INVOICE', 'BILL', 'CREDIT_NOTE') AND t."status" = 'AUTHORISED' AND (t."amountDue" IS NULL OR t."amountDue" <> 0)""";

    private const string OfKind = """t."type" IN (@invoice, 'CREDIT_NOTE') AND (t."type" = @invoice OR t."direction" = @direction)""";

    // Whatever something touched that counts after the day.
    private static readonly string Later = $"""
        (SELECT a."targetXeroId" AS "id" FROM "Allocations" a WHERE a."tenantId" = @tenant AND a."effectiveDate" > @day
         UNION SELECT a."sourceXeroId" FROM "Allocations" a WHERE a."tenantId" = @tenant AND a."effectiveDate" > @day AND a."sourceKind" <> {(int)DocumentKind.Payment})
        """;

    private readonly bool _isSqlite = db is SqliteDb;

    /// <summary>
    /// Invoices or bills and credit notes that are open now, and those that have been closed since: settled or used by something that counts
    /// after the day.
    /// </summary>
    public async Task<List<OpenDocument>> DocumentsAsync(CancellationToken ct)
    {
        var found = await DocumentsAsync(Open, ct);
        found.AddRange(await DocumentsAsync(ClosedLater, ct));
        return found;
    }

    /// <summary>Those of them that Xero knows by these ids.</summary>
    public async Task<List<OpenDocument>> DocumentsAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct) => ids.Count == 0
        ? []
        : await DocumentsAsync($"""FROM "Transactions" t WHERE t."tenantId" = @tenant AND t."xeroId" {AmongIds}""", ct, Texts(ids));

    /// <summary>Those of them that are open among some that Xero knows by these ids.</summary>
    public async Task<List<OpenDocument>> OpenAmongAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var among = $""" AND t."xeroId" {AmongIds}""";
        var found = await DocumentsAsync($"""FROM "Transactions" t {WhereOpen}{among}""", ct, Texts(ids));
        found.AddRange(await DocumentsAsync(ClosedLater + among, ct, Texts(ids)));
        return found;
    }

    // Named, because what SQLite knows of very many rows it knows from a sample, which took it to all documents of the status.
    private string Open => $"""FROM "Transactions" t{(_isSqlite ? " INDEXED BY \"IX_Transactions_open\"" : "")} {WhereOpen}""";

    private static string WhereOpen => $"""
        WHERE t."tenantId" = @tenant AND {StillOpen} AND t."date" <= @day AND {OfKind}
        """;

    private string LaterId => _isSqlite ? "lower(later.\"id\")" : "later.\"id\"::text";

    private string TouchedLater => $"""
        FROM {Later} later
        {(_isSqlite ? "CROSS JOIN" : "JOIN")} "Transactions" t {(_isSqlite ? "" : "ON TRUE")}
        WHERE t."tenantId" = @tenant AND t."xeroId" = {LaterId} AND t."creditXeroId" IS NULL
          AND t."date" <= @day AND t."status" IN ('AUTHORISED', 'PAID') AND {OfKind}
        """;

    private string ClosedLater => $"{TouchedLater} AND NOT ({StillOpen})";

    private string AmongIds => _isSqlite ? "IN (SELECT value FROM json_each(@ids))" : "= ANY(@ids)";

    private string Settled => $"""
        COALESCE((SELECT SUM(s."amount") FROM "Allocations" s WHERE s."tenantId" = @tenant AND s."targetXeroId" = {SettledAmounts.KeyOf("t", _isSqlite)} AND s."effectiveDate" <= @day), 0)
        """;

    private string One => _isSqlite ? "'1'" : "1";

    private bool KeepsApart => notSummed is { Count: > 0 };

    private string IsSummed => $"""t."type" = @invoice AND t."currencyRate" = {One}{(KeepsApart ? $" AND t.\"xeroId\" {(_isSqlite ? "NOT IN (SELECT value FROM json_each(@apart))" : "<> ALL(@apart)")}" : "")}""";

    private static string[] Texts(IReadOnlyCollection<Guid> ids) => [.. ids.Select(id => id.ToString("D"))];

    private object AsParameter(string[] texts) => _isSqlite ? JsonSerializer.Serialize(texts) : texts;

    private async Task<List<OpenDocument>> DocumentsAsync(string from, CancellationToken ct, string[]? ids = null)
    {
        await using var command = await CommandAsync($"SELECT {Columns}, {Settled} {from}", ct);
        if (ids is not null)
        {
            RawSql.AddParameter(command, "@ids", AsParameter(ids));
        }

        await using var reader = await command.ExecuteReaderAsync(ct);
        var row = new StoredRow(reader, _isSqlite);
        var found = new List<OpenDocument>();
        while (await reader.ReadAsync(ct))
        {
            found.Add(new OpenDocument(Row(row), row.Money(15)));
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

        if (KeepsApart)
        {
            RawSql.AddParameter(command, "@apart", AsParameter(Texts(notSummed!)));
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
