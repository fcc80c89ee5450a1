using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using XeroCfo.Domain.Audit;

namespace XeroCfo.Data.Audit;

/// <summary>Marks each new entry of the audit trail. It runs after the timestamps, which are part of what is marked.</summary>
internal sealed class AuditMarks(AuditKey key) : SaveChangesInterceptor
{
    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Mark(eventData.Context);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Mark(eventData.Context);
        return ValueTask.FromResult(result);
    }

    private void Mark(DbContext? context)
    {
        foreach (var entry in context?.ChangeTracker.Entries<AuditLog>() ?? [])
        {
            if (entry.State == EntityState.Added)
            {
                entry.Property(log => log.Mac).CurrentValue = key.MarkOf(entry.Entity);
            }
        }
    }
}
