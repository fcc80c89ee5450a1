using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using XeroCfo.Domain.Webhooks.Deliveries;
using XeroCfo.Domain.Webhooks.Targets;

namespace XeroCfo.Domain.Webhooks;

internal static class WebhookServices
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.TryAddSingleton<WebhookOptions>();
        services.AddSingleton<TargetGuard>();
        services.AddSingleton<WebhookService>();
        services.AddSingleton<DeliveryService>();
        services.AddSingleton<DeliverySender>();
        return services;
    }
}
