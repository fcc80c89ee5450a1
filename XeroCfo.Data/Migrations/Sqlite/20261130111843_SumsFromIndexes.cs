using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace XeroCfo.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class SumsFromIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_LedgerLines_tenantId_accountId_date_id",
                table: "LedgerLines");

            migrationBuilder.CreateIndex(
                name: "IX_LedgerLines_account",
                table: "LedgerLines",
                columns: new[] { "tenantId", "accountId", "date", "id", "contactId", "source", "amount" });

            migrationBuilder.CreateIndex(
                name: "IX_ContactBalances_sums",
                table: "ContactBalances",
                columns: new[] { "tenantId", "basis", "accountId", "month", "contactId", "movement" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_LedgerLines_account",
                table: "LedgerLines");

            migrationBuilder.DropIndex(
                name: "IX_ContactBalances_sums",
                table: "ContactBalances");

            migrationBuilder.CreateIndex(
                name: "IX_LedgerLines_tenantId_accountId_date_id",
                table: "LedgerLines",
                columns: new[] { "tenantId", "accountId", "date", "id" });
        }
    }
}
