using XeroCfo.Domain.Kpis.Targets;

namespace XeroCfo.Domain.Webhooks;

/// <summary>The events of the contract, and what an endpoint may ask for. Pure.</summary>
public static class WebhookEvents
{
    public const string SyncSucceeded = "sync.succeeded";
    public const string SyncFailed = "sync.failed";
    public const string ConnectionNeedsReconnect = "connection.needs_reconnect";
    public const string TransactionsCreated = "transactions.created";
    public const string TransactionsCategorized = "transactions.categorized";
    public const string RulesRunFinished = "rules.run_finished";
    public const string ReportCreated = "report.created";
    public const string PeriodMoved = "period.moved";
    public const string InvoiceOverdue = "invoice.overdue";
    public const string ApiKeyExpiring = "apikey.expiring";
    public const string Test = "webhooks.test";

    /// <summary>Everything.</summary>
    public const string Every = "*";

    private const string RestOf = ".*";

    /// <summary>Each event by its name.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        SyncSucceeded, SyncFailed, ConnectionNeedsReconnect, TransactionsCreated, TransactionsCategorized, RulesRunFinished, ReportCreated, KpiAlerted.Event, PeriodMoved, InvoiceOverdue,
        ApiKeyExpiring, Test,
    ];

    /// <summary>What an endpoint may ask for: a name, all names with a prefix, or everything.</summary>
    public static readonly IReadOnlyList<string> Choices = [Every, .. Names.Select(name => name.Split('.')[0] + RestOf).Distinct(), .. Names];

    /// <summary>True when an endpoint that asked for <paramref name="choice"/> is told of <paramref name="type"/>.</summary>
    public static bool Matches(string choice, string type) =>
        choice == Every || choice == type || (choice.EndsWith(RestOf, StringComparison.Ordinal) && type.StartsWith(choice[..^1], StringComparison.Ordinal));
}
