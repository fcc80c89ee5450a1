using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Storage;

namespace XeroCfo.Data.Ledger;

/// <summary>What contacts are called: as Xero lists them now, else as the newest of their documents says.</summary>
internal static class ContactNames
{
    public static async Task<Dictionary<Guid, string>> OfAsync(XeroCfoDb db, IReadOnlyCollection<Guid> contacts, CancellationToken ct)
    {
        var ids = contacts.ToList();
        var names = await db.Contacts.AsNoTracking().Where(contact => EF.Parameter(ids).Contains(contact.ContactId)).ToDictionaryAsync(contact => contact.ContactId, contact => contact.Name, ct);
        await AddStrangeAsync(db, names, ids.FindAll(id => !names.ContainsKey(id)), ct);
        return names;
    }

    // The newest document of each out of one index: to read all of them would cost more than what asks for the names.
    private static async Task AddStrangeAsync(XeroCfoDb db, Dictionary<Guid, string> names, List<Guid> contacts, CancellationToken ct)
    {
        if (contacts.Count == 0)
        {
            return;
        }

        await db.Database.OpenConnectionAsync(ct);
        var isSqlite = db is SqliteDb;
        var id = isSqlite ? "value" : "id";
        await using var command = RawSql.Command(
            db,
            $"""
            SELECT c.{id}, COALESCE((SELECT t."contactName" FROM "Transactions" t
                WHERE t."tenantId" = @tenant AND t."contactId" = c.{id} AND t."contactName" IS NOT NULL ORDER BY t."date" DESC LIMIT 1), '')
            FROM {(isSqlite ? "json_each(@ids) c" : "unnest(@ids) AS c(id)")}
            """);
        var texts = contacts.Select(contact => contact.ToString("D")).ToArray();
        RawSql.AddParameter(command, "@tenant", db.Scope);
        RawSql.AddParameter(command, "@ids", isSqlite ? JsonSerializer.Serialize(texts) : texts);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            if (reader.GetString(1) is { Length: > 0 } said)
            {
                names[Guid.Parse(reader.GetString(0))] = said;
            }
        }
    }
}
