using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Webhooks;

namespace XeroCfo.Data.Webhooks;

internal sealed class WebhookMap : IEntityTypeConfiguration<Webhook>
{
    public void Configure(EntityTypeBuilder<Webhook> builder)
    {
        builder.ToTable("Webhooks");
        builder.Property(webhook => webhook.Id).ValueGeneratedNever();
        builder.Property(webhook => webhook.Event).HasMaxLength(100);
        builder.Property(webhook => webhook.Url).HasMaxLength(255);
        builder.Property(webhook => webhook.Secret).HasMaxLength(255);
        builder.Property(webhook => webhook.IsActive).HasDefaultValue(true);
        builder.HasIndex(webhook => webhook.Event);
        builder.HasIndex(webhook => new { webhook.UserId, webhook.TenantId });
        builder.HasIndex(webhook => webhook.TenantId);
        builder.HasOne<User>().WithMany().HasForeignKey(webhook => webhook.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(webhook => webhook.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class OutboxEventMap : IEntityTypeConfiguration<OutboxEvent>
{
    public void Configure(EntityTypeBuilder<OutboxEvent> builder)
    {
        builder.ToTable("OutboxEvents");
        builder.Property(outbox => outbox.Id).ValueGeneratedNever();
        builder.Property(outbox => outbox.Type).HasMaxLength(100);
        builder.Property(outbox => outbox.Data).IsJson();
        builder.HasIndex(outbox => outbox.TenantId);
        builder.HasIndex(outbox => new { outbox.DispatchedAt, outbox.Id });
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(outbox => outbox.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}
