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
/// <param name="Others">By Xero's id: credit notes and documents in other currencies, whose parts are rounded by themselves.</param>
internal sealed record OpenWalk(List<OpenSum> Sums, List<Guid> Others);

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

    // Before the id of a document that is not summed, in the place of a contact's: one text fewer in each row.
    private const char Own = '#';

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
        : await DocumentsAsync($"""FROM "Transactions" t WHERE t."tenantId" = @tenant AND t."xeroId" {Asked}""", ct, ids);

    /// <summary>Those of them that are open among some that Xero knows by these ids.</summary>
    public async Task<List<OpenDocument>> OpenAmongAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var among = $""" AND t."xeroId" {Asked}""";
        var found = await DocumentsAsync($"""FROM "Transactions" t {WhereOpen}{among}""", ct, ids);
        found.AddRange(await DocumentsAsync(ClosedLater + among, ct, ids));
        return found;
    }

    /// <summary>All of them in one walk: what each has open where that is exact, the others by their ids.</summary>
    public async Task<(List<OpenDue> Dues, List<Guid> Others)> DuesAsync(CancellationToken ct)
    {
        var (dues, others) = (new List<OpenDue>(), new List<Guid>());
        var contacts = new Dictionary<string, Guid?>(StringComparer.Ordinal) { [""] = null };
        foreach (var from in new[] { Open, ClosedLater })
        {
            await using var command = await CommandAsync(
                $"""
                SELECT CASE WHEN {IsSummed} THEN COALESCE(t."contactId", '') ELSE '{Own}' || t."xeroId" END, COALESCE(t."dueDate", t."date"), t."amount" - {Settled} {from}
                """,
                ct);
            await using var reader = await command.ExecuteReaderAsync(ct);
            var row = new StoredRow(reader, _isSqlite);
            while (await reader.ReadAsync(ct))
            {
                if (row.Text(0) is var who && who.StartsWith(Own))
                {
                    others.Add(Guid.Parse(who.AsSpan(1)));
                }
                else if (row.Money(2) is not 0 and var open)
                {
                    dues.Add(new OpenDue(Contact(who), row.Day(1), true, isSale ? open : -open));
                }
            }
        }

        return (dues, others);

        Guid? Contact(string text) => contacts.TryGetValue(text, out var known) ? known : contacts[text] = Guid.Parse(text);
    }

    /// <summary>All of them in one walk: by contact and age where that is exact, the others by their ids.</summary>
    public async Task<OpenWalk> WalkAsync(OpenAges ages, CancellationToken ct)
    {
        var (sums, others) = await WalkAsync(Open, ages, ct);
        var closed = await WalkAsync(ClosedLater, ages, ct);
        sums.AddRange(closed.Sums);
        others.AddRange(closed.Others);
        var names = await NamesAsync([.. sums.Select(sum => sum.ContactId).Distinct()], ct);
        return new OpenWalk(sums.ConvertAll(sum => sum with { ContactName = names.GetValueOrDefault(sum.ContactId ?? Guid.Empty) }), others);
    }

    // Named, because what SQLite knows of very many rows it knows from a sample, which took it to all documents of the status.
    private string Open => $"""FROM "Transactions" t{(_isSqlite ? " INDEXED BY \"IX_Transactions_open\"" : "")} {WhereOpen}""";

    private static string WhereOpen => $"""
        WHERE t."tenantId" = @tenant AND {StillOpen} AND t."date" <= @day AND {OfKind}
        """;

    private string ClosedLater => $"""
        FROM (SELECT a."targetXeroId" AS "id" FROM "Allocations" a WHERE a."tenantId" = @tenant AND a."effectiveDate" > @day
              UNION SELECT a."sourceXeroId" FROM "Allocations" a WHERE a."tenantId" = @tenant AND a."effectiveDate" > @day AND a."sourceKind" <> {(int)DocumentKind.Payment}) later
        {(_isSqlite ? "CROSS JOIN" : "JOIN")} "Transactions" t {(_isSqlite ? "" : "ON TRUE")}
        WHERE t."tenantId" = @tenant AND t."xeroId" = {(_isSqlite ? "lower(later.\"id\")" : "later.\"id\"::text")} AND t."creditXeroId" IS NULL
          AND t."date" <= @day AND t."status" IN ('AUTHORISED', 'PAID') AND NOT ({StillOpen}) AND {OfKind}
        """;

    private string Asked => _isSqlite ? "IN (SELECT value FROM json_each(@ids))" : "= ANY(@ids)";

    private string Settled => $"""
        COALESCE((SELECT SUM(s."amount") FROM "Allocations" s WHERE s."tenantId" = @tenant AND s."targetXeroId" = {(_isSqlite ? "upper(t.\"xeroId\")" : "t.\"xeroId\"::uuid")} AND s."effectiveDate" <= @day), 0)
        """;

    private string IsSummed => $"""t."type" = @invoice AND t."currencyRate" = {(_isSqlite ? "'1'" : "1")}""";

    private async Task<List<OpenDocument>> DocumentsAsync(string from, CancellationToken ct, IReadOnlyCollection<Guid>? ids = null)
    {
        await using var command = await CommandAsync($"SELECT {Columns}, {Settled} {from}", ct);
        if (ids is not null)
        {
            var texts = ids.Select(id => id.ToString()).ToArray();
            RawSql.AddParameter(command, "@ids", _isSqlite ? JsonSerializer.Serialize(texts) : texts);
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

    private async Task<OpenWalk> WalkAsync(string from, OpenAges ages, CancellationToken ct)
    {
        var agedFrom = ages.FromDueDate ? "COALESCE(t.\"dueDate\", t.\"date\")" : "t.\"date\"";
        var age = string.Join(" + ", ages.Cuts.Select((_, at) => $"CASE WHEN {agedFrom} <= @cut{at} THEN 1 ELSE 0 END"));

        // The fence keeps the planner from working out what settled a document twice.
        await using var command = await CommandAsync(
            $"""
            SELECT o."contact", o."age", o."own", SUM(o."open")
            FROM (
                SELECT COALESCE(t."contactId", '') AS "contact", {age} AS "age", CASE WHEN {IsSummed} THEN '' ELSE t."xeroId" END AS "own",
                    CASE WHEN {IsSummed} THEN t."amount" - {Settled} ELSE 0 END AS "open"
                {from} LIMIT {(_isSqlite ? "-1" : "ALL")} OFFSET 0) o
            WHERE o."open" <> 0 OR o."own" <> '' GROUP BY o."contact", o."age", o."own"
            """,
            ct);
        for (var at = 0; at < ages.Cuts.Count; at++)
        {
            RawSql.AddParameter(command, $"@cut{at}", ages.Cuts[at]);
        }

        await using var reader = await command.ExecuteReaderAsync(ct);
        var row = new StoredRow(reader, _isSqlite);
        var (sums, others) = (new List<OpenSum>(), new List<Guid>());
        while (await reader.ReadAsync(ct))
        {
            if (row.Said(2) is { } own)
            {
                others.Add(Guid.Parse(own));
            }
            else
            {
                sums.Add(new OpenSum(row.Word(0) is { Length: > 0 } contact ? Guid.Parse(contact) : null, null, row.Number(1), (isSale ? 1 : -1) * row.Money(3)));
            }
        }

        return new OpenWalk(sums, others);
    }

    // As the contact is called now; as its documents say where Xero does not list it.
    private async Task<Dictionary<Guid, string?>> NamesAsync(List<Guid?> contacts, CancellationToken ct)
    {
        var ids = contacts.OfType<Guid>().ToList();
        var names = await db.Contacts.AsNoTracking().Where(contact => EF.Parameter(ids).Contains(contact.ContactId))
            .ToDictionaryAsync(contact => contact.ContactId, contact => (string?)contact.Name, ct);
        var strange = contacts.Where(id => id is null || !names.ContainsKey(id.Value)).ToList();
        if (strange.Count > 0)
        {
            var said = await db.Transactions.Where(row => row.ContactName != null && (row.Type == TransactionTypes.Invoice || row.Type == TransactionTypes.Bill) && strange.Contains(row.ContactId))
                .GroupBy(row => row.ContactId).Select(group => new { group.Key, Name = group.Max(row => row.ContactName) }).ToListAsync(ct);
            said.ForEach(row => names[row.Key ?? Guid.Empty] = row.Name);
        }

        return names;
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
