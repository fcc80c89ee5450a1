using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Xero;

internal sealed class XeroCallWindowMap : IEntityTypeConfiguration<XeroCallWindow>
{
    public void Configure(EntityTypeBuilder<XeroCallWindow> builder)
    {
        builder.ToTable("XeroCallWindows");
        builder.HasKey(window => window.TenantId);
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(window => window.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class XeroCallMap : IEntityTypeConfiguration<XeroCall>
{
    public void Configure(EntityTypeBuilder<XeroCall> builder)
    {
        builder.ToTable("XeroCalls");
        builder.Property(call => call.Id).ValueGeneratedNever();
        builder.Property(call => call.Purpose).HasMaxLength(20);
        builder.HasIndex(call => new { call.TenantId, call.At });
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(call => call.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}
