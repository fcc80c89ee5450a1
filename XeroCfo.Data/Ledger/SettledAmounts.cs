using System.Text.Json;
using XeroCfo.Data.Storage;

namespace XeroCfo.Data.Ledger;

/// <summary>Keeps on each row what allocations settle of it. Written by hand: rows know Xero's id as text, allocations as an id.</summary>
internal static class SettledAmounts
{
    /// <summary>Adds up anew what settles the documents that Xero knows by these ids; rows that say so already are left alone.</summary>
    public static async Task RenewAsync(XeroCfoDb db, IReadOnlyCollection<Guid> documents, CancellationToken ct)
    {
        if (documents.Count == 0)
        {
            return;
        }

        var isSqlite = db is SqliteDb;
        await using var command = RawSql.Command(
            db,
            $"""
            UPDATE "Transactions" SET "settled" = now."amount"
            FROM (
                SELECT t."id", COALESCE((SELECT SUM(s."amount") FROM "Allocations" s WHERE s."tenantId" = @tenant AND s."targetXeroId" = {KeyOf("t", isSqlite)}), 0) AS "amount"
                FROM "Transactions" t WHERE t."tenantId" = @tenant AND t."xeroId" {(isSqlite ? "IN (SELECT value FROM json_each(@ids))" : "= ANY(@ids)")}) now
            WHERE "Transactions"."id" = now."id" AND "Transactions"."settled" <> now."amount"
            """);
        var texts = documents.Select(id => id.ToString("D")).ToArray();
        RawSql.AddParameter(command, "@tenant", db.Scope);
        RawSql.AddParameter(command, "@ids", isSqlite ? JsonSerializer.Serialize(texts) : texts);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>A row's id of Xero as allocations spell it.</summary>
    public static string KeyOf(string row, bool isSqlite) => isSqlite ? $"upper({row}.\"xeroId\")" : $"{row}.\"xeroId\"::uuid";
}
