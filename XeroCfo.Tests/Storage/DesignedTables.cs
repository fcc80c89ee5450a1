namespace XeroCfo.Tests.Storage;

/// <summary>
/// The ten tables as they were designed, written by hand: what another program may rely on. A line is a column (with
/// <c>?</c> where it may be null and <c>= x</c> for its default), an index or a foreign key.
/// </summary>
internal static class DesignedTables
{
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>
    {
        ["Users"] = """
            id uuid
            email varchar(255)
            passwordHash varchar(255)
            firstName varchar(100)?
            lastName varchar(100)?
            role varchar(50) = Standard
            lastLoginAt timestamp?
            createdAt timestamp
            updatedAt timestamp
            unique email
            unique normalizedEmail
            """,
        ["XeroTenants"] = """
            id uuid
            tenantId varchar(255)
            tenantName varchar(255)
            tenantType varchar(50)
            createdAt timestamp
            updatedAt timestamp
            unique tenantId
            """,
        ["XeroTokens"] = """
            id uuid
            userId uuid
            tenantId uuid
            accessToken text
            refreshToken text
            expiresAt timestamp
            createdAt timestamp
            updatedAt timestamp
            unique userId, tenantId
            userId -> Users cascade
            tenantId -> XeroTenants cascade
            """,
        ["UserTenants"] = """
            id uuid
            userId uuid
            tenantId uuid
            isActive boolean = false
            createdAt timestamp
            updatedAt timestamp
            unique userId, tenantId
            unique userId where isActive
            userId -> Users cascade
            tenantId -> XeroTenants cascade
            """,
        ["CategoryRules"] = """
            id uuid
            userId uuid
            tenantId uuid
            pattern varchar(255)
            category varchar(100)
            accountCode varchar(50)?
            priority integer = 0
            isActive boolean = true
            createdAt timestamp
            updatedAt timestamp
            index pattern
            index userId, tenantId
            userId -> Users cascade
            tenantId -> XeroTenants cascade
            """,
        ["Transactions"] = """
            id uuid
            tenantId uuid
            xeroId varchar(255)
            type varchar(50)
            contactId varchar(255)?
            contactName varchar(255)?
            reference varchar(255)?
            amount money
            date date
            dueDate date?
            status varchar(50)
            category varchar(100)?
            accountCode varchar(50)?
            description text?
            isReconciled boolean = false
            createdAt timestamp
            updatedAt timestamp
            unique tenantId, xeroId
            index date
            index type
            index status
            index isReconciled
            tenantId -> XeroTenants cascade
            """,
        ["Reports"] = """
            id uuid
            tenantId uuid
            userId uuid
            type varchar(50)
            name varchar(255)
            parameters json?
            data json
            createdAt timestamp
            updatedAt timestamp
            index tenantId, type
            index userId
            index createdAt
            tenantId -> XeroTenants cascade
            userId -> Users cascade
            """,
        ["ApiKeys"] = """
            id uuid
            userId uuid
            name varchar(255)
            key varchar(255)
            permissions json
            expiresAt timestamp?
            lastUsedAt timestamp?
            createdAt timestamp
            updatedAt timestamp
            unique key
            userId -> Users cascade
            """,
        ["Webhooks"] = """
            id uuid
            userId uuid
            tenantId uuid
            event varchar(100)
            url varchar(255)
            secret varchar(255)
            isActive boolean = true
            createdAt timestamp
            updatedAt timestamp
            index event
            index userId, tenantId
            userId -> Users cascade
            tenantId -> XeroTenants cascade
            """,
        ["AuditLogs"] = """
            id uuid
            userId uuid?
            tenantId uuid?
            action varchar(100)
            details json?
            ipAddress varchar(45)?
            userAgent varchar(255)?
            createdAt timestamp
            index userId
            index tenantId
            index action
            index createdAt
            userId -> Users set null
            tenantId -> XeroTenants set null
            """,
    };

    public static IEnumerable<string> LinesOf(string table) => All[table].Split('\n', StringSplitOptions.TrimEntries);
}
