using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Reports.Schedules;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.Reports.Schedules;

internal sealed class ReportScheduleMap : IEntityTypeConfiguration<ReportSchedule>
{
    public void Configure(EntityTypeBuilder<ReportSchedule> builder)
    {
        builder.ToTable("ReportSchedules");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Name).HasMaxLength(ReportService.NameLimit);
        builder.Property(row => row.Type).HasMaxLength(50);
        builder.Property(row => row.Period).HasMaxLength(20);
        builder.Property(row => row.Parameters).IsJson();
        builder.Property(row => row.Cron).HasMaxLength(ReportSchedule.CronLimit);
        builder.Property(row => row.MailAs).HasMaxLength(10);
        builder.Property(row => row.Recipients).AsJson();
        builder.HasIndex(row => new { row.TenantId, row.Id });
        builder.HasIndex(row => row.NextRunAt);
        builder.HasIndex(row => row.UserId);
        builder.HasOne<User>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(row => row.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ScheduleRunMap : IEntityTypeConfiguration<ScheduleRun>
{
    public void Configure(EntityTypeBuilder<ScheduleRun> builder)
    {
        builder.ToTable("ScheduleRuns");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Status).HasMaxLength(20);
        builder.Property(row => row.LeaseOwner).HasMaxLength(255);
        builder.Property(row => row.MailStatus).HasMaxLength(20);
        builder.Property(row => row.ErrorCode).HasMaxLength(100);
        builder.Property(row => row.ErrorMessage).HasMaxLength(1000);

        // Whichever node is first has the due time; by hand it may run at any.
        builder.HasIndex(row => new { row.TenantId, row.ScheduleId, row.DueAt }).IsUnique().HasFilter("NOT \"byHand\"");
        builder.HasIndex(row => new { row.TenantId, row.ScheduleId, row.Id });
        builder.HasIndex(row => row.ScheduleId);
        builder.HasIndex(row => row.ReportId);
        builder.HasIndex(row => new { row.Status, row.Id });
        builder.HasOne<ReportSchedule>().WithMany().HasForeignKey(row => row.ScheduleId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Report>().WithMany().HasForeignKey(row => row.ReportId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(row => row.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}
