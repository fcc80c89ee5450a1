using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace XeroCfo.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class SearchByOrder : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Transactions_tenantId_absoluteAmount_id",
                table: "Transactions");

            migrationBuilder.DropIndex(
                name: "IX_Transactions_tenantId_date_id",
                table: "Transactions");

            migrationBuilder.CreateIndex(
                name: "IX_Transactions_tenantId_absoluteAmount_id_searchText",
                table: "Transactions",
                columns: new[] { "tenantId", "absoluteAmount", "id", "searchText" });

            migrationBuilder.CreateIndex(
                name: "IX_Transactions_tenantId_date_id_searchText",
                table: "Transactions",
                columns: new[] { "tenantId", "date", "id", "searchText" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Transactions_tenantId_absoluteAmount_id_searchText",
                table: "Transactions");

            migrationBuilder.DropIndex(
                name: "IX_Transactions_tenantId_date_id_searchText",
                table: "Transactions");

            migrationBuilder.CreateIndex(
                name: "IX_Transactions_tenantId_absoluteAmount_id",
                table: "Transactions",
                columns: new[] { "tenantId", "absoluteAmount", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_Transactions_tenantId_date_id",
                table: "Transactions",
                columns: new[] { "tenantId", "date", "id" });
        }
    }
}
