using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Xero;

internal sealed class XeroTokenMap : IEntityTypeConfiguration<XeroToken>
{
    public void Configure(EntityTypeBuilder<XeroToken> builder)
    {
        builder.ToTable("XeroTokens");
        builder.Property(token => token.Id).ValueGeneratedNever();
        builder.Property(token => token.Scopes).HasMaxLength(2000);
        builder.Property(token => token.BrokenBecause).HasMaxLength(500);
        builder.HasIndex(token => new { token.UserId, token.TenantId }).IsUnique();
        builder.HasIndex(token => token.TenantId);
        builder.HasIndex(token => token.GrantId);
        builder.HasOne<User>().WithMany().HasForeignKey(token => token.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(token => token.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}
