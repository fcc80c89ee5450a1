using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace XeroCfo.Data.Migrations.Sqlite
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
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "conditions",
                table: "CategoryRules",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "lastHitAt",
                table: "CategoryRules",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "RuleOffers",
                columns: table => new
                {
                    tenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    contactId = table.Column<Guid>(type: "TEXT", nullable: false),
                    categoryId = table.Column<Guid>(type: "TEXT", nullable: false),
                    offeredAt = table.Column<DateTime>(type: "TEXT", nullable: false)
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
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    tenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    status = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    scope = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    from = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    to = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    trigger = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    requestedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    by = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    includesPayroll = table.Column<bool>(type: "INTEGER", nullable: false),
                    startedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    finishedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    total = table.Column<int>(type: "INTEGER", nullable: false),
                    evaluated = table.Column<int>(type: "INTEGER", nullable: false),
                    matched = table.Column<int>(type: "INTEGER", nullable: false),
                    changed = table.Column<int>(type: "INTEGER", nullable: false),
                    skippedManual = table.Column<int>(type: "INTEGER", nullable: false),
                    cursorDate = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    cursorId = table.Column<Guid>(type: "TEXT", nullable: true),
                    undoId = table.Column<Guid>(type: "TEXT", nullable: true),
                    errorCode = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    errorMessage = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    cancelRequested = table.Column<bool>(type: "INTEGER", nullable: false),
                    leaseOwner = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    leaseUntil = table.Column<DateTime>(type: "TEXT", nullable: true),
                    createdAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    updatedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
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
