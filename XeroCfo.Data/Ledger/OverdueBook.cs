using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Webhooks;

namespace XeroCfo.Data.Ledger;

internal sealed class OverdueBook(IDbFactory factory) : IOverdueBook
{
    private const string WhereOverdue = $"""
        WHERE t."tenantId" = @tenant AND {OpenDocumentQuery.StillOpen} AND t."type" = '{TransactionTypes.Invoice}' AND t."dueDate" < @today
          AND (t."overdueToldFor" IS NULL OR t."overdueToldFor" <> t."dueDate")
        """;

    public async Task<int> TellAsync(TenantId tenant, DateOnly today, DateOnly since, CancellationToken ct)
    {
        await using (var db = factory.For(tenant))
        {
            if (!await AnyAsync(db, today, ct))
            {
                return 0;
            }
        }

        await using var work = await UnitOfWork.BeginAsync(factory, Caller.Worker, tenant, ct);
        await work.Db.LockOrganisationAsync(tenant.Value, ct);
        var news = await NewsAsync(work.Db, today, since, ct);
        await MarkAsync(work.Db, today, ct);

        // Each one is named: a reminder needs all of them.
        foreach (var ids in news.Chunk(OutboxEvent.MostIds))
        {
            work.Announce(WebhookEvents.InvoiceOverdue, $"transactions?type={TransactionTypes.Invoice}&status=AUTHORISED", ids.Cast<object>(), ("invoices", ids.Length));
        }

        await work.CommitAsync(ct);
        return news.Count;
    }

    private static async Task<bool> AnyAsync(XeroCfoDb db, DateOnly today, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        await using var command = Command(db, $"SELECT 1 FROM \"Transactions\" t {WhereOverdue} LIMIT 1", today);
        return await command.ExecuteScalarAsync(ct) is not null;
    }

    // Only of those that are told: after a first load what fell due long ago is a fifth of all documents.
    private static async Task<List<Guid>> NewsAsync(XeroCfoDb db, DateOnly today, DateOnly since, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        await using var command = Command(db, $"SELECT t.\"id\" FROM \"Transactions\" t {WhereOverdue} AND t.\"dueDate\" >= @since ORDER BY t.\"dueDate\", t.\"id\"", today);
        RawSql.AddParameter(command, "@since", since);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var row = new StoredRow(reader, db is SqliteDb);
        var found = new List<Guid>();
        while (await reader.ReadAsync(ct))
        {
            found.Add(row.Id(0));
        }

        return found;
    }

    // In one statement: by ids it would walk over all documents for each list of them.
    private static async Task MarkAsync(XeroCfoDb db, DateOnly today, CancellationToken ct)
    {
        await using var command = Command(db, $"UPDATE \"Transactions\" AS t SET \"overdueToldFor\" = \"dueDate\" {WhereOverdue}", today);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(ct);
    }

    private static DbCommand Command(XeroCfoDb db, string sql, DateOnly today)
    {
        var command = RawSql.Command(db, sql);
        RawSql.AddParameter(command, "@tenant", db.Scope);
        RawSql.AddParameter(command, "@today", today);
        return command;
    }
}
