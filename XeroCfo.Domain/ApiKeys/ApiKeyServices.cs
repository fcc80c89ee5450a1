using Microsoft.Extensions.DependencyInjection;

namespace XeroCfo.Domain.ApiKeys;

internal static class ApiKeyServices
{
    public static IServiceCollection AddApiKeys(this IServiceCollection services) => services.AddSingleton<ApiKeyService>();
}
