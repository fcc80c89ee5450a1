using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace XeroCfo.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Categories : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "ownAccountCode",
                table: "Transactions",
                type: "TEXT",
                maxLength: 50,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Categories",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    tenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    normalizedName = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    colour = table.Column<string>(type: "TEXT", maxLength: 7, nullable: false),
                    defaultAccountCode = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    createdAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    updatedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Categories", x => x.id);
                    table.ForeignKey(
                        name: "FK_Categories_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "CategoryUndos",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    tenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    userId = table.Column<Guid>(type: "TEXT", nullable: true),
                    by = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    category = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    changed = table.Column<int>(type: "INTEGER", nullable: false),
                    skipped = table.Column<int>(type: "INTEGER", nullable: false),
                    undoneAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    createdAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    updatedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CategoryUndos", x => x.id);
                    table.ForeignKey(
                        name: "FK_CategoryUndos_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "CategoryAccounts",
                columns: table => new
                {
                    tenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    accountId = table.Column<Guid>(type: "TEXT", nullable: false),
                    categoryId = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CategoryAccounts", x => new { x.tenantId, x.accountId });
                    table.ForeignKey(
                        name: "FK_CategoryAccounts_Categories_categoryId",
                        column: x => x.categoryId,
                        principalTable: "Categories",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_CategoryAccounts_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "CategoryUndoRows",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    tenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    undoId = table.Column<Guid>(type: "TEXT", nullable: false),
                    transactionId = table.Column<Guid>(type: "TEXT", nullable: false),
                    category = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    ownAccountCode = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    accountCode = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    categorySource = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    categoryRuleId = table.Column<Guid>(type: "TEXT", nullable: true),
                    newCategory = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    newOwnAccountCode = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    newCategorySource = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CategoryUndoRows", x => x.id);
                    table.ForeignKey(
                        name: "FK_CategoryUndoRows_CategoryUndos_undoId",
                        column: x => x.undoId,
                        principalTable: "CategoryUndos",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_CategoryUndoRows_Transactions_transactionId",
                        column: x => x.transactionId,
                        principalTable: "Transactions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_CategoryUndoRows_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Transactions_tenantId_category_date_id",
                table: "Transactions",
                columns: new[] { "tenantId", "category", "date", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_TransactionLines_tenantId_accountId_transactionId",
                table: "TransactionLines",
                columns: new[] { "tenantId", "accountId", "transactionId" });

            migrationBuilder.CreateIndex(
                name: "IX_Categories_tenantId_normalizedName",
                table: "Categories",
                columns: new[] { "tenantId", "normalizedName" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_CategoryAccounts_categoryId",
                table: "CategoryAccounts",
                column: "categoryId");

            migrationBuilder.CreateIndex(
                name: "IX_CategoryUndoRows_tenantId",
                table: "CategoryUndoRows",
                column: "tenantId");

            migrationBuilder.CreateIndex(
                name: "IX_CategoryUndoRows_transactionId",
                table: "CategoryUndoRows",
                column: "transactionId");

            migrationBuilder.CreateIndex(
                name: "IX_CategoryUndoRows_undoId_id",
                table: "CategoryUndoRows",
                columns: new[] { "undoId", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_CategoryUndos_tenantId_createdAt",
                table: "CategoryUndos",
                columns: new[] { "tenantId", "createdAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "CategoryAccounts");

            migrationBuilder.DropTable(
                name: "CategoryUndoRows");

            migrationBuilder.DropTable(
                name: "Categories");

            migrationBuilder.DropTable(
                name: "CategoryUndos");

            migrationBuilder.DropIndex(
                name: "IX_Transactions_tenantId_category_date_id",
                table: "Transactions");

            migrationBuilder.DropIndex(
                name: "IX_TransactionLines_tenantId_accountId_transactionId",
                table: "TransactionLines");

            migrationBuilder.DropColumn(
                name: "ownAccountCode",
                table: "Transactions");
        }
    }
}
