using Microsoft.Extensions.DependencyInjection;

namespace XeroCfo.Domain.Audit;

internal static class AuditServices
{
    public static IServiceCollection AddAudit(this IServiceCollection services) => services.AddSingleton<AuditService>().AddSingleton<AuditNotes>();
}
