using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.Rules;

internal sealed class CategoryRuleMap : IEntityTypeConfiguration<CategoryRule>
{
    public void Configure(EntityTypeBuilder<CategoryRule> builder)
    {
        builder.ToTable("CategoryRules");
        builder.Property(rule => rule.Id).ValueGeneratedNever();
        builder.Property(rule => rule.Pattern).HasMaxLength(255);
        builder.Property(rule => rule.Category).HasMaxLength(100);
        builder.Property(rule => rule.AccountCode).HasMaxLength(50);
        builder.Property(rule => rule.Priority).HasDefaultValue(0);
        builder.Property(rule => rule.IsActive).HasDefaultValue(true);
        builder.Property(rule => rule.Conditions).AsOptionalJson();
        builder.HasIndex(rule => rule.Pattern);
        builder.HasIndex(rule => new { rule.UserId, rule.TenantId });
        builder.HasIndex(rule => rule.TenantId);
        builder.HasOne<User>().WithMany().HasForeignKey(rule => rule.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(rule => rule.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}
