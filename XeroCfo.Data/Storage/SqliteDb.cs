using Microsoft.EntityFrameworkCore;
using XeroCfo.Domain.Ledger;

namespace XeroCfo.Data.Storage;

/// <summary>The tables on SQLite: money is whole ten-thousandths, so that sums and sorts are exact and fast.</summary>
public sealed class SqliteDb(DbContextOptions<SqliteDb> options) : XeroCfoDb(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<decimal>().HaveConversion<SqliteMoneyConverter>().HaveColumnType("INTEGER");
        configurationBuilder.Properties<FxRate>().HaveConversion<SqliteRateConverter>().HaveColumnType("TEXT");
    }
}
