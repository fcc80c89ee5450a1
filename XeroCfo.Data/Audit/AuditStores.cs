using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Domain.Audit;

namespace XeroCfo.Data.Audit;

internal static class AuditStores
{
    public static IServiceCollection AddAuditTrail(this IServiceCollection services) =>
        services.AddSingleton<AuditKey>().AddSingleton<AuditAnchorNote>().AddSingleton<IAuditTrail, AuditTrail>().AddSingleton<IAuditChain, AuditChain>();
}
