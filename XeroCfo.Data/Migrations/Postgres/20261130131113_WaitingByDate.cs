using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace XeroCfo.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class WaitingByDate : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Documents_dirty",
                table: "Documents");

            migrationBuilder.CreateIndex(
                name: "IX_Documents_dirty",
                table: "Documents",
                columns: new[] { "tenantId", "date", "kind", "xeroId" },
                filter: "\"dirty\"");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Documents_dirty",
                table: "Documents");

            migrationBuilder.CreateIndex(
                name: "IX_Documents_dirty",
                table: "Documents",
                columns: new[] { "tenantId", "kind", "xeroId" },
                filter: "\"dirty\"");
        }
    }
}
