using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Data.ApiKeys;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Tenants;
using XeroCfo.Data.Users;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Users.Mail;

namespace XeroCfo.Data;

internal static class BankServices
{
    /// <summary>Tenants, users, keys, audit: what every stage leans on.</summary>
    public static IServiceCollection AddBanks(this IServiceCollection services)
    {
        services.AddSingleton<ITenantRepository, TenantRepository>();
        services.AddSingleton<IUserRepository, UserRepository>();
        services.AddSingleton<IMailer, SmtpMailer>();
        services.AddSingleton<ISavedViews, SavedViews>();
        services.AddSingleton<IPasswordCodes, PasswordCodes>();
        services.AddSingleton<IPasswordHasher<User>, BCryptHasher>();
        services.AddScoped(provider => provider.GetRequiredService<IDbFactory>().Create());
        services.AddApiKeyStore();
        return services;
    }
}
