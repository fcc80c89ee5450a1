using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace XeroCfo.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "DataProtectionKeys",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    friendlyName = table.Column<string>(type: "text", nullable: true),
                    xml = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DataProtectionKeys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "IdempotencyRecords",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    ownerId = table.Column<Guid>(type: "uuid", nullable: false),
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    requestHash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    resourceId = table.Column<Guid>(type: "uuid", nullable: false),
                    createdAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IdempotencyRecords", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "Settings",
                columns: table => new
                {
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    value = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Settings", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "Users",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    firstName = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    lastName = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    role = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false, defaultValue: "Standard"),
                    lastLoginAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    isDisabled = table.Column<bool>(type: "boolean", nullable: false),
                    seesAllTenants = table.Column<bool>(type: "boolean", nullable: false),
                    createdAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    userName = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    normalizedUserName = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    email = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    normalizedEmail = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    emailConfirmed = table.Column<bool>(type: "boolean", nullable: false),
                    passwordHash = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    securityStamp = table.Column<string>(type: "text", nullable: true),
                    concurrencyStamp = table.Column<string>(type: "text", nullable: true),
                    phoneNumber = table.Column<string>(type: "text", nullable: true),
                    phoneNumberConfirmed = table.Column<bool>(type: "boolean", nullable: false),
                    twoFactorEnabled = table.Column<bool>(type: "boolean", nullable: false),
                    lockoutEnd = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lockoutEnabled = table.Column<bool>(type: "boolean", nullable: false),
                    accessFailedCount = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Users", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "XeroTenants",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenantId = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    tenantName = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    tenantType = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    baseCurrency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    financialYearEndDay = table.Column<int>(type: "integer", nullable: false),
                    financialYearEndMonth = table.Column<int>(type: "integer", nullable: false),
                    countryCode = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    timeZone = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    shortCode = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true),
                    periodLockDate = table.Column<DateOnly>(type: "date", nullable: true),
                    endOfYearLockDate = table.Column<DateOnly>(type: "date", nullable: true),
                    booksStart = table.Column<DateOnly>(type: "date", nullable: true),
                    historyFrom = table.Column<DateOnly>(type: "date", nullable: true),
                    connection = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    connectionDetail = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    dataAsOf = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ledgerVersion = table.Column<int>(type: "integer", nullable: false),
                    syncInProgress = table.Column<bool>(type: "boolean", nullable: false),
                    createdAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_XeroTenants", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "ApiKeys",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    userId = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    key = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    prefix = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    permissions = table.Column<string>(type: "jsonb", nullable: false),
                    expiresAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    lastUsedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    revokedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    createdAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ApiKeys", x => x.id);
                    table.ForeignKey(
                        name: "FK_ApiKeys_Users_userId",
                        column: x => x.userId,
                        principalTable: "Users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "UserClaims",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    userId = table.Column<Guid>(type: "uuid", nullable: false),
                    claimType = table.Column<string>(type: "text", nullable: true),
                    claimValue = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UserClaims", x => x.id);
                    table.ForeignKey(
                        name: "FK_UserClaims_Users_userId",
                        column: x => x.userId,
                        principalTable: "Users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "UserLogins",
                columns: table => new
                {
                    loginProvider = table.Column<string>(type: "text", nullable: false),
                    providerKey = table.Column<string>(type: "text", nullable: false),
                    providerDisplayName = table.Column<string>(type: "text", nullable: true),
                    userId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UserLogins", x => new { x.loginProvider, x.providerKey });
                    table.ForeignKey(
                        name: "FK_UserLogins_Users_userId",
                        column: x => x.userId,
                        principalTable: "Users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "UserPasskeys",
                columns: table => new
                {
                    credentialId = table.Column<byte[]>(type: "bytea", maxLength: 1024, nullable: false),
                    userId = table.Column<Guid>(type: "uuid", nullable: false),
                    data = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UserPasskeys", x => x.credentialId);
                    table.ForeignKey(
                        name: "FK_UserPasskeys_Users_userId",
                        column: x => x.userId,
                        principalTable: "Users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "UserTokens",
                columns: table => new
                {
                    userId = table.Column<Guid>(type: "uuid", nullable: false),
                    loginProvider = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    value = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UserTokens", x => new { x.userId, x.loginProvider, x.name });
                    table.ForeignKey(
                        name: "FK_UserTokens_Users_userId",
                        column: x => x.userId,
                        principalTable: "Users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AccountBalances",
                columns: table => new
                {
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    basis = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    accountId = table.Column<Guid>(type: "uuid", nullable: false),
                    month = table.Column<DateOnly>(type: "date", nullable: false),
                    source = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    movement = table.Column<decimal>(type: "numeric(19,4)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AccountBalances", x => new { x.tenantId, x.basis, x.accountId, x.month, x.source });
                    table.ForeignKey(
                        name: "FK_AccountBalances_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Accounts",
                columns: table => new
                {
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    accountId = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true),
                    name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    type = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    @class = table.Column<string>(name: "class", type: "character varying(20)", maxLength: 20, nullable: false),
                    systemAccount = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true),
                    status = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    currencyCode = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: true),
                    taxType = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true),
                    tag = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true),
                    tagConfirmedBy = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Accounts", x => new { x.tenantId, x.accountId });
                    table.ForeignKey(
                        name: "FK_Accounts_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Allocations",
                columns: table => new
                {
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    sourceXeroId = table.Column<Guid>(type: "uuid", nullable: false),
                    targetXeroId = table.Column<Guid>(type: "uuid", nullable: false),
                    amount = table.Column<decimal>(type: "numeric(19,4)", nullable: false),
                    effectiveDate = table.Column<DateOnly>(type: "date", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Allocations", x => new { x.tenantId, x.id });
                    table.ForeignKey(
                        name: "FK_Allocations_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AuditLogs",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    userId = table.Column<Guid>(type: "uuid", nullable: true),
                    tenantId = table.Column<Guid>(type: "uuid", nullable: true),
                    action = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    details = table.Column<string>(type: "jsonb", nullable: true),
                    ipAddress = table.Column<string>(type: "character varying(45)", maxLength: 45, nullable: true),
                    userAgent = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    createdAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditLogs", x => x.id);
                    table.ForeignKey(
                        name: "FK_AuditLogs_Users_userId",
                        column: x => x.userId,
                        principalTable: "Users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "FK_AuditLogs_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "CategoryRules",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    userId = table.Column<Guid>(type: "uuid", nullable: false),
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    pattern = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    category = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    accountCode = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true),
                    priority = table.Column<int>(type: "integer", nullable: false, defaultValue: 0),
                    isActive = table.Column<bool>(type: "boolean", nullable: false, defaultValue: true),
                    createdAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CategoryRules", x => x.id);
                    table.ForeignKey(
                        name: "FK_CategoryRules_Users_userId",
                        column: x => x.userId,
                        principalTable: "Users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_CategoryRules_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Contacts",
                columns: table => new
                {
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    contactId = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    emailAddress = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    isCustomer = table.Column<bool>(type: "boolean", nullable: false),
                    isSupplier = table.Column<bool>(type: "boolean", nullable: false),
                    status = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Contacts", x => new { x.tenantId, x.contactId });
                    table.ForeignKey(
                        name: "FK_Contacts_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Currencies",
                columns: table => new
                {
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    description = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Currencies", x => new { x.tenantId, x.code });
                    table.ForeignKey(
                        name: "FK_Currencies_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Documents",
                columns: table => new
                {
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    xeroId = table.Column<Guid>(type: "uuid", nullable: false),
                    raw = table.Column<string>(type: "text", nullable: false),
                    hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    date = table.Column<DateOnly>(type: "date", nullable: true),
                    postedDate = table.Column<DateOnly>(type: "date", nullable: true),
                    touchedFrom = table.Column<DateOnly>(type: "date", nullable: true),
                    updatedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    receivedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    seenAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    deleted = table.Column<bool>(type: "boolean", nullable: false),
                    dirty = table.Column<bool>(type: "boolean", nullable: false),
                    postingProblem = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Documents", x => new { x.tenantId, x.kind, x.xeroId });
                    table.ForeignKey(
                        name: "FK_Documents_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "LedgerChanges",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    ledgerVersion = table.Column<int>(type: "integer", nullable: false),
                    runId = table.Column<Guid>(type: "uuid", nullable: true),
                    documentKind = table.Column<short>(type: "smallint", nullable: false),
                    documentXeroId = table.Column<Guid>(type: "uuid", nullable: false),
                    accountId = table.Column<Guid>(type: "uuid", nullable: false),
                    month = table.Column<DateOnly>(type: "date", nullable: false),
                    before = table.Column<decimal>(type: "numeric(19,4)", nullable: false),
                    after = table.Column<decimal>(type: "numeric(19,4)", nullable: false),
                    reason = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    createdAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LedgerChanges", x => x.id);
                    table.ForeignKey(
                        name: "FK_LedgerChanges_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "LedgerLines",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    date = table.Column<DateOnly>(type: "date", nullable: false),
                    accountId = table.Column<Guid>(type: "uuid", nullable: false),
                    amount = table.Column<decimal>(type: "numeric(19,4)", nullable: false),
                    source = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    kind = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: true),
                    confirmedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    documentKind = table.Column<short>(type: "smallint", nullable: true),
                    documentXeroId = table.Column<Guid>(type: "uuid", nullable: true),
                    contactId = table.Column<Guid>(type: "uuid", nullable: true),
                    trackingOption1 = table.Column<Guid>(type: "uuid", nullable: true),
                    trackingOption2 = table.Column<Guid>(type: "uuid", nullable: true),
                    description = table.Column<string>(type: "text", nullable: true),
                    foreignAmount = table.Column<decimal>(type: "numeric(19,4)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LedgerLines", x => x.id);
                    table.ForeignKey(
                        name: "FK_LedgerLines_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "OutboxEvents",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    type = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    data = table.Column<string>(type: "jsonb", nullable: false),
                    createdAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    dispatchedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OutboxEvents", x => x.id);
                    table.ForeignKey(
                        name: "FK_OutboxEvents_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Reports",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    userId = table.Column<Guid>(type: "uuid", nullable: false),
                    type = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    parameters = table.Column<string>(type: "jsonb", nullable: true),
                    data = table.Column<string>(type: "jsonb", nullable: false),
                    createdAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Reports", x => x.id);
                    table.ForeignKey(
                        name: "FK_Reports_Users_userId",
                        column: x => x.userId,
                        principalTable: "Users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_Reports_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SyncCursors",
                columns: table => new
                {
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    endpoint = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    modifiedSince = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    fullLoadStartedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    fullLoadWindow = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SyncCursors", x => new { x.tenantId, x.endpoint });
                    table.ForeignKey(
                        name: "FK_SyncCursors_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SyncRuns",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    status = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    full = table.Column<bool>(type: "boolean", nullable: false),
                    trigger = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    requestedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    startedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    finishedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    step = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    done = table.Column<int>(type: "integer", nullable: false),
                    total = table.Column<int>(type: "integer", nullable: false),
                    calls = table.Column<int>(type: "integer", nullable: false),
                    counts = table.Column<string>(type: "jsonb", nullable: false),
                    movedMonths = table.Column<string>(type: "jsonb", nullable: false),
                    errorCode = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    errorMessage = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    cancelRequested = table.Column<bool>(type: "boolean", nullable: false),
                    leaseOwner = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    leaseUntil = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    createdAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SyncRuns", x => x.id);
                    table.ForeignKey(
                        name: "FK_SyncRuns_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "TaxRates",
                columns: table => new
                {
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    taxType = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    effectiveRatePercent = table.Column<decimal>(type: "numeric(19,4)", nullable: false),
                    status = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TaxRates", x => new { x.tenantId, x.taxType });
                    table.ForeignKey(
                        name: "FK_TaxRates_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "TrackingOptions",
                columns: table => new
                {
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    optionId = table.Column<Guid>(type: "uuid", nullable: false),
                    categoryId = table.Column<Guid>(type: "uuid", nullable: false),
                    categoryName = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    status = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TrackingOptions", x => new { x.tenantId, x.optionId });
                    table.ForeignKey(
                        name: "FK_TrackingOptions_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Transactions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    xeroId = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    type = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    contactId = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    contactName = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    reference = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    amount = table.Column<decimal>(type: "numeric(19,4)", nullable: false),
                    date = table.Column<DateOnly>(type: "date", nullable: false),
                    dueDate = table.Column<DateOnly>(type: "date", nullable: true),
                    status = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    category = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    accountCode = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true),
                    description = table.Column<string>(type: "text", nullable: true),
                    isReconciled = table.Column<bool>(type: "boolean", nullable: false, defaultValue: false),
                    currencyCode = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    currencyRate = table.Column<decimal>(type: "numeric(28,12)", nullable: false),
                    baseAmount = table.Column<decimal>(type: "numeric(19,4)", nullable: false),
                    absoluteAmount = table.Column<decimal>(type: "numeric(19,4)", nullable: false),
                    direction = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    number = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    bankAccountId = table.Column<Guid>(type: "uuid", nullable: true),
                    amountDue = table.Column<decimal>(type: "numeric(19,4)", nullable: true),
                    categorySource = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    categoryRuleId = table.Column<Guid>(type: "uuid", nullable: true),
                    searchText = table.Column<string>(type: "text", nullable: true),
                    lockedByPerson = table.Column<bool>(type: "boolean", nullable: false),
                    createdAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Transactions", x => x.id);
                    table.ForeignKey(
                        name: "FK_Transactions_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "UserTenants",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    userId = table.Column<Guid>(type: "uuid", nullable: false),
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    isActive = table.Column<bool>(type: "boolean", nullable: false, defaultValue: false),
                    createdAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UserTenants", x => x.id);
                    table.ForeignKey(
                        name: "FK_UserTenants_Users_userId",
                        column: x => x.userId,
                        principalTable: "Users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_UserTenants_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Webhooks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    userId = table.Column<Guid>(type: "uuid", nullable: false),
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    @event = table.Column<string>(name: "event", type: "character varying(100)", maxLength: 100, nullable: false),
                    url = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    secret = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    isActive = table.Column<bool>(type: "boolean", nullable: false, defaultValue: true),
                    createdAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Webhooks", x => x.id);
                    table.ForeignKey(
                        name: "FK_Webhooks_Users_userId",
                        column: x => x.userId,
                        principalTable: "Users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_Webhooks_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "XeroTokens",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    userId = table.Column<Guid>(type: "uuid", nullable: false),
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    accessToken = table.Column<string>(type: "text", nullable: false),
                    refreshToken = table.Column<string>(type: "text", nullable: false),
                    expiresAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    grantId = table.Column<Guid>(type: "uuid", nullable: true),
                    createdAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_XeroTokens", x => x.id);
                    table.ForeignKey(
                        name: "FK_XeroTokens_Users_userId",
                        column: x => x.userId,
                        principalTable: "Users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_XeroTokens_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "XeroTrialBalances",
                columns: table => new
                {
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    basis = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    date = table.Column<DateOnly>(type: "date", nullable: false),
                    accountId = table.Column<Guid>(type: "uuid", nullable: false),
                    balance = table.Column<decimal>(type: "numeric(19,4)", nullable: false),
                    readAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_XeroTrialBalances", x => new { x.tenantId, x.basis, x.date, x.accountId });
                    table.ForeignKey(
                        name: "FK_XeroTrialBalances_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ApiKeyTenants",
                columns: table => new
                {
                    apiKeyId = table.Column<Guid>(type: "uuid", nullable: false),
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ApiKeyTenants", x => new { x.apiKeyId, x.tenantId });
                    table.ForeignKey(
                        name: "FK_ApiKeyTenants_ApiKeys_apiKeyId",
                        column: x => x.apiKeyId,
                        principalTable: "ApiKeys",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_ApiKeyTenants_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AuditSeals",
                columns: table => new
                {
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    auditLogId = table.Column<Guid>(type: "uuid", nullable: false),
                    hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditSeals", x => x.seq);
                    table.ForeignKey(
                        name: "FK_AuditSeals_AuditLogs_auditLogId",
                        column: x => x.auditLogId,
                        principalTable: "AuditLogs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "SyncIssues",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    runId = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    xeroId = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    code = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    message = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    createdAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SyncIssues", x => x.id);
                    table.ForeignKey(
                        name: "FK_SyncIssues_SyncRuns_runId",
                        column: x => x.runId,
                        principalTable: "SyncRuns",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "TransactionLines",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    transactionId = table.Column<Guid>(type: "uuid", nullable: false),
                    lineNumber = table.Column<int>(type: "integer", nullable: false),
                    description = table.Column<string>(type: "text", nullable: true),
                    accountId = table.Column<Guid>(type: "uuid", nullable: true),
                    accountCode = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true),
                    quantity = table.Column<decimal>(type: "numeric(19,4)", nullable: true),
                    unitPrice = table.Column<decimal>(type: "numeric(19,4)", nullable: true),
                    net = table.Column<decimal>(type: "numeric(19,4)", nullable: false),
                    tax = table.Column<decimal>(type: "numeric(19,4)", nullable: false),
                    taxType = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true),
                    trackingOption1 = table.Column<Guid>(type: "uuid", nullable: true),
                    trackingOption2 = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TransactionLines", x => x.id);
                    table.ForeignKey(
                        name: "FK_TransactionLines_Transactions_transactionId",
                        column: x => x.transactionId,
                        principalTable: "Transactions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Allocations_tenantId_sourceXeroId",
                table: "Allocations",
                columns: new[] { "tenantId", "sourceXeroId" });

            migrationBuilder.CreateIndex(
                name: "IX_Allocations_tenantId_targetXeroId",
                table: "Allocations",
                columns: new[] { "tenantId", "targetXeroId" });

            migrationBuilder.CreateIndex(
                name: "IX_ApiKeys_key",
                table: "ApiKeys",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ApiKeys_userId",
                table: "ApiKeys",
                column: "userId");

            migrationBuilder.CreateIndex(
                name: "IX_ApiKeyTenants_tenantId",
                table: "ApiKeyTenants",
                column: "tenantId");

            migrationBuilder.CreateIndex(
                name: "IX_AuditLogs_action",
                table: "AuditLogs",
                column: "action");

            migrationBuilder.CreateIndex(
                name: "IX_AuditLogs_createdAt",
                table: "AuditLogs",
                column: "createdAt");

            migrationBuilder.CreateIndex(
                name: "IX_AuditLogs_tenantId",
                table: "AuditLogs",
                column: "tenantId");

            migrationBuilder.CreateIndex(
                name: "IX_AuditLogs_userId",
                table: "AuditLogs",
                column: "userId");

            migrationBuilder.CreateIndex(
                name: "IX_AuditSeals_auditLogId",
                table: "AuditSeals",
                column: "auditLogId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_CategoryRules_pattern",
                table: "CategoryRules",
                column: "pattern");

            migrationBuilder.CreateIndex(
                name: "IX_CategoryRules_tenantId",
                table: "CategoryRules",
                column: "tenantId");

            migrationBuilder.CreateIndex(
                name: "IX_CategoryRules_userId_tenantId",
                table: "CategoryRules",
                columns: new[] { "userId", "tenantId" });

            migrationBuilder.CreateIndex(
                name: "IX_Contacts_tenantId_name",
                table: "Contacts",
                columns: new[] { "tenantId", "name" });

            migrationBuilder.CreateIndex(
                name: "IX_Documents_dirty",
                table: "Documents",
                columns: new[] { "tenantId", "kind", "xeroId" },
                filter: "\"dirty\"");

            migrationBuilder.CreateIndex(
                name: "IX_Documents_problem",
                table: "Documents",
                column: "tenantId",
                filter: "\"postingProblem\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_IdempotencyRecords_createdAt",
                table: "IdempotencyRecords",
                column: "createdAt");

            migrationBuilder.CreateIndex(
                name: "IX_IdempotencyRecords_ownerId_tenantId_key",
                table: "IdempotencyRecords",
                columns: new[] { "ownerId", "tenantId", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_LedgerChanges_tenantId_ledgerVersion",
                table: "LedgerChanges",
                columns: new[] { "tenantId", "ledgerVersion" });

            migrationBuilder.CreateIndex(
                name: "IX_LedgerChanges_tenantId_runId",
                table: "LedgerChanges",
                columns: new[] { "tenantId", "runId" });

            migrationBuilder.CreateIndex(
                name: "IX_LedgerLines_tenantId_accountId_date_id",
                table: "LedgerLines",
                columns: new[] { "tenantId", "accountId", "date", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_LedgerLines_tenantId_contactId_date",
                table: "LedgerLines",
                columns: new[] { "tenantId", "contactId", "date" },
                filter: "\"contactId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_LedgerLines_tenantId_date_id",
                table: "LedgerLines",
                columns: new[] { "tenantId", "date", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_LedgerLines_tenantId_documentXeroId",
                table: "LedgerLines",
                columns: new[] { "tenantId", "documentXeroId" });

            migrationBuilder.CreateIndex(
                name: "IX_LedgerLines_xeroOnly",
                table: "LedgerLines",
                columns: new[] { "tenantId", "date" },
                filter: "\"documentXeroId\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_OutboxEvents_dispatchedAt_id",
                table: "OutboxEvents",
                columns: new[] { "dispatchedAt", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_OutboxEvents_tenantId",
                table: "OutboxEvents",
                column: "tenantId");

            migrationBuilder.CreateIndex(
                name: "IX_Reports_createdAt",
                table: "Reports",
                column: "createdAt");

            migrationBuilder.CreateIndex(
                name: "IX_Reports_tenantId_type",
                table: "Reports",
                columns: new[] { "tenantId", "type" });

            migrationBuilder.CreateIndex(
                name: "IX_Reports_userId",
                table: "Reports",
                column: "userId");

            migrationBuilder.CreateIndex(
                name: "IX_SyncIssues_runId",
                table: "SyncIssues",
                column: "runId");

            migrationBuilder.CreateIndex(
                name: "IX_SyncIssues_tenantId_runId",
                table: "SyncIssues",
                columns: new[] { "tenantId", "runId" });

            migrationBuilder.CreateIndex(
                name: "IX_SyncRuns_status",
                table: "SyncRuns",
                column: "status");

            migrationBuilder.CreateIndex(
                name: "IX_SyncRuns_tenantId_id",
                table: "SyncRuns",
                columns: new[] { "tenantId", "id" });

            migrationBuilder.CreateIndex(
                name: "UX_SyncRuns_open",
                table: "SyncRuns",
                column: "tenantId",
                unique: true,
                filter: "\"status\" IN ('queued', 'running')");

            migrationBuilder.CreateIndex(
                name: "IX_TransactionLines_tenantId_transactionId",
                table: "TransactionLines",
                columns: new[] { "tenantId", "transactionId" });

            migrationBuilder.CreateIndex(
                name: "IX_TransactionLines_transactionId",
                table: "TransactionLines",
                column: "transactionId");

            migrationBuilder.CreateIndex(
                name: "IX_Transactions_date",
                table: "Transactions",
                column: "date");

            migrationBuilder.CreateIndex(
                name: "IX_Transactions_isReconciled",
                table: "Transactions",
                column: "isReconciled");

            migrationBuilder.CreateIndex(
                name: "IX_Transactions_status",
                table: "Transactions",
                column: "status");

            migrationBuilder.CreateIndex(
                name: "IX_Transactions_tenantId_absoluteAmount_id",
                table: "Transactions",
                columns: new[] { "tenantId", "absoluteAmount", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_Transactions_tenantId_contactId_date",
                table: "Transactions",
                columns: new[] { "tenantId", "contactId", "date" });

            migrationBuilder.CreateIndex(
                name: "IX_Transactions_tenantId_date_id",
                table: "Transactions",
                columns: new[] { "tenantId", "date", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_Transactions_tenantId_xeroId",
                table: "Transactions",
                columns: new[] { "tenantId", "xeroId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Transactions_type",
                table: "Transactions",
                column: "type");

            migrationBuilder.CreateIndex(
                name: "IX_UserClaims_userId",
                table: "UserClaims",
                column: "userId");

            migrationBuilder.CreateIndex(
                name: "IX_UserLogins_userId",
                table: "UserLogins",
                column: "userId");

            migrationBuilder.CreateIndex(
                name: "IX_UserPasskeys_userId",
                table: "UserPasskeys",
                column: "userId");

            migrationBuilder.CreateIndex(
                name: "IX_Users_email",
                table: "Users",
                column: "email",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Users_normalizedEmail",
                table: "Users",
                column: "normalizedEmail",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Users_normalizedUserName",
                table: "Users",
                column: "normalizedUserName",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_UserTenants_tenantId",
                table: "UserTenants",
                column: "tenantId");

            migrationBuilder.CreateIndex(
                name: "IX_UserTenants_userId_tenantId",
                table: "UserTenants",
                columns: new[] { "userId", "tenantId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "UX_UserTenants_active",
                table: "UserTenants",
                column: "userId",
                unique: true,
                filter: "\"isActive\"");

            migrationBuilder.CreateIndex(
                name: "IX_Webhooks_event",
                table: "Webhooks",
                column: "event");

            migrationBuilder.CreateIndex(
                name: "IX_Webhooks_tenantId",
                table: "Webhooks",
                column: "tenantId");

            migrationBuilder.CreateIndex(
                name: "IX_Webhooks_userId_tenantId",
                table: "Webhooks",
                columns: new[] { "userId", "tenantId" });

            migrationBuilder.CreateIndex(
                name: "IX_XeroTenants_tenantId",
                table: "XeroTenants",
                column: "tenantId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_XeroTokens_grantId",
                table: "XeroTokens",
                column: "grantId");

            migrationBuilder.CreateIndex(
                name: "IX_XeroTokens_tenantId",
                table: "XeroTokens",
                column: "tenantId");

            migrationBuilder.CreateIndex(
                name: "IX_XeroTokens_userId_tenantId",
                table: "XeroTokens",
                columns: new[] { "userId", "tenantId" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AccountBalances");

            migrationBuilder.DropTable(
                name: "Accounts");

            migrationBuilder.DropTable(
                name: "Allocations");

            migrationBuilder.DropTable(
                name: "ApiKeyTenants");

            migrationBuilder.DropTable(
                name: "AuditSeals");

            migrationBuilder.DropTable(
                name: "CategoryRules");

            migrationBuilder.DropTable(
                name: "Contacts");

            migrationBuilder.DropTable(
                name: "Currencies");

            migrationBuilder.DropTable(
                name: "DataProtectionKeys");

            migrationBuilder.DropTable(
                name: "Documents");

            migrationBuilder.DropTable(
                name: "IdempotencyRecords");

            migrationBuilder.DropTable(
                name: "LedgerChanges");

            migrationBuilder.DropTable(
                name: "LedgerLines");

            migrationBuilder.DropTable(
                name: "OutboxEvents");

            migrationBuilder.DropTable(
                name: "Reports");

            migrationBuilder.DropTable(
                name: "Settings");

            migrationBuilder.DropTable(
                name: "SyncCursors");

            migrationBuilder.DropTable(
                name: "SyncIssues");

            migrationBuilder.DropTable(
                name: "TaxRates");

            migrationBuilder.DropTable(
                name: "TrackingOptions");

            migrationBuilder.DropTable(
                name: "TransactionLines");

            migrationBuilder.DropTable(
                name: "UserClaims");

            migrationBuilder.DropTable(
                name: "UserLogins");

            migrationBuilder.DropTable(
                name: "UserPasskeys");

            migrationBuilder.DropTable(
                name: "UserTenants");

            migrationBuilder.DropTable(
                name: "UserTokens");

            migrationBuilder.DropTable(
                name: "Webhooks");

            migrationBuilder.DropTable(
                name: "XeroTokens");

            migrationBuilder.DropTable(
                name: "XeroTrialBalances");

            migrationBuilder.DropTable(
                name: "ApiKeys");

            migrationBuilder.DropTable(
                name: "AuditLogs");

            migrationBuilder.DropTable(
                name: "SyncRuns");

            migrationBuilder.DropTable(
                name: "Transactions");

            migrationBuilder.DropTable(
                name: "Users");

            migrationBuilder.DropTable(
                name: "XeroTenants");
        }
    }
}
