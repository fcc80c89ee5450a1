using System.Net;
using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Domain.Webhooks;
using XeroCfo.Domain.Webhooks.Deliveries;

namespace XeroCfo.Data.Webhooks;

internal static class WebhookStore
{
    public static IServiceCollection AddWebhookStore(this IServiceCollection services)
    {
        services.AddSingleton<IWebhookRepository, WebhookRepository>();
        services.AddSingleton<IDeliveryRepository, DeliveryRepository>();
        services.AddSingleton<IDeliveryQueue, DeliveryQueue>();
        services.AddSingleton<IWebhookTransport, WebhookTransport>();
        services.AddSingleton<AllowedTargetsNote>();
        services.AddSingleton<ResolveHost>(Dns.GetHostAddressesAsync);
        return services;
    }
}
