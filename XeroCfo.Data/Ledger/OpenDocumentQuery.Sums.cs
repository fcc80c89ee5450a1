using XeroCfo.Data.Storage;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Ledger;

/// <summary>What is open in sums: no document is read whole.</summary>
internal sealed partial class OpenDocumentQuery
{
    // Before the id of a document that is not summed, in the place of a contact's: one text fewer in each row.
    private const char Own = '#';

    /// <summary>All of them in one walk: what each has open where that is exact, the others by their ids.</summary>
    public async Task<(List<OpenDue> Dues, List<Guid> Others)> DuesAsync(CancellationToken ct)
    {
        var (dues, others) = (new List<OpenDue>(), new List<Guid>());
        var contacts = new Dictionary<string, Guid?>(StringComparer.Ordinal) { [""] = null };

        // What settled a document stands on its row, but for what counts only after the day.
        foreach (var (settled, from) in new[] { ("t.\"settled\"", $"{Open} AND t.\"xeroId\" NOT IN (SELECT {LaterId} FROM {Later} later)"), (Settled, TouchedLater) })
        {
            await using var command = await CommandAsync(
                $"""
                SELECT CASE WHEN {IsSummed} THEN COALESCE(t."contactId", '') ELSE '{Own}' || t."xeroId" END, COALESCE(t."dueDate", t."date"), t."amount" - {settled} {from}
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
        var (sums, others, kept) = (new Dictionary<(Guid? Contact, int Age), decimal>(), new HashSet<Guid>(), new HashSet<(Guid? Contact, int Age)>());
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

        foreach (var contact in await CancelledAsync([.. sums.GroupBy(sum => sum.Key.Contact).Where(group => group.All(sum => sum.Value == 0)).Select(group => group.Key)], ct))
        {
            sums.TryAdd((contact, 0), 0);
            kept.Add((contact, 0));
        }

        var open = sums.Where(sum => sum.Value != 0 || kept.Contains(sum.Key)).ToList();
        var names = await ContactNames.OfAsync(db, [.. open.Select(sum => sum.Key.Contact).OfType<Guid>().Distinct()], ct);
        return new OpenWalk(open.ConvertAll(sum => new OpenSum(sum.Key.Contact, names.GetValueOrDefault(sum.Key.Contact ?? Guid.Empty), sum.Key.Age, (isSale ? 1 : -1) * sum.Value)), [.. others]);
    }

    // Open documents that come to nothing together in each age: a sum cannot tell them from none, so those few are read.
    private async Task<IEnumerable<Guid?>> CancelledAsync(List<Guid?> contacts, CancellationToken ct)
    {
        if (contacts.Count == 0)
        {
            return [];
        }

        var theirs = $" AND {IsSummed} AND COALESCE(t.\"contactId\", '') {AmongIds}";
        string[] ids = [.. contacts.Select(contact => contact?.ToString("D") ?? "")];
        var found = await DocumentsAsync(Open + theirs, ct, ids);
        found.AddRange(await DocumentsAsync(ClosedLater + theirs, ct, ids));
        return found.Where(document => document.Row.Amount != document.Settled).Select(document => document.Row.ContactId).Distinct();
    }

    // What all allocations leave of what is open now, over the index that knows it; the days of those allocations make no difference here.
    private string StillOpenSums(OpenAges ages) => $"""
        SELECT COALESCE(t."contactId", ''), '', {Age(ages)}, SUM(t."amount" - t."settled")
        FROM "Transactions" t
        WHERE t."tenantId" = @tenant AND {StillOpen} AND t."date" <= @day AND {IsSummed} AND t."amount" <> t."settled"
        GROUP BY 1, 3
        """;

    // And what counts only after the day, given back. What has been closed since is open by just that; where something of it was never settled it is read
    // like those that cannot be summed, so that nothing is added up by document first.
    private string LaterSums(OpenAges ages) => $"""
        SELECT o."contact", o."own", o."age", SUM(o."open")
        FROM (
            SELECT COALESCE(t."contactId", '') AS "contact", {Age(ages)} AS "age", later."amount" AS "open",
                CASE WHEN {IsSummed} AND (({StillOpen}) OR t."amount" = t."settled") THEN '' ELSE t."xeroId" END AS "own"
            FROM (SELECT a."targetXeroId" AS "id", a."amount" FROM "Allocations" a WHERE a."tenantId" = @tenant AND a."effectiveDate" > @day
                  UNION ALL SELECT a."sourceXeroId", 0 FROM "Allocations" a WHERE a."tenantId" = @tenant AND a."effectiveDate" > @day AND a."sourceKind" <> {(int)DocumentKind.Payment}) later
            {(_isSqlite ? "CROSS JOIN" : "JOIN")} "Transactions" t {(_isSqlite ? "" : "ON TRUE")}
            WHERE t."tenantId" = @tenant AND t."xeroId" = {(_isSqlite ? "lower(later.\"id\")" : "later.\"id\"::text")} AND t."creditXeroId" IS NULL
              AND t."date" <= @day AND t."status" IN ('AUTHORISED', 'PAID') AND {OfKind}) o
        GROUP BY 1, 2, 3
        """;

    // Ranges of the index instead of a look at each open document.
    private string OpenOthers => string.Join(
        " UNION ALL ",
        new[] { $"t.\"type\" = @invoice AND t.\"currencyRate\" < {One}", $"t.\"type\" = @invoice AND t.\"currencyRate\" > {One}", "t.\"type\" = 'CREDIT_NOTE' AND t.\"direction\" = @direction" }
            .Concat(KeepsApart ? [$"t.\"type\" = @invoice AND t.\"currencyRate\" = {One} AND NOT ({IsSummed})"] : [])
            .Select(range => $"""SELECT t."xeroId" FROM "Transactions" t WHERE t."tenantId" = @tenant AND {StillOpen} AND t."date" <= @day AND {range}"""));

    // How many cuts it has reached, the oldest asked first.
    private static string Age(OpenAges ages)
    {
        var agedFrom = ages.FromDueDate ? "COALESCE(t.\"dueDate\", t.\"date\")" : "t.\"date\"";
        var reached = Enumerable.Range(0, ages.Cuts.Count).Reverse().Select(at => $"WHEN {agedFrom} <= @cut{at} THEN {at + 1} ");
        return ages.Cuts.Count == 0 ? "0" : $"CASE {string.Concat(reached)}ELSE 0 END";
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
            var sum = (contact, row.Number(2));
            sums[sum] = sums.GetValueOrDefault(sum) + row.Money(3);
        }
    }
}
