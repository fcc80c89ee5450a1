using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace XeroCfo.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class KpisAndDailyBalances : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ContactBalances",
                columns: table => new
                {
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    basis = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    accountId = table.Column<Guid>(type: "uuid", nullable: false),
                    month = table.Column<DateOnly>(type: "date", nullable: false),
                    contactId = table.Column<Guid>(type: "uuid", nullable: false),
                    movement = table.Column<decimal>(type: "numeric(19,4)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ContactBalances", x => new { x.tenantId, x.basis, x.accountId, x.month, x.contactId });
                    table.ForeignKey(
                        name: "FK_ContactBalances_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "CustomKpis",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    normalizedName = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    unit = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    good = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    formula = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    figures = table.Column<string>(type: "jsonb", nullable: false),
                    createdAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CustomKpis", x => x.id);
                    table.ForeignKey(
                        name: "FK_CustomKpis_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "DayBalances",
                columns: table => new
                {
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    basis = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    accountId = table.Column<Guid>(type: "uuid", nullable: false),
                    date = table.Column<DateOnly>(type: "date", nullable: false),
                    movement = table.Column<decimal>(type: "numeric(19,4)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DayBalances", x => new { x.tenantId, x.basis, x.date, x.accountId });
                    table.ForeignKey(
                        name: "FK_DayBalances_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "KpiTargets",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    target = table.Column<decimal>(type: "numeric(19,4)", nullable: true),
                    alertLevel = table.Column<decimal>(type: "numeric(19,4)", nullable: true),
                    isAlerting = table.Column<bool>(type: "boolean", nullable: false),
                    beyondIn = table.Column<string>(type: "character varying(7)", maxLength: 7, nullable: true),
                    alertedIn = table.Column<string>(type: "character varying(7)", maxLength: 7, nullable: true),
                    createdAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_KpiTargets", x => x.id);
                    table.ForeignKey(
                        name: "FK_KpiTargets_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ContactBalances_tenantId_contactId",
                table: "ContactBalances",
                columns: new[] { "tenantId", "contactId" });

            migrationBuilder.CreateIndex(
                name: "IX_CustomKpis_tenantId_key",
                table: "CustomKpis",
                columns: new[] { "tenantId", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_CustomKpis_tenantId_normalizedName",
                table: "CustomKpis",
                columns: new[] { "tenantId", "normalizedName" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_KpiTargets_tenantId_key",
                table: "KpiTargets",
                columns: new[] { "tenantId", "key" },
                unique: true);

            // What is there already is added up, so that nobody has to make the ledger anew.
            migrationBuilder.Sql("""
                INSERT INTO "DayBalances" ("tenantId", "basis", "date", "accountId", "movement")
                SELECT "tenantId", 'accrual', "date", "accountId", SUM("amount") FROM "LedgerLines"
                WHERE "source" IN ('document', 'journal') GROUP BY "tenantId", "date", "accountId" HAVING SUM("amount") <> 0;
                """);
            migrationBuilder.Sql("""
                INSERT INTO "ContactBalances" ("tenantId", "basis", "accountId", "month", "contactId", "movement")
                SELECT "tenantId", 'accrual', "accountId", date_trunc('month', "date")::date AS "monthStart", "contactId", SUM("amount") FROM "LedgerLines"
                WHERE "source" IN ('document', 'journal') AND "contactId" IS NOT NULL GROUP BY "tenantId", "accountId", "monthStart", "contactId" HAVING SUM("amount") <> 0;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ContactBalances");

            migrationBuilder.DropTable(
                name: "CustomKpis");

            migrationBuilder.DropTable(
                name: "DayBalances");

            migrationBuilder.DropTable(
                name: "KpiTargets");
        }
    }
}
