using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using XeroCfo.Domain.Backups;

namespace XeroCfo.Data.Backups;

internal sealed class BackupRunMap : IEntityTypeConfiguration<BackupRun>
{
    public void Configure(EntityTypeBuilder<BackupRun> builder)
    {
        builder.ToTable("BackupRuns");
        builder.Property(run => run.Id).ValueGeneratedNever();
        builder.Property(run => run.Status).HasMaxLength(20);
        builder.Property(run => run.Trigger).HasMaxLength(20);
        builder.Property(run => run.By).HasMaxLength(255);
        builder.Property(run => run.FileName).HasMaxLength(255);
        builder.Property(run => run.Node).HasMaxLength(255);
        builder.Property(run => run.ErrorCode).HasMaxLength(100);
        builder.Property(run => run.ErrorMessage).HasMaxLength(1000);
        builder.Property(run => run.LeaseOwner).HasMaxLength(100);
        builder.HasIndex(run => new { run.Trigger, run.CreatedAt });

        // At most one is open, whatever several nodes ask for at once.
        builder.HasIndex(run => run.Status).HasDatabaseName("UX_BackupRuns_queued").IsUnique().HasFilter("\"status\" = 'queued'");
        builder.HasIndex(run => run.Status, "UX_BackupRuns_running").IsUnique().HasFilter("\"status\" = 'running'");
    }
}
