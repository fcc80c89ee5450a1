using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace XeroCfo.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Budgets : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Budgets",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    userId = table.Column<Guid>(type: "uuid", nullable: true),
                    name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    source = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    xeroId = table.Column<Guid>(type: "uuid", nullable: true),
                    tracking = table.Column<string>(type: "jsonb", nullable: false),
                    createdAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Budgets", x => x.id);
                    table.ForeignKey(
                        name: "FK_Budgets_Users_userId",
                        column: x => x.userId,
                        principalTable: "Users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "FK_Budgets_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ReportLayouts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    userId = table.Column<Guid>(type: "uuid", nullable: true),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    rows = table.Column<string>(type: "jsonb", nullable: false),
                    createdAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReportLayouts", x => x.id);
                    table.ForeignKey(
                        name: "FK_ReportLayouts_Users_userId",
                        column: x => x.userId,
                        principalTable: "Users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "FK_ReportLayouts_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "BudgetLines",
                columns: table => new
                {
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    budgetId = table.Column<Guid>(type: "uuid", nullable: false),
                    accountId = table.Column<Guid>(type: "uuid", nullable: false),
                    month = table.Column<DateOnly>(type: "date", nullable: false),
                    amount = table.Column<decimal>(type: "numeric(19,4)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BudgetLines", x => new { x.tenantId, x.budgetId, x.accountId, x.month });
                    table.ForeignKey(
                        name: "FK_BudgetLines_Budgets_budgetId",
                        column: x => x.budgetId,
                        principalTable: "Budgets",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_BudgetLines_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ReportLayoutVersions",
                columns: table => new
                {
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    layoutId = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    rows = table.Column<string>(type: "jsonb", nullable: false),
                    userId = table.Column<Guid>(type: "uuid", nullable: true),
                    createdAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReportLayoutVersions", x => new { x.tenantId, x.layoutId, x.version });
                    table.ForeignKey(
                        name: "FK_ReportLayoutVersions_ReportLayouts_layoutId",
                        column: x => x.layoutId,
                        principalTable: "ReportLayouts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_ReportLayoutVersions_Users_userId",
                        column: x => x.userId,
                        principalTable: "Users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "FK_ReportLayoutVersions_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_BudgetLines_budgetId",
                table: "BudgetLines",
                column: "budgetId");

            migrationBuilder.CreateIndex(
                name: "IX_Budgets_tenantId_createdAt_id",
                table: "Budgets",
                columns: new[] { "tenantId", "createdAt", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_Budgets_tenantId_xeroId",
                table: "Budgets",
                columns: new[] { "tenantId", "xeroId" },
                unique: true,
                filter: "\"xeroId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Budgets_userId",
                table: "Budgets",
                column: "userId");

            migrationBuilder.CreateIndex(
                name: "IX_ReportLayouts_tenantId_id",
                table: "ReportLayouts",
                columns: new[] { "tenantId", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_ReportLayouts_tenantId_name",
                table: "ReportLayouts",
                columns: new[] { "tenantId", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ReportLayouts_userId",
                table: "ReportLayouts",
                column: "userId");

            migrationBuilder.CreateIndex(
                name: "IX_ReportLayoutVersions_layoutId",
                table: "ReportLayoutVersions",
                column: "layoutId");

            migrationBuilder.CreateIndex(
                name: "IX_ReportLayoutVersions_userId",
                table: "ReportLayoutVersions",
                column: "userId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "BudgetLines");

            migrationBuilder.DropTable(
                name: "ReportLayoutVersions");

            migrationBuilder.DropTable(
                name: "Budgets");

            migrationBuilder.DropTable(
                name: "ReportLayouts");
        }
    }
}
