using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Data.Saving;

namespace XeroCfo.Data.Encryption;

/// <summary>ASP.NET's cookie and antiforgery keys live in the database, so that every node and every restart has the same ones.</summary>
internal sealed class DataProtectionStore(IDbFactory databases) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = databases.Create();
        return [.. db.DataProtectionKeys.AsNoTracking().Select(key => key.Xml).AsEnumerable().OfType<string>().Select(xml => XElement.Parse(xml))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var db = databases.Create();
        db.DataProtectionKeys.Add(new DataProtectionKey { FriendlyName = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        db.SaveChanges();
    }
}

/// <summary>Wraps those keys with the master key.</summary>
internal sealed class MasterKeyXmlEncryptor(Envelope envelope) : IXmlEncryptor
{
    internal static readonly SealedFor Use = new("data protection key");

    public EncryptedXmlInfo Encrypt(XElement plaintextElement) => new(
        new XElement("sealedKey", envelope.Seal(plaintextElement.ToString(SaveOptions.DisableFormatting), Use)),
        typeof(MasterKeyXmlDecryptor));
}

/// <summary>Unwraps them. Data Protection finds it by the name stored beside the key, and makes it from the service provider.</summary>
public sealed class MasterKeyXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) =>
        XElement.Parse(services.GetRequiredService<Envelope>().Open(encryptedElement.Value, MasterKeyXmlEncryptor.Use));
}
