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
            if ((await OverdueAsync(db, today, ct)).Count == 0)
            {
                return 0;
            }
        }

        await using var work = await UnitOfWork.BeginAsync(factory, Caller.Worker, tenant, ct);
        await work.Db.LockOrganisationAsync(tenant.Value, ct);
        var overdue = await OverdueAsync(work.Db, today, ct);
        await MarkAsync(work.Db, today, ct);

        // Each one is named: a reminder needs all of them.
        var news = overdue.FindAll(invoice => invoice.DueDate >= since);
        foreach (var ids in news.Select(invoice => invoice.Id).Chunk(OutboxEvent.MostIds))
        {
            work.Announce(WebhookEvents.InvoiceOverdue, $"transactions?type={TransactionTypes.Invoice}&status=AUTHORISED", ids.Cast<object>(), ("invoices", ids.Length));
        }

        await work.CommitAsync(ct);
        return news.Count;
    }

    private static async Task<List<(Guid Id, DateOnly DueDate)>> OverdueAsync(XeroCfoDb db, DateOnly today, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        await using var command = Command(db, $"SELECT t.\"id\", t.\"dueDate\" FROM \"Transactions\" t {WhereOverdue} ORDER BY t.\"dueDate\", t.\"id\"", today);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var row = new StoredRow(reader, db is SqliteDb);
        var found = new List<(Guid, DateOnly)>();
        while (await reader.ReadAsync(ct))
        {
            found.Add((row.Id(0), row.Day(1)));
        }

        return found;
    }

    // In one statement: after a first load they are a fifth of all.
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
