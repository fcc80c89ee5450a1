using Microsoft.EntityFrameworkCore;
using XeroCfo.Domain.Ledger;

namespace XeroCfo.Data.Storage;

/// <summary>The tables on PostgreSQL: money is numeric(19,4).</summary>
public sealed class PostgresDb(DbContextOptions<PostgresDb> options) : XeroCfoDb(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<decimal>().HaveColumnType("numeric(19,4)");
        configurationBuilder.Properties<FxRate>().HaveConversion<PostgresRateConverter>().HaveColumnType("numeric(28,12)");
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        JsonColumn.UseJsonb(builder);

        // Ids have no alphabet: the server's language would be asked at each comparison, half of what a lookup costs.
        builder.Entity<Transaction>().Property(row => row.XeroId).UseCollation("C");
        builder.Entity<Transaction>().Property(row => row.ContactId).UseCollation("C");
    }
}
