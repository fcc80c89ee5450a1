using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace XeroCfo.Data.Migrations.Postgres
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
                name: "IX_Transactions_open",
                table: "Transactions",
                columns: new[] { "tenantId", "type", "date" },
                filter: "\"status\" = 'AUTHORISED' AND (\"amountDue\" IS NULL OR \"amountDue\" <> 0)");

            migrationBuilder.CreateIndex(
                name: "IX_Allocations_tenantId_targetXeroId_effectiveDate_amount",
                table: "Allocations",
                columns: new[] { "tenantId", "targetXeroId", "effectiveDate", "amount" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Transactions_open",
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
