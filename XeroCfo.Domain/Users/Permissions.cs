namespace XeroCfo.Domain.Users;

/// <summary>What a person or key may do: the contract's table of roles and permissions, in one place.</summary>
public static class Permissions
{
    public const string TenantsRead = "tenants:read";
    public const string ReportsRead = "reports:read";
    public const string KpisRead = "kpis:read";
    public const string BudgetsRead = "budgets:read";
    public const string LedgerRead = "ledger:read";
    public const string TransactionsRead = "transactions:read";
    public const string RulesRead = "rules:read";
    public const string SyncRead = "sync:read";
    public const string TransactionsWrite = "transactions:write";
    public const string RulesWrite = "rules:write";
    public const string ReportsWrite = "reports:write";
    public const string SyncWrite = "sync:write";
    public const string ApiKeysWrite = "apikeys:write";
    public const string KpisWrite = "kpis:write";
    public const string BudgetsWrite = "budgets:write";
    public const string LayoutsWrite = "layouts:write";
    public const string CloseWrite = "close:write";
    public const string WebhooksRead = "webhooks:read";
    public const string WebhooksWrite = "webhooks:write";
    public const string ConnectionsWrite = "connections:write";
    public const string PayrollRead = "payroll:read";
    public const string UsersRead = "users:read";
    public const string UsersWrite = "users:write";
    public const string ApiKeysAdmin = "apikeys:admin";
    public const string AuditRead = "audit:read";
    public const string SystemWrite = "system:write";

    private static readonly string[] Everyone = [TenantsRead, ReportsRead, KpisRead, BudgetsRead];
    private static readonly string[] Readers = [.. Everyone, LedgerRead, TransactionsRead, RulesRead, SyncRead];
    private static readonly string[] Workers = [.. Readers, TransactionsWrite, RulesWrite, ReportsWrite, SyncWrite, ApiKeysWrite];

    private static readonly string[] Accountants =
    [
        .. Workers, KpisWrite, BudgetsWrite, LayoutsWrite, CloseWrite, WebhooksRead, WebhooksWrite, ConnectionsWrite, PayrollRead,
    ];

    /// <summary>Every permission that exists.</summary>
    public static readonly IReadOnlyList<string> All = [.. Accountants, UsersRead, UsersWrite, ApiKeysAdmin, AuditRead, SystemWrite];

    /// <summary>The permissions of <paramref name="role"/>; none for an unknown one.</summary>
    public static IReadOnlyList<string> Of(string role) => role switch
    {
        Roles.Admin => All,
        Roles.Accountant => Accountants,
        Roles.Standard => Workers,
        Roles.ReadOnly => Readers,
        Roles.Executive => Everyone,
        _ => [],
    };
}
