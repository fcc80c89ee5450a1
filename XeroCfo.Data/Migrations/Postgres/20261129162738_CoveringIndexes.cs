using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace XeroCfo.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class CoveringIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Transactions_open",
                table: "Transactions");

            migrationBuilder.DropIndex(
                name: "IX_Allocations_tenantId_effectiveDate",
                table: "Allocations");

            migrationBuilder.CreateIndex(
                name: "IX_Transactions_open",
                table: "Transactions",
                columns: new[] { "tenantId", "type", "date", "currencyRate", "dueDate", "contactId", "amount", "xeroId", "direction", "status", "amountDue" },
                filter: "\"type\" IN ('INVOICE', 'BILL', 'CREDIT_NOTE') AND \"status\" = 'AUTHORISED' AND (\"amountDue\" IS NULL OR \"amountDue\" <> 0)");

            migrationBuilder.CreateIndex(
                name: "IX_Allocations_tenantId_effectiveDate",
                table: "Allocations",
                columns: new[] { "tenantId", "effectiveDate", "date", "sourceKind", "targetXeroId", "sourceXeroId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Transactions_open",
                table: "Transactions");

            migrationBuilder.DropIndex(
                name: "IX_Allocations_tenantId_effectiveDate",
                table: "Allocations");

            migrationBuilder.CreateIndex(
                name: "IX_Transactions_open",
                table: "Transactions",
                columns: new[] { "tenantId", "type", "date" },
                filter: "\"type\" IN ('INVOICE', 'BILL', 'CREDIT_NOTE') AND \"status\" = 'AUTHORISED' AND (\"amountDue\" IS NULL OR \"amountDue\" <> 0)");

            migrationBuilder.CreateIndex(
                name: "IX_Allocations_tenantId_effectiveDate",
                table: "Allocations",
                columns: new[] { "tenantId", "effectiveDate" });
        }
    }
}
