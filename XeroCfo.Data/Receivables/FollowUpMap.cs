using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using XeroCfo.Domain.Receivables;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.Receivables;

internal sealed class InvoiceFollowUpMap : IEntityTypeConfiguration<InvoiceFollowUp>
{
    public void Configure(EntityTypeBuilder<InvoiceFollowUp> builder)
    {
        builder.ToTable("InvoiceFollowUps");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.DisputeReason).HasMaxLength(InvoiceFollowUp.ReasonLimit);
        builder.HasIndex(row => new { row.TenantId, row.InvoiceXeroId }).IsUnique();
        builder.HasIndex(row => row.UserId);
        builder.HasOne<User>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(row => row.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class NextActionMap : IEntityTypeConfiguration<NextAction>
{
    public void Configure(EntityTypeBuilder<NextAction> builder)
    {
        builder.ToTable("NextActions");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Text).HasMaxLength(NextAction.TextLimit);
        builder.HasIndex(row => new { row.TenantId, row.ContactId }).IsUnique();
        builder.HasIndex(row => row.UserId);
        builder.HasOne<User>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(row => row.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}
