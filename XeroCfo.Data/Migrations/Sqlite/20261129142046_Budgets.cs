using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace XeroCfo.Data.Migrations.Sqlite
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
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    tenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    userId = table.Column<Guid>(type: "TEXT", nullable: true),
                    name = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    source = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    xeroId = table.Column<Guid>(type: "TEXT", nullable: true),
                    tracking = table.Column<string>(type: "TEXT", nullable: false),
                    createdAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    updatedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
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
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    tenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    userId = table.Column<Guid>(type: "TEXT", nullable: true),
                    name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    rows = table.Column<string>(type: "TEXT", nullable: false),
                    createdAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    updatedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
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
                    tenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    budgetId = table.Column<Guid>(type: "TEXT", nullable: false),
                    accountId = table.Column<Guid>(type: "TEXT", nullable: false),
                    month = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    amount = table.Column<long>(type: "INTEGER", nullable: false)
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
                    tenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    layoutId = table.Column<Guid>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    rows = table.Column<string>(type: "TEXT", nullable: false),
                    userId = table.Column<Guid>(type: "TEXT", nullable: true),
                    createdAt = table.Column<DateTime>(type: "TEXT", nullable: false)
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
