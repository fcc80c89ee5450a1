using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.Reports;

internal sealed class ReportMap : IEntityTypeConfiguration<Report>
{
    public void Configure(EntityTypeBuilder<Report> builder)
    {
        builder.ToTable("Reports");
        builder.Property(report => report.Id).ValueGeneratedNever();
        builder.Property(report => report.Type).HasMaxLength(50);
        builder.Property(report => report.Name).HasMaxLength(255);
        builder.Property(report => report.Parameters).IsJson();
        builder.Property(report => report.Data).IsJson();
        builder.HasIndex(report => new { report.TenantId, report.Type });
        builder.HasIndex(report => report.UserId);
        builder.HasIndex(report => report.CreatedAt);
        builder.HasOne<User>().WithMany().HasForeignKey(report => report.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(report => report.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}
