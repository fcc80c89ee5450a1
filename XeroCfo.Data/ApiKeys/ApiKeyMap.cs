using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.ApiKeys;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.ApiKeys;

internal sealed class ApiKeyMap : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.ToTable("ApiKeys");
        builder.Property(key => key.Id).ValueGeneratedNever();
        builder.Property(key => key.Name).HasMaxLength(255);
        builder.Property(key => key.KeyHash).HasColumnName("key").HasMaxLength(255);
        builder.Property(key => key.Prefix).HasMaxLength(20);
        builder.Property(key => key.Permissions).AsJson();
        builder.Property(key => key.Addresses).AsOptionalJson();
        builder.Property(key => key.CreatedBy).HasMaxLength(255);
        builder.Property(key => key.RevokedBy).HasMaxLength(255);
        builder.Property(key => key.LastUsedAddress).HasMaxLength(45);
        builder.Property(key => key.LastUsedRoute).HasMaxLength(255);
        builder.Property(key => key.PreviousKeyHash).HasColumnName("previousKey").HasMaxLength(255);
        builder.HasIndex(key => key.KeyHash).IsUnique();
        builder.HasIndex(key => key.PreviousKeyHash).IsUnique();
        builder.HasIndex(key => key.UserId);
        builder.HasOne<User>().WithMany().HasForeignKey(key => key.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ApiKeyTenantMap : IEntityTypeConfiguration<ApiKeyTenant>
{
    public void Configure(EntityTypeBuilder<ApiKeyTenant> builder)
    {
        builder.ToTable("ApiKeyTenants");
        builder.HasKey(limit => new { limit.ApiKeyId, limit.TenantId });
        builder.HasIndex(limit => limit.TenantId);
        builder.HasOne<ApiKey>().WithMany().HasForeignKey(limit => limit.ApiKeyId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(limit => limit.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ApiKeyUseMap : IEntityTypeConfiguration<ApiKeyUse>
{
    public void Configure(EntityTypeBuilder<ApiKeyUse> builder)
    {
        builder.ToTable("ApiKeyUses");
        builder.HasKey(use => new { use.ApiKeyId, use.Permission });
        builder.Property(use => use.Permission).HasMaxLength(50);
        builder.HasOne<ApiKey>().WithMany().HasForeignKey(use => use.ApiKeyId).OnDelete(DeleteBehavior.Cascade);
    }
}
