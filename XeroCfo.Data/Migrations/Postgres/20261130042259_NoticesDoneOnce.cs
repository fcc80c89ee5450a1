using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace XeroCfo.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class NoticesDoneOnce : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "changedAt",
                table: "XeroNotices",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "doneAt",
                table: "XeroNotices",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_XeroNotices_waiting",
                table: "XeroNotices",
                column: "tenantId",
                filter: "\"doneAt\" IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_XeroNotices_waiting",
                table: "XeroNotices");

            migrationBuilder.DropColumn(
                name: "changedAt",
                table: "XeroNotices");

            migrationBuilder.DropColumn(
                name: "doneAt",
                table: "XeroNotices");
        }
    }
}
