using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules;

namespace XeroCfo.Data.Rules;

/// <summary>One document's change.</summary>
internal sealed record CategoryChange(Guid TransactionId, CategoryState Before, CategoryState After);

/// <summary>
/// Writes many different changes at once, past the change tracker: a statement of its own for each category would make a run of a thousand rules slow.
/// What documents had is noted with each, so that it can be taken back.
/// </summary>
internal static class CategoryWriter
{
    public static async Task WriteAsync(XeroCfoDb db, CategoryUndo undo, IReadOnlyList<CategoryChange> changes, DateTime now, CancellationToken ct)
    {
        if (changes.Count == 0)
        {
            return;
        }

        await (db is SqliteDb ? UpdateSqliteAsync(db, changes, now, ct) : UpdatePostgresAsync(db, changes, now, ct));
        await CategoryTables.UndoRows.WriteAsync(db, [.. changes.Select(change => Note(undo, change))], ct);
    }

    public static CategoryUndoRow Note(CategoryUndo undo, CategoryChange change) => new()
    {
        TenantId = undo.TenantId,
        UndoId = undo.Id,
        TransactionId = change.TransactionId,
        Category = change.Before.Category,
        CategorySource = change.Before.Source,
        CategoryRuleId = change.Before.RuleId,
        OwnAccountCode = change.Before.OwnAccountCode,
        AccountCode = change.Before.AccountCode,
        NewCategory = change.After.Category,
        NewCategorySource = change.After.Source,
        NewOwnAccountCode = change.After.OwnAccountCode,
    };

    private static string Assignments(string from) => $"""
        "category" = {from}category, "categorySource" = {from}source, "categoryRuleId" = {from}rule, "ownAccountCode" = {from}own, "accountCode" = {from}code, "lockedByPerson" = {from}locked, "updatedAt" = @now
        """;

    private static async Task UpdateSqliteAsync(XeroCfoDb db, IReadOnlyList<CategoryChange> changes, DateTime now, CancellationToken ct)
    {
        await using var command = RawSql.Command(db, $"UPDATE \"Transactions\" SET {Assignments("@")} WHERE \"id\" = @id AND \"tenantId\" = @tenant");
        RawSql.AddParameter(command, "@now", Instants.Cut(now));
        RawSql.AddParameter(command, "@tenant", db.Scope);
        var names = new[] { "@id", "@category", "@source", "@rule", "@own", "@code", "@locked" };
        var parameters = Array.ConvertAll(names, name => RawSql.AddParameter(command, name, null));
        await command.PrepareAsync(ct);
        foreach (var (id, _, after) in changes)
        {
            object?[] values = [id, after.Category, after.Source, after.RuleId, after.OwnAccountCode, after.AccountCode, after.LockedByPerson];
            for (var i = 0; i < values.Length; i++)
            {
                parameters[i].Value = values[i] ?? DBNull.Value;
            }

            await command.ExecuteNonQueryAsync(ct);
        }
    }

    private static async Task UpdatePostgresAsync(XeroCfoDb db, IReadOnlyList<CategoryChange> changes, DateTime now, CancellationToken ct)
    {
        await using var command = RawSql.Command(db, $"""
            UPDATE "Transactions" AS t SET {Assignments("u.")}
            FROM unnest(@id, @category, @source, @rule, @own, @code, @locked) AS u(id, category, source, rule, own, code, locked)
            WHERE t."id" = u.id AND t."tenantId" = @tenant
            """);
        RawSql.AddParameter(command, "@now", Instants.Cut(now));
        RawSql.AddParameter(command, "@tenant", db.Scope);
        RawSql.AddParameter(command, "@id", changes.Select(change => change.TransactionId).ToArray());
        RawSql.AddParameter(command, "@category", changes.Select(change => change.After.Category).ToArray());
        RawSql.AddParameter(command, "@source", changes.Select(change => change.After.Source).ToArray());
        RawSql.AddParameter(command, "@rule", changes.Select(change => change.After.RuleId).ToArray());
        RawSql.AddParameter(command, "@own", changes.Select(change => change.After.OwnAccountCode).ToArray());
        RawSql.AddParameter(command, "@code", changes.Select(change => change.After.AccountCode).ToArray());
        RawSql.AddParameter(command, "@locked", changes.Select(change => change.After.LockedByPerson).ToArray());
        await command.ExecuteNonQueryAsync(ct);
    }
}
