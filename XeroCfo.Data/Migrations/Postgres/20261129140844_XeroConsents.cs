using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace XeroCfo.Data.Migrations.Postgres
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
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "brokenBecause",
                table: "XeroTokens",
                type: "character varying(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "connectionId",
                table: "XeroTokens",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "consentedAt",
                table: "XeroTokens",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "renewalTriedAt",
                table: "XeroTokens",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "scopes",
                table: "XeroTokens",
                type: "character varying(2000)",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "isHidden",
                table: "UserTenants",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTime>(
                name: "waitUntil",
                table: "SyncRuns",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "fullLoadedAt",
                table: "SyncCursors",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "XeroCalls",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    purpose = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false)
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
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    openedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    saidLeft = table.Column<int>(type: "integer", nullable: true),
                    saidAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    closedUntil = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
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
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    xeroId = table.Column<Guid>(type: "uuid", nullable: false),
                    receivedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
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
