using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Data.Saving;

/// <summary>Every query over an organisation's rows sees only those of the context's scope.</summary>
internal static class TenantFilter
{
    public static void Apply(ModelBuilder builder, Type entity, XeroCfoDb db)
    {
        var row = Expression.Parameter(entity, "row");
        var context = Expression.Constant(db, typeof(XeroCfoDb));
        var body = Expression.OrElse(
            Expression.Property(context, nameof(XeroCfoDb.IsAcrossTenants)),
            Expression.Equal(
                Expression.Property(row, nameof(ITenantOwned.TenantId)),
                Expression.Property(context, nameof(XeroCfoDb.Scope))));
        builder.Entity(entity).HasQueryFilter(Expression.Lambda(body, row));
    }
}
