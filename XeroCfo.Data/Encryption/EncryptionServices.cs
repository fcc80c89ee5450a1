using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Data.Saving;

namespace XeroCfo.Data.Encryption;

internal static class EncryptionServices
{
    /// <summary>The envelope for our own secrets, and ASP.NET's keys wrapped by the same master key.</summary>
    public static IServiceCollection AddEncryption(this IServiceCollection services)
    {
        services.AddSingleton<KeyRing>();
        services.AddSingleton<Envelope>();
        services.AddSingleton<KeyCheck>();
        services.AddSingleton<KeyRotation>();
        services.AddDataProtection().SetApplicationName("XeroCfo");
        services.AddOptions<KeyManagementOptions>().Configure<IDbFactory, Envelope>((options, databases, envelope) =>
        {
            options.XmlRepository = new DataProtectionStore(databases);
            options.XmlEncryptor = new MasterKeyXmlEncryptor(envelope);
        });
        return services;
    }
}
