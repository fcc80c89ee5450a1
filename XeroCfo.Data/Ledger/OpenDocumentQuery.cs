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

    /// <summary>All of them: by contact and age where that is exact, the others by their ids.</summary>
    public async Task<OpenWalk> WalkAsync(OpenAges ages, CancellationToken ct)
    {
        var (sums, others) = (new Dictionary<(Guid? Contact, int Age), decimal>(), new HashSet<Guid>());
        await AddAsync(StillOpenSums(ages), ages, sums, others, ct);
        await AddAsync(LaterSums(ages), ages, sums, others, ct);
        await using (var command = await CommandAsync(OpenOthers, ct))
        {
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                others.Add(Guid.Parse(reader.GetString(0)));
            }
        }

        var open = sums.Where(sum => sum.Value != 0).ToList();
        var names = await NamesAsync([.. open.Select(sum => sum.Key.Contact).Distinct()], ct);
        return new OpenWalk(open.ConvertAll(sum => new OpenSum(sum.Key.Contact, names.GetValueOrDefault(sum.Key.Contact ?? Guid.Empty), sum.Key.Age, (isSale ? 1 : -1) * sum.Value)), [.. others]);
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
        COALESCE((SELECT SUM(s."amount") FROM "Allocations" s WHERE s."tenantId" = @tenant AND s."targetXeroId" = {SettledAmounts.KeyOf("t", _isSqlite)} AND s."effectiveDate" <= @day), 0)
        """;

    private string One => _isSqlite ? "'1'" : "1";

    private string IsSummed => $"""t."type" = @invoice AND t."currencyRate" = {One}""";

    // What all allocations leave of what is open now, over the index that knows it; the days of those allocations make no difference here.
    private string StillOpenSums(OpenAges ages) => $"""
        SELECT COALESCE(t."contactId", ''), '', {Sums(ages, "t.\"amount\" - t.\"settled\"", AgedFrom(ages))}
        FROM "Transactions" t
        WHERE t."tenantId" = @tenant AND {StillOpen} AND t."date" <= @day AND {IsSummed} AND t."amount" <> t."settled"
        GROUP BY t."contactId"
        """;

    // And what counts only after the day, given back; of what has been closed since, together with what was never settled.
    private string LaterSums(OpenAges ages) => $"""
        SELECT o."contact", o."own", {Sums(ages, "o.\"open\"", "o.\"agedFrom\"")}
        FROM (
            SELECT COALESCE(t."contactId", '') AS "contact", {AgedFrom(ages)} AS "agedFrom", CASE WHEN {IsSummed} THEN '' ELSE t."xeroId" END AS "own",
                later."amount" + CASE WHEN {StillOpen} THEN 0 ELSE t."amount" - t."settled" END AS "open"
            FROM (SELECT use."id", SUM(use."amount") AS "amount"
                  FROM (SELECT a."targetXeroId" AS "id", a."amount" FROM "Allocations" a WHERE a."tenantId" = @tenant AND a."effectiveDate" > @day
                        UNION ALL SELECT a."sourceXeroId", 0 FROM "Allocations" a WHERE a."tenantId" = @tenant AND a."effectiveDate" > @day AND a."sourceKind" <> {(int)DocumentKind.Payment}) use
                  GROUP BY use."id") later
            {(_isSqlite ? "CROSS JOIN" : "JOIN")} "Transactions" t {(_isSqlite ? "" : "ON TRUE")}
            WHERE t."tenantId" = @tenant AND t."xeroId" = {(_isSqlite ? "lower(later.\"id\")" : "later.\"id\"::text")} AND t."creditXeroId" IS NULL
              AND t."date" <= @day AND t."status" IN ('AUTHORISED', 'PAID') AND {OfKind}) o
        GROUP BY o."contact", o."own"
        """;

    // Three ranges of the index instead of a look at each open document.
    private string OpenOthers => string.Join(
        " UNION ALL ",
        new[] { $"t.\"type\" = @invoice AND t.\"currencyRate\" < {One}", $"t.\"type\" = @invoice AND t.\"currencyRate\" > {One}", "t.\"type\" = 'CREDIT_NOTE' AND t.\"direction\" = @direction" }
            .Select(range => $"""SELECT t."xeroId" FROM "Transactions" t WHERE t."tenantId" = @tenant AND {StillOpen} AND t."date" <= @day AND {range}"""));

    private static string AgedFrom(OpenAges ages) => ages.FromDueDate ? "COALESCE(t.\"dueDate\", t.\"date\")" : "t.\"date\"";

    // All together, and those that have reached each cut.
    private static string Sums(OpenAges ages, string open, string agedFrom) =>
        string.Join(", ", ages.Cuts.Select((_, at) => $"SUM(CASE WHEN {agedFrom} <= @cut{at} THEN {open} ELSE 0 END)").Prepend($"SUM({open})"));

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

    private async Task AddAsync(string sql, OpenAges ages, Dictionary<(Guid? Contact, int Age), decimal> sums, HashSet<Guid> others, CancellationToken ct)
    {
        await using var command = await CommandAsync(sql, ct);
        for (var at = 0; at < ages.Cuts.Count; at++)
        {
            RawSql.AddParameter(command, $"@cut{at}", ages.Cuts[at]);
        }

        await using var reader = await command.ExecuteReaderAsync(ct);
        var row = new StoredRow(reader, _isSqlite);
        while (await reader.ReadAsync(ct))
        {
            if (row.Said(1) is { } own)
            {
                others.Add(Guid.Parse(own));
                continue;
            }

            Guid? contact = row.Said(0) is { } id ? Guid.Parse(id) : null;
            for (var age = 0; age <= ages.Cuts.Count; age++)
            {
                var older = age < ages.Cuts.Count ? row.Money(age + 3) : 0;
                sums[(contact, age)] = sums.GetValueOrDefault((contact, age)) + row.Money(age + 2) - older;
            }
        }
    }

    // As the contact is called now; as its documents say where Xero does not list it.
    private async Task<Dictionary<Guid, string?>> NamesAsync(List<Guid?> contacts, CancellationToken ct)
    {
        var ids = contacts.OfType<Guid>().ToList();
        var names = await db.Contacts.AsNoTracking().Where(contact => EF.Parameter(ids).Contains(contact.ContactId))
            .ToDictionaryAsync(contact => contact.ContactId, contact => (string?)contact.Name, ct);
        await AddStrangeAsync(names, [.. ids.Where(id => !names.ContainsKey(id))], ct);
        if (contacts.Contains(null))
        {
            names[Guid.Empty] = await db.Transactions.Where(row => row.ContactId == null && row.ContactName != null && (row.Type == TransactionTypes.Invoice || row.Type == TransactionTypes.Bill))
                .OrderByDescending(row => row.Date).Select(row => row.ContactName).FirstOrDefaultAsync(ct);
        }

        return names;
    }

    // The newest document of each: to read all of them would cost more than the rest of the report.
    private async Task AddStrangeAsync(Dictionary<Guid, string?> names, List<Guid> contacts, CancellationToken ct)
    {
        if (contacts.Count == 0)
        {
            return;
        }

        await using var command = await CommandAsync(
            $"""
            SELECT c.{(_isSqlite ? "value" : "id")}, COALESCE((SELECT t."contactName" FROM "Transactions" t
                WHERE t."tenantId" = @tenant AND t."contactId" = c.{(_isSqlite ? "value" : "id")} AND t."contactName" IS NOT NULL AND t."type" IN ('INVOICE', 'BILL') ORDER BY t."date" DESC LIMIT 1), '')
            FROM {(_isSqlite ? "json_each(@ids) c" : "unnest(@ids) AS c(id)")}
            """,
            ct);
        var texts = contacts.Select(id => id.ToString("D")).ToArray();
        RawSql.AddParameter(command, "@ids", _isSqlite ? JsonSerializer.Serialize(texts) : texts);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            names[Guid.Parse(reader.GetString(0))] = reader.GetString(1);
        }
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
