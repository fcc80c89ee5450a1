using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace XeroCfo.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ReportRowNotes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ReportRowNotes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    tenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    reportId = table.Column<Guid>(type: "TEXT", nullable: false),
                    rowKey = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    userId = table.Column<Guid>(type: "TEXT", nullable: true),
                    text = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    createdAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    updatedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReportRowNotes", x => x.id);
                    table.ForeignKey(
                        name: "FK_ReportRowNotes_Reports_reportId",
                        column: x => x.reportId,
                        principalTable: "Reports",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_ReportRowNotes_Users_userId",
                        column: x => x.userId,
                        principalTable: "Users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "FK_ReportRowNotes_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ReportRowNotes_reportId",
                table: "ReportRowNotes",
                column: "reportId");

            migrationBuilder.CreateIndex(
                name: "IX_ReportRowNotes_tenantId_reportId",
                table: "ReportRowNotes",
                columns: new[] { "tenantId", "reportId" });

            migrationBuilder.CreateIndex(
                name: "IX_ReportRowNotes_userId",
                table: "ReportRowNotes",
                column: "userId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ReportRowNotes");
        }
    }
}
