using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.Tenants;

internal sealed class XeroTenantMap : IEntityTypeConfiguration<XeroTenant>
{
    public void Configure(EntityTypeBuilder<XeroTenant> builder)
    {
        builder.ToTable("XeroTenants");
        builder.Property(tenant => tenant.Id).ValueGeneratedNever();
        builder.Property(tenant => tenant.XeroTenantId).HasColumnName("tenantId").HasMaxLength(255);
        builder.Property(tenant => tenant.Name).HasColumnName("tenantName").HasMaxLength(255);
        builder.Property(tenant => tenant.Type).HasColumnName("tenantType").HasMaxLength(50);
        builder.Property(tenant => tenant.BaseCurrency).HasMaxLength(3);
        builder.Property(tenant => tenant.CountryCode).HasMaxLength(20);
        builder.Property(tenant => tenant.TimeZone).HasMaxLength(100);
        builder.Property(tenant => tenant.ShortCode).HasMaxLength(50);
        builder.Property(tenant => tenant.SalesTaxBasis).HasMaxLength(30);
        builder.Property(tenant => tenant.SalesTaxPeriod).HasMaxLength(30);
        builder.Property(tenant => tenant.Connection).HasMaxLength(30);
        builder.Property(tenant => tenant.ConnectionDetail).HasMaxLength(500);
        builder.Property(tenant => tenant.DaysAhead).HasDefaultValue(0);
        builder.HasIndex(tenant => tenant.XeroTenantId).IsUnique();
        builder.Ignore(tenant => tenant.FinancialYear).Ignore(tenant => tenant.IsDemo).Ignore(tenant => tenant.HasBooks);
    }
}

internal sealed class UserTenantMap : IEntityTypeConfiguration<UserTenant>
{
    public void Configure(EntityTypeBuilder<UserTenant> builder)
    {
        builder.ToTable("UserTenants");
        builder.Property(grant => grant.Id).ValueGeneratedNever();
        builder.Property(grant => grant.IsActive).HasDefaultValue(false);
        builder.Property(grant => grant.IsHidden).HasDefaultValue(false);
        builder.HasIndex(grant => new { grant.UserId, grant.TenantId }).IsUnique();
        builder.HasIndex(grant => grant.UserId).HasDatabaseName("UX_UserTenants_active").IsUnique().HasFilter("\"isActive\"");
        builder.HasIndex(grant => grant.TenantId);
        builder.HasOne<User>().WithMany().HasForeignKey(grant => grant.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(grant => grant.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}
