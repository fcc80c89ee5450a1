using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Data.Saving;

/// <summary>Sets createdAt and updatedAt on every save; callers never do.</summary>
internal sealed class Timestamps(TimeProvider clock) : SaveChangesInterceptor
{
    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Stamp(eventData.Context);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Stamp(eventData.Context);
        return ValueTask.FromResult(result);
    }

    private void Stamp(DbContext? context)
    {
        if (context is null)
        {
            return;
        }

        var now = clock.UtcNow();
        foreach (var entry in context.ChangeTracker.Entries())
        {
            if (entry.State == EntityState.Added)
            {
                Set(entry, "CreatedAt", now);
                Set(entry, "UpdatedAt", now);
            }
            else if (entry.State == EntityState.Modified)
            {
                Set(entry, "UpdatedAt", now);
                if (entry.Metadata.FindProperty("CreatedAt") is not null)
                {
                    entry.Property("CreatedAt").IsModified = false;
                }
            }
        }
    }

    private static void Set(EntityEntry entry, string property, DateTime now)
    {
        if (entry.Metadata.FindProperty(property) is { ClrType: var type } && type == typeof(DateTime))
        {
            entry.Property(property).CurrentValue = now;
        }
    }
}
