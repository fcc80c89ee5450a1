using XeroCfo.Domain.Webhooks;
using XeroCfo.Domain.Webhooks.Deliveries;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Webhooks;

/// <summary>How webhooks are told on the page.</summary>
internal static class WebhookWords
{
    private static readonly Dictionary<string, string> Choices = new()
    {
        [WebhookEvents.Every] = "Everything",
        [WebhookEvents.SyncSucceeded] = "A sync ended well",
        [WebhookEvents.SyncFailed] = "A sync failed",
        [WebhookEvents.ConnectionNeedsReconnect] = "A connection needs a person",
        [WebhookEvents.TransactionsCreated] = "Transactions came in",
        [WebhookEvents.TransactionsCategorized] = "Transactions got another category",
        [WebhookEvents.RulesRunFinished] = "A run of rules ended",
        [WebhookEvents.ReportCreated] = "A report was saved",
        ["kpi.alert"] = "A KPI crossed its level",
        [WebhookEvents.PeriodMoved] = "A past month moved",
        [WebhookEvents.InvoiceOverdue] = "Invoices became overdue",
        [WebhookEvents.ApiKeyExpiring] = "An API key is about to expire",
        [WebhookEvents.Test] = "Tests only",
    };

    /// <summary>What an endpoint asked for, in words with the contract's name.</summary>
    public static string Choice(string choice) => Choices.TryGetValue(choice, out var words) ? words : $"All of {choice}";

    /// <summary>Where it goes, without what may be secret in the address.</summary>
    public static string Place(Webhook webhook) => Uri.TryCreate(webhook.Url, UriKind.Absolute, out var url) ? url.Authority : webhook.Url;

    public static (Tone Tone, string Text) State(WebhookView view) => view.Webhook switch
    {
        { DisabledAt: not null } => (Tone.Bad, "Switched off"),
        { IsActive: false } => (Tone.Neutral, "Off"),
        { FailingSince: not null } => (Tone.Warn, "Failing"),
        { LastSucceededAt: not null } => (Tone.Good, "Arrives"),
        _ => (Tone.Info, "Nothing sent yet"),
    };

    public static string Why(Webhook webhook) => webhook.DisabledBecause == DisabledReasons.Gone ? "The receiver said that nobody is there any more (410)." : "Nothing arrived for three days.";

    public static (Tone Tone, string Text) State(WebhookDelivery delivery) => delivery.Status switch
    {
        DeliveryStatus.Succeeded => (Tone.Good, "Arrived"),
        DeliveryStatus.Failed => (Tone.Bad, "Failed"),
        _ => delivery.Attempts == 0 ? (Tone.Info, "On its way") : (Tone.Warn, "Tried again"),
    };

    /// <summary>What came of an attempt.</summary>
    public static string Outcome(int? status, string? error) => status is { } answered ? $"{answered}" : error switch
    {
        DeliveryErrors.AddressRefused => "Not sent: the address is a private one",
        DeliveryErrors.SecretUnreadable => "Not sent: the secret cannot be opened",
        DeliveryErrors.SwitchedOff => "Not sent: switched off",
        DeliveryErrors.NoAnswer => "No answer",
        _ => "–",
    };
}
