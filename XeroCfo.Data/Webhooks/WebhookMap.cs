using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Webhooks;
using XeroCfo.Domain.Webhooks.Deliveries;

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
        builder.Property(webhook => webhook.PreviousSecret).HasMaxLength(255);
        builder.Property(webhook => webhook.DisabledBecause).HasMaxLength(20);
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

internal sealed class WebhookDeliveryMap : IEntityTypeConfiguration<WebhookDelivery>
{
    public void Configure(EntityTypeBuilder<WebhookDelivery> builder)
    {
        builder.ToTable("WebhookDeliveries");
        builder.Property(delivery => delivery.Id).ValueGeneratedNever();
        builder.Property(delivery => delivery.Status).HasMaxLength(20);
        builder.Property(delivery => delivery.Error).HasMaxLength(50);
        builder.Property(delivery => delivery.LeaseOwner).HasMaxLength(100);
        builder.HasIndex(delivery => delivery.TenantId);
        builder.HasIndex(delivery => delivery.EventId);
        builder.HasIndex(delivery => new { delivery.WebhookId, delivery.EventId }).IsUnique();
        builder.HasIndex(delivery => new { delivery.WebhookId, delivery.Id });
        builder.HasIndex(delivery => new { delivery.WebhookId, delivery.Status, delivery.Id });

        // Few wait, however many were sent.
        builder.HasIndex(delivery => new { delivery.WebhookId, delivery.NextAttemptAt }, "IX_WebhookDeliveries_waiting").HasFilter("\"status\" = 'pending'");
        builder.HasOne<Webhook>().WithMany().HasForeignKey(delivery => delivery.WebhookId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<OutboxEvent>().WithMany().HasForeignKey(delivery => delivery.EventId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(delivery => delivery.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class WebhookAttemptMap : IEntityTypeConfiguration<WebhookAttempt>
{
    public void Configure(EntityTypeBuilder<WebhookAttempt> builder)
    {
        builder.ToTable("WebhookAttempts");
        builder.HasKey(attempt => new { attempt.TenantId, attempt.DeliveryId, attempt.Number });
        builder.Property(attempt => attempt.Error).HasMaxLength(50);
        builder.Property(attempt => attempt.Answer).HasMaxLength(WebhookAttempt.AnswerLimit);
        builder.HasIndex(attempt => attempt.DeliveryId);
        builder.HasOne<WebhookDelivery>().WithMany().HasForeignKey(attempt => attempt.DeliveryId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(attempt => attempt.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}
