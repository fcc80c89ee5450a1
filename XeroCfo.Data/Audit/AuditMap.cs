using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Audit;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.Audit;

internal sealed class AuditLogMap : IEntityTypeConfiguration<AuditLog>
{
    public void Configure(EntityTypeBuilder<AuditLog> builder)
    {
        // The triggers are made by the migrations; EF must know, because they forbid OUTPUT-like clauses.
        builder.ToTable("AuditLogs", table => table.HasTrigger("AuditLogs_append_only"));
        builder.Property(entry => entry.Id).ValueGeneratedNever();
        builder.Property(entry => entry.Action).HasMaxLength(100);
        builder.Property(entry => entry.Details).IsJson();
        builder.Property(entry => entry.IpAddress).HasMaxLength(45);
        builder.Property(entry => entry.UserAgent).HasMaxLength(255);
        builder.Property(entry => entry.Mac).HasMaxLength(64);
        builder.HasIndex(entry => entry.UserId);
        builder.HasIndex(entry => entry.TenantId);
        builder.HasIndex(entry => entry.Action);
        builder.HasIndex(entry => entry.CreatedAt);
        builder.HasOne<User>().WithMany().HasForeignKey(entry => entry.UserId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(entry => entry.TenantId).OnDelete(DeleteBehavior.SetNull);
    }
}

internal sealed class AuditSealMap : IEntityTypeConfiguration<AuditSeal>
{
    public void Configure(EntityTypeBuilder<AuditSeal> builder)
    {
        builder.ToTable("AuditSeals");
        builder.HasKey(seal => seal.Seq);
        builder.Property(seal => seal.Seq).ValueGeneratedNever();
        builder.Property(seal => seal.Hash).HasMaxLength(64);
        builder.HasIndex(seal => seal.AuditLogId).IsUnique();
        builder.HasOne<AuditLog>().WithMany().HasForeignKey(seal => seal.AuditLogId).OnDelete(DeleteBehavior.Restrict);
    }
}
