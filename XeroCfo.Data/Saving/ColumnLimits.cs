using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Data.Saving;

/// <summary>
/// Refuses text longer than its column and money beyond what both databases hold: SQLite would keep the one and PostgreSQL the
/// other. Services answer careful people before that; only a bug of ours gets here.
/// </summary>
internal sealed class ColumnLimits : SaveChangesInterceptor
{
    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Check(eventData.Context);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Check(eventData.Context);
        return ValueTask.FromResult(result);
    }

    private static void Check(DbContext? context)
    {
        foreach (var entry in context?.ChangeTracker.Entries() ?? [])
        {
            if (entry.State is EntityState.Added or EntityState.Modified)
            {
                foreach (var property in entry.Properties)
                {
                    Check(entry, property);
                }
            }
        }
    }

    private static void Check(EntityEntry entry, PropertyEntry property)
    {
        // The value itself stays out of the message: it may be an amount, a name or a secret.
        if (property.CurrentValue is string text && property.Metadata.GetMaxLength() is { } length && text.Length > length)
        {
            throw new InvalidOperationException($"{entry.Metadata.GetTableName()}.{property.Metadata.GetColumnName()} holds at most {length} characters.");
        }

        if (property.CurrentValue is decimal amount && !MoneyRules.Fits(amount))
        {
            throw new OverflowException($"{entry.Metadata.GetTableName()}.{property.Metadata.GetColumnName()} is an amount too large to be stored.");
        }
    }
}
