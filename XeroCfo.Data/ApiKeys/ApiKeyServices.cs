using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Domain.ApiKeys;

namespace XeroCfo.Data.ApiKeys;

internal static class ApiKeyServices
{
    public static IServiceCollection AddApiKeyStore(this IServiceCollection services) =>
        services.AddSingleton<ApiKeyUseBook>().AddSingleton<IApiKeyRepository, ApiKeyRepository>();
}
