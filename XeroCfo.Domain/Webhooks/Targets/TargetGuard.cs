using System.Net;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Webhooks.Targets;

/// <summary>
/// Which addresses that people give us may be called. What is saved is checked by <see cref="Check"/>; what counts is
/// <see cref="MayConnect"/>, asked with the address that a name stands for at the moment of the connection. Pure.
/// </summary>
public sealed class TargetGuard(WebhookOptions options)
{
    /// <summary>Not the public internet, or a way round to what is not.</summary>
    private static readonly IPNetwork[] Private = Networks(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4",
        "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/32", "2002::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8");

    /// <summary>Where clouds tell a machine its secrets; no setting opens these.</summary>
    private static readonly IPNetwork[] Never = Networks("169.254.0.0/16", "fe80::/10", "fd00:ec2::/32", "100.100.100.200/32", "168.63.129.16/32");

    private readonly AllowedTargets _allowed = new(options.AllowPrivateNetworks);

    /// <summary>What is wrong with an address as somebody gives it; null: nothing that can be known without asking for it.</summary>
    public Problem? Check(string? url)
    {
        if (string.IsNullOrWhiteSpace(url) || url.Length > Webhook.UrlLimit || url.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter))
            || !Uri.TryCreate(url, UriKind.Absolute, out var target) || target.Scheme is not ("http" or "https") || target.Host.Length == 0 || !url.Contains("://", StringComparison.Ordinal) || TextRules.Askable(url) != url)
        {
            return Problem.Invalid("url", $"url must be an address of at most {Webhook.UrlLimit} characters that begins with https://.", "invalid-url");
        }

        if (target.UserInfo.Length > 0 || url[..(url.IndexOf('/', url.IndexOf("://", StringComparison.Ordinal) + 3) is var slash and > 0 ? slash : url.Length)].Contains('@', StringComparison.Ordinal))
        {
            return Problem.Invalid("url", "url must not hold a user or a password.", "url-with-user");
        }

        return CheckPlace(target);
    }

    /// <summary>True when a request to this host and port may connect to this address.</summary>
    public bool MayConnect(string host, int port, IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return !In(Never, plain) && (!(address.IsIPv4MappedToIPv6 || In(Private, address)) || _allowed.Names(host, port) || _allowed.Contains(plain));
    }

    private Problem? CheckPlace(Uri target)
    {
        var host = AllowedTargets.Plain(target.IdnHost);
        var literal = IPAddress.TryParse(host, out var address) ? address : null;
        var isAllowed = _allowed.Names(host, target.Port) || (literal is not null && _allowed.Contains(literal));
        if (literal is not null ? !MayConnect(host, target.Port, literal) : !isAllowed && (host == "localhost" || host.EndsWith(".localhost", StringComparison.Ordinal)))
        {
            return new Problem("address-refused", "This address is not on the public internet. An admin can allow it by the setting Webhooks:AllowPrivateNetworks.", ProblemKind.Refused, "url");
        }

        return target.Scheme == "https" || isAllowed
            ? null
            : new Problem("https-required", $"url must begin with https://. An admin can allow plain http to {host} by the setting Webhooks:AllowPrivateNetworks.", ProblemKind.Refused, "url");
    }

    private static bool In(IPNetwork[] networks, IPAddress address) => Array.Exists(networks, network => network.Contains(address));

    private static IPNetwork[] Networks(params string[] texts) => Array.ConvertAll(texts, text => IPNetwork.Parse(text));
}
