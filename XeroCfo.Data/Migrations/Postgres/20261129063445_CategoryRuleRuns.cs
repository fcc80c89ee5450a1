using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace XeroCfo.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class CategoryRuleRuns : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "ruleRunId",
                table: "CategoryUndos",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "conditions",
                table: "CategoryRules",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "lastHitAt",
                table: "CategoryRules",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "RuleOffers",
                columns: table => new
                {
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    contactId = table.Column<Guid>(type: "uuid", nullable: false),
                    categoryId = table.Column<Guid>(type: "uuid", nullable: false),
                    offeredAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RuleOffers", x => new { x.tenantId, x.contactId, x.categoryId });
                    table.ForeignKey(
                        name: "FK_RuleOffers_Categories_categoryId",
                        column: x => x.categoryId,
                        principalTable: "Categories",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_RuleOffers_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "RuleRuns",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    status = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    scope = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    from = table.Column<DateOnly>(type: "date", nullable: true),
                    to = table.Column<DateOnly>(type: "date", nullable: true),
                    trigger = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    requestedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    by = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    includesPayroll = table.Column<bool>(type: "boolean", nullable: false),
                    startedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    finishedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    total = table.Column<int>(type: "integer", nullable: false),
                    evaluated = table.Column<int>(type: "integer", nullable: false),
                    matched = table.Column<int>(type: "integer", nullable: false),
                    changed = table.Column<int>(type: "integer", nullable: false),
                    skippedManual = table.Column<int>(type: "integer", nullable: false),
                    cursorDate = table.Column<DateOnly>(type: "date", nullable: true),
                    cursorId = table.Column<Guid>(type: "uuid", nullable: true),
                    undoId = table.Column<Guid>(type: "uuid", nullable: true),
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
                    table.PrimaryKey("PK_RuleRuns", x => x.id);
                    table.ForeignKey(
                        name: "FK_RuleRuns_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Transactions_tenantId_categoryRuleId_date",
                table: "Transactions",
                columns: new[] { "tenantId", "categoryRuleId", "date" },
                filter: "\"categoryRuleId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_RuleOffers_categoryId",
                table: "RuleOffers",
                column: "categoryId");

            migrationBuilder.CreateIndex(
                name: "IX_RuleRuns_status",
                table: "RuleRuns",
                column: "status");

            migrationBuilder.CreateIndex(
                name: "IX_RuleRuns_tenantId_id",
                table: "RuleRuns",
                columns: new[] { "tenantId", "id" });

            migrationBuilder.CreateIndex(
                name: "UX_RuleRuns_running",
                table: "RuleRuns",
                column: "tenantId",
                unique: true,
                filter: "\"status\" = 'running'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "RuleOffers");

            migrationBuilder.DropTable(
                name: "RuleRuns");

            migrationBuilder.DropIndex(
                name: "IX_Transactions_tenantId_categoryRuleId_date",
                table: "Transactions");

            migrationBuilder.DropColumn(
                name: "ruleRunId",
                table: "CategoryUndos");

            migrationBuilder.DropColumn(
                name: "conditions",
                table: "CategoryRules");

            migrationBuilder.DropColumn(
                name: "lastHitAt",
                table: "CategoryRules");
        }
    }
}
