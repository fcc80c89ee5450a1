using System.CommandLine;
using XeroCfo.Data.Encryption;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Web.Commands;

/// <summary>What can be done to the master key.</summary>
internal sealed class EncryptionVerbs : Command
{
    public EncryptionVerbs()
        : base("encryption", "Look after the encryption key") => Add(new EncryptionRotateVerb());
}

/// <summary>Seals everything anew with the current key, so that earlier ones can be taken away.</summary>
internal sealed class EncryptionRotateVerb : Verb
{
    public EncryptionRotateVerb()
        : base("rotate", "Encrypt tokens and secrets anew with Encryption:Key; afterwards Encryption:PreviousKeys may be removed")
    {
    }

    protected override async Task<Result<Done>> RunAsync(ParseResult parsed, IServiceProvider services, CancellationToken ct)
    {
        var rotated = await services.GetRequiredService<KeyRotation>().RotateAsync(ct);
        if (rotated.Problem is { } refused)
        {
            return refused;
        }

        Console.WriteLine(rotated.Value == 0 ? "Everything is sealed with the current key already." : $"Sealed with the current key now: {rotated.Value} values.");
        return Done.Value;
    }
}
