using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Ledger.Contacts;

/// <summary>
/// How late each customer paid, from all payments of a year in one statement. Written by hand: there are as many as a tenth of all documents,
/// rows know Xero's id as text where allocations know it as an id, and no payment needs to become an object.
/// </summary>
internal sealed class DaysLateQuery(XeroCfoDb db, DateOnly from, DateOnly to)
{
    private readonly bool _isSqlite = db is SqliteDb;

    private string Sql => $"""
        SELECT t."contactId", COALESCE(t."dueDate", t."date"), a."date", a."amount", t."currencyRate"
        FROM "Allocations" a {(_isSqlite ? "CROSS JOIN" : "JOIN")} "Transactions" t {(_isSqlite ? "" : "ON TRUE")}
        WHERE a."tenantId" = @tenant AND a."effectiveDate" >= @from AND a."date" >= @from AND a."date" <= @to AND a."sourceKind" = {(int)DocumentKind.Payment}
          AND t."tenantId" = @tenant AND t."xeroId" = {(_isSqlite ? "lower(a.\"targetXeroId\")" : "a.\"targetXeroId\"::text")} AND t."type" = '{TransactionTypes.Invoice}' AND t."contactId" IS NOT NULL
        """;

    /// <summary>The mean weighted by amount, by contact; nobody who paid nothing.</summary>
    public async Task<IReadOnlyDictionary<Guid, decimal>> RunAsync(CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        await using var command = RawSql.Command(db, Sql);
        RawSql.AddParameter(command, "@tenant", db.Scope);
        RawSql.AddParameter(command, "@from", from);
        RawSql.AddParameter(command, "@to", to);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var row = new StoredRow(reader, _isSqlite);
        var sums = new Dictionary<string, (decimal Weight, decimal Days)>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct))
        {
            var (contact, due, paid, rate) = (row.Word(0), row.Day(1), row.Day(2), row.Rate(4));
            var amount = rate == FxRate.One ? row.Money(3) : rate.ToBase(row.Money(3));
            var (weight, days) = sums.GetValueOrDefault(contact);
            sums[contact] = (weight + amount, days + (amount * (paid.DayNumber - due.DayNumber)));
        }

        return sums.Where(sum => sum.Value.Weight != 0).ToDictionary(sum => Guid.Parse(sum.Key), sum => sum.Value.Days / sum.Value.Weight);
    }
}
