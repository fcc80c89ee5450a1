using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace XeroCfo.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class OpenDocuments : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Allocations_tenantId_targetXeroId",
                table: "Allocations");

            migrationBuilder.CreateIndex(
                name: "IX_Transactions_byPerson",
                table: "Transactions",
                columns: new[] { "tenantId", "date", "id" },
                filter: "\"lockedByPerson\"");

            migrationBuilder.CreateIndex(
                name: "IX_Transactions_byPerson_amount",
                table: "Transactions",
                columns: new[] { "tenantId", "absoluteAmount", "id" },
                filter: "\"lockedByPerson\"");

            migrationBuilder.CreateIndex(
                name: "IX_Transactions_drafts",
                table: "Transactions",
                columns: new[] { "tenantId", "date", "id" },
                filter: "\"status\" IN ('DRAFT', 'SUBMITTED')");

            migrationBuilder.CreateIndex(
                name: "IX_Transactions_drafts_amount",
                table: "Transactions",
                columns: new[] { "tenantId", "absoluteAmount", "id" },
                filter: "\"status\" IN ('DRAFT', 'SUBMITTED')");

            migrationBuilder.CreateIndex(
                name: "IX_Transactions_open",
                table: "Transactions",
                columns: new[] { "tenantId", "type", "date" },
                filter: "\"type\" IN ('INVOICE', 'BILL', 'CREDIT_NOTE') AND \"status\" = 'AUTHORISED' AND (\"amountDue\" IS NULL OR \"amountDue\" <> 0)");

            migrationBuilder.CreateIndex(
                name: "IX_Transactions_tenantId_accountCode_absoluteAmount_id",
                table: "Transactions",
                columns: new[] { "tenantId", "accountCode", "absoluteAmount", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_Transactions_tenantId_accountCode_date_id",
                table: "Transactions",
                columns: new[] { "tenantId", "accountCode", "date", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_Transactions_tenantId_category_absoluteAmount_id",
                table: "Transactions",
                columns: new[] { "tenantId", "category", "absoluteAmount", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_Transactions_tenantId_status_absoluteAmount_id",
                table: "Transactions",
                columns: new[] { "tenantId", "status", "absoluteAmount", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_Transactions_tenantId_status_date_id",
                table: "Transactions",
                columns: new[] { "tenantId", "status", "date", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_Transactions_tenantId_type_absoluteAmount_id",
                table: "Transactions",
                columns: new[] { "tenantId", "type", "absoluteAmount", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_Transactions_tenantId_type_date_id",
                table: "Transactions",
                columns: new[] { "tenantId", "type", "date", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_Transactions_unreconciled",
                table: "Transactions",
                columns: new[] { "tenantId", "date", "id" },
                filter: "NOT \"isReconciled\" AND \"bankAccountId\" IS NOT NULL AND \"status\" IN ('AUTHORISED', 'PAID')");

            migrationBuilder.CreateIndex(
                name: "IX_Transactions_unreconciled_amount",
                table: "Transactions",
                columns: new[] { "tenantId", "absoluteAmount", "id" },
                filter: "NOT \"isReconciled\" AND \"bankAccountId\" IS NOT NULL AND \"status\" IN ('AUTHORISED', 'PAID')");

            migrationBuilder.CreateIndex(
                name: "IX_Allocations_tenantId_targetXeroId_effectiveDate_amount",
                table: "Allocations",
                columns: new[] { "tenantId", "targetXeroId", "effectiveDate", "amount" });

            // Without figures about a new index the planner takes it for the best one of all.
            migrationBuilder.Sql("ANALYZE");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Transactions_byPerson",
                table: "Transactions");

            migrationBuilder.DropIndex(
                name: "IX_Transactions_byPerson_amount",
                table: "Transactions");

            migrationBuilder.DropIndex(
                name: "IX_Transactions_drafts",
                table: "Transactions");

            migrationBuilder.DropIndex(
                name: "IX_Transactions_drafts_amount",
                table: "Transactions");

            migrationBuilder.DropIndex(
                name: "IX_Transactions_open",
                table: "Transactions");

            migrationBuilder.DropIndex(
                name: "IX_Transactions_tenantId_accountCode_absoluteAmount_id",
                table: "Transactions");

            migrationBuilder.DropIndex(
                name: "IX_Transactions_tenantId_accountCode_date_id",
                table: "Transactions");

            migrationBuilder.DropIndex(
                name: "IX_Transactions_tenantId_category_absoluteAmount_id",
                table: "Transactions");

            migrationBuilder.DropIndex(
                name: "IX_Transactions_tenantId_status_absoluteAmount_id",
                table: "Transactions");

            migrationBuilder.DropIndex(
                name: "IX_Transactions_tenantId_status_date_id",
                table: "Transactions");

            migrationBuilder.DropIndex(
                name: "IX_Transactions_tenantId_type_absoluteAmount_id",
                table: "Transactions");

            migrationBuilder.DropIndex(
                name: "IX_Transactions_tenantId_type_date_id",
                table: "Transactions");

            migrationBuilder.DropIndex(
                name: "IX_Transactions_unreconciled",
                table: "Transactions");

            migrationBuilder.DropIndex(
                name: "IX_Transactions_unreconciled_amount",
                table: "Transactions");

            migrationBuilder.DropIndex(
                name: "IX_Allocations_tenantId_targetXeroId_effectiveDate_amount",
                table: "Allocations");

            migrationBuilder.CreateIndex(
                name: "IX_Allocations_tenantId_targetXeroId",
                table: "Allocations",
                columns: new[] { "tenantId", "targetXeroId" });
        }
    }
}
