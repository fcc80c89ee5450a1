using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Data.Saving;

/// <summary>
/// Every query over an organisation's rows sees only those of the context's scope. A context across organisations has a model of its own
/// without the filter: one filter with "or" for both would keep the databases from using their indexes.
/// </summary>
internal static class TenantFilter
{
    public static void Apply(ModelBuilder builder, XeroCfoDb db)
    {
        foreach (var entity in builder.Model.GetEntityTypes().Where(entity => typeof(ITenantOwned).IsAssignableFrom(entity.ClrType)))
        {
            var row = Expression.Parameter(entity.ClrType, "row");
            var body = Expression.Equal(
                Expression.Property(row, nameof(ITenantOwned.TenantId)),
                Expression.Property(Expression.Constant(db, typeof(XeroCfoDb)), nameof(XeroCfoDb.Scope)));
            builder.Entity(entity.ClrType).HasQueryFilter(Expression.Lambda(body, row));
        }
    }
}

/// <summary>Keeps the two models apart.</summary>
internal sealed class ScopedModels : IModelCacheKeyFactory
{
    public object Create(DbContext context, bool designTime) => (context.GetType(), (context as XeroCfoDb)?.IsAcrossTenants, designTime);
}
