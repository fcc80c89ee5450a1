using XeroCfo.Data.Encryption;
using XeroCfo.Domain.Webhooks;

namespace XeroCfo.Data.Webhooks;

/// <summary>How the secrets of endpoints are sealed: each for its own endpoint, whoever owns it later.</summary>
internal static class WebhookSeals
{
    public static SealedFor SecretOf(Webhook webhook) => new($"webhook secret {webhook.Id:D}", webhook.TenantId);

    /// <summary>The secrets that sign at an instant, the newest first; none where the newest cannot be opened.</summary>
    public static IReadOnlyList<string> Secrets(this Envelope envelope, Webhook webhook, DateTime now)
    {
        try
        {
            var secret = envelope.Open(webhook.Secret, SecretOf(webhook));
            return webhook.PreviousSecret is { } previous && webhook.PreviousSecretUntil > now ? [secret, envelope.Open(previous, SecretOf(webhook))] : [secret];
        }
        catch (SealBrokenException)
        {
            return [];
        }
    }
}
