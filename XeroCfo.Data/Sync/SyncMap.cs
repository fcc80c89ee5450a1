using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Data.Sync;

internal sealed class SyncRunMap : IEntityTypeConfiguration<SyncRun>
{
    public void Configure(EntityTypeBuilder<SyncRun> builder)
    {
        builder.ToTable("SyncRuns");
        builder.Property(run => run.Id).ValueGeneratedNever();
        builder.Property(run => run.Status).HasMaxLength(20);
        builder.Property(run => run.Trigger).HasMaxLength(20);
        builder.Property(run => run.Step).HasMaxLength(200);
        builder.Property(run => run.Counts).AsJson();
        builder.Property(run => run.MovedMonths).AsJson();
        builder.Property(run => run.ErrorCode).HasMaxLength(100);
        builder.Property(run => run.ErrorMessage).HasMaxLength(1000);
        builder.Property(run => run.LeaseOwner).HasMaxLength(100);
        builder.HasIndex(run => new { run.TenantId, run.Id });
        builder.HasIndex(run => run.Status);

        // At most one run of an organisation is queued or running, whatever several processes try at once.
        builder.HasIndex(run => run.TenantId).HasDatabaseName("UX_SyncRuns_open").IsUnique().HasFilter("\"status\" IN ('queued', 'running')");
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(run => run.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class SyncIssueMap : IEntityTypeConfiguration<SyncIssue>
{
    public void Configure(EntityTypeBuilder<SyncIssue> builder)
    {
        builder.ToTable("SyncIssues");
        builder.Property(issue => issue.Kind).HasMaxLength(50);
        builder.Property(issue => issue.XeroId).HasMaxLength(255);
        builder.Property(issue => issue.Code).HasMaxLength(100);
        builder.Property(issue => issue.Message).HasMaxLength(1000);
        builder.HasIndex(issue => new { issue.TenantId, issue.RunId });
        builder.HasIndex(issue => issue.RunId);
        builder.HasOne<SyncRun>().WithMany().HasForeignKey(issue => issue.RunId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class SyncCursorMap : IEntityTypeConfiguration<SyncCursor>
{
    public void Configure(EntityTypeBuilder<SyncCursor> builder)
    {
        builder.ToTable("SyncCursors");
        builder.HasKey(cursor => new { cursor.TenantId, cursor.Endpoint });
        builder.Property(cursor => cursor.Endpoint).HasMaxLength(50);
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(cursor => cursor.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}
