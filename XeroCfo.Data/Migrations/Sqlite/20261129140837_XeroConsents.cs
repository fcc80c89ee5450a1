using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace XeroCfo.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class XeroConsents : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "brokenAt",
                table: "XeroTokens",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "brokenBecause",
                table: "XeroTokens",
                type: "TEXT",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "connectionId",
                table: "XeroTokens",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "consentedAt",
                table: "XeroTokens",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "renewalTriedAt",
                table: "XeroTokens",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "scopes",
                table: "XeroTokens",
                type: "TEXT",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "isHidden",
                table: "UserTenants",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTime>(
                name: "waitUntil",
                table: "SyncRuns",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "fullLoadedAt",
                table: "SyncCursors",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "XeroCalls",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    tenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    purpose = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_XeroCalls", x => x.id);
                    table.ForeignKey(
                        name: "FK_XeroCalls_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "XeroCallWindows",
                columns: table => new
                {
                    tenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    openedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    saidLeft = table.Column<int>(type: "INTEGER", nullable: true),
                    saidAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    closedUntil = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_XeroCallWindows", x => x.tenantId);
                    table.ForeignKey(
                        name: "FK_XeroCallWindows_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "XeroNotices",
                columns: table => new
                {
                    tenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    xeroId = table.Column<Guid>(type: "TEXT", nullable: false),
                    receivedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_XeroNotices", x => new { x.tenantId, x.kind, x.xeroId });
                    table.ForeignKey(
                        name: "FK_XeroNotices_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_XeroCalls_tenantId_at",
                table: "XeroCalls",
                columns: new[] { "tenantId", "at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "XeroCalls");

            migrationBuilder.DropTable(
                name: "XeroCallWindows");

            migrationBuilder.DropTable(
                name: "XeroNotices");

            migrationBuilder.DropColumn(
                name: "brokenAt",
                table: "XeroTokens");

            migrationBuilder.DropColumn(
                name: "brokenBecause",
                table: "XeroTokens");

            migrationBuilder.DropColumn(
                name: "connectionId",
                table: "XeroTokens");

            migrationBuilder.DropColumn(
                name: "consentedAt",
                table: "XeroTokens");

            migrationBuilder.DropColumn(
                name: "renewalTriedAt",
                table: "XeroTokens");

            migrationBuilder.DropColumn(
                name: "scopes",
                table: "XeroTokens");

            migrationBuilder.DropColumn(
                name: "isHidden",
                table: "UserTenants");

            migrationBuilder.DropColumn(
                name: "waitUntil",
                table: "SyncRuns");

            migrationBuilder.DropColumn(
                name: "fullLoadedAt",
                table: "SyncCursors");
        }
    }
}
