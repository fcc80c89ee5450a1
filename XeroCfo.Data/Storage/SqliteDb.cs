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

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);

        // No trigrams here: a substring is looked for in the index that gives the order, and only rows that have it are read from the table.
        builder.Entity<Transaction>(row =>
        {
            foreach (var index in new[] { nameof(Transaction.Date), nameof(Transaction.AbsoluteAmount) })
            {
                var known = row.Metadata.FindIndex([.. new[] { nameof(Transaction.TenantId), index, nameof(Transaction.Id) }.Select(name => row.Metadata.FindProperty(name)!)])!;
                row.Metadata.RemoveIndex(known);
                row.HasIndex(nameof(Transaction.TenantId), index, nameof(Transaction.Id), nameof(Transaction.SearchText));
            }
        });
    }
}
