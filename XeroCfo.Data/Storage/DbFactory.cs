using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using XeroCfo.Data.Audit;
using XeroCfo.Data.Saving;

namespace XeroCfo.Data.Storage;

/// <summary>
/// Makes contexts of the configured database. EF's own factory is not covariant, and a pooled context would carry a scope over
/// from one organisation to the next, so contexts are made anew.
/// </summary>
public sealed class DbFactory : IDbFactory
{
    private readonly Func<XeroCfoDb> _create;

    /// <param name="options">Which database.</param>
    /// <param name="clock">What stamps rows.</param>
    /// <param name="auditKey">What marks entries of the audit trail; null: nothing does.</param>
    public DbFactory(DatabaseOptions options, TimeProvider clock, AuditKey? auditKey = null)
    {
        IInterceptor[] interceptors = [new Timestamps(clock), new AuditMarks(auditKey ?? new AuditKey()), new TenantGuard(), new ColumnLimits(), MoneyGuard.Instance];
        if (options.IsSqlite)
        {
            var built = SqliteSetup.Options(options, interceptors);
            _create = () => new SqliteDb(built);
        }
        else
        {
            var built = PostgresSetup.Options(options, interceptors);
            _create = () => new PostgresDb(built);
        }
    }

    public XeroCfoDb Create() => _create();
}
