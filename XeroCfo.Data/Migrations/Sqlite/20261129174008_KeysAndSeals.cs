using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace XeroCfo.Data.Migrations.Sqlite
{
    /// <summary>Keys have addresses, a replaced key and a trace of their use; entries of the audit trail carry a mark that nobody else can make, which is never changed either.</summary>
    public partial class KeysAndSeals : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "mac",
                table: "AuditLogs",
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "addresses",
                table: "ApiKeys",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "createdBy",
                table: "ApiKeys",
                type: "TEXT",
                maxLength: 255,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "expiryAnnouncedAt",
                table: "ApiKeys",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "lastUsedAddress",
                table: "ApiKeys",
                type: "TEXT",
                maxLength: 45,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "lastUsedRoute",
                table: "ApiKeys",
                type: "TEXT",
                maxLength: 255,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "previousEndsAt",
                table: "ApiKeys",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "previousKey",
                table: "ApiKeys",
                type: "TEXT",
                maxLength: 255,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "revokedBy",
                table: "ApiKeys",
                type: "TEXT",
                maxLength: 255,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "rotatedAt",
                table: "ApiKeys",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ApiKeyUses",
                columns: table => new
                {
                    apiKeyId = table.Column<Guid>(type: "TEXT", nullable: false),
                    permission = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    lastUsedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ApiKeyUses", x => new { x.apiKeyId, x.permission });
                    table.ForeignKey(
                        name: "FK_ApiKeyUses_ApiKeys_apiKeyId",
                        column: x => x.apiKeyId,
                        principalTable: "ApiKeys",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ApiKeys_previousKey",
                table: "ApiKeys",
                column: "previousKey",
                unique: true);

            migrationBuilder.Sql("DROP TRIGGER \"AuditLogs_append_only_update\";");
            migrationBuilder.Sql("""
                CREATE TRIGGER "AuditLogs_append_only_update" BEFORE UPDATE ON "AuditLogs"
                WHEN NOT (
                    NEW."id" IS OLD."id" AND NEW."action" IS OLD."action" AND NEW."details" IS OLD."details"
                    AND NEW."ipAddress" IS OLD."ipAddress" AND NEW."userAgent" IS OLD."userAgent" AND NEW."createdAt" IS OLD."createdAt" AND NEW."mac" IS OLD."mac"
                    AND (NEW."userId" IS OLD."userId" OR NEW."userId" IS NULL)
                    AND (NEW."tenantId" IS OLD."tenantId" OR NEW."tenantId" IS NULL))
                BEGIN
                    SELECT RAISE(ABORT, 'AuditLogs is append-only');
                END;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ApiKeyUses");

            migrationBuilder.DropIndex(
                name: "IX_ApiKeys_previousKey",
                table: "ApiKeys");

            // Not by EF: it would make the table anew, and lose its triggers.
            migrationBuilder.Sql("DROP TRIGGER \"AuditLogs_append_only_update\";");
            migrationBuilder.Sql("ALTER TABLE \"AuditLogs\" DROP COLUMN \"mac\";");
            migrationBuilder.Sql("""
                CREATE TRIGGER "AuditLogs_append_only_update" BEFORE UPDATE ON "AuditLogs"
                WHEN NOT (
                    NEW."id" IS OLD."id" AND NEW."action" IS OLD."action" AND NEW."details" IS OLD."details"
                    AND NEW."ipAddress" IS OLD."ipAddress" AND NEW."userAgent" IS OLD."userAgent" AND NEW."createdAt" IS OLD."createdAt"
                    AND (NEW."userId" IS OLD."userId" OR NEW."userId" IS NULL)
                    AND (NEW."tenantId" IS OLD."tenantId" OR NEW."tenantId" IS NULL))
                BEGIN
                    SELECT RAISE(ABORT, 'AuditLogs is append-only');
                END;
                """);

            migrationBuilder.DropColumn(
                name: "addresses",
                table: "ApiKeys");

            migrationBuilder.DropColumn(
                name: "createdBy",
                table: "ApiKeys");

            migrationBuilder.DropColumn(
                name: "expiryAnnouncedAt",
                table: "ApiKeys");

            migrationBuilder.DropColumn(
                name: "lastUsedAddress",
                table: "ApiKeys");

            migrationBuilder.DropColumn(
                name: "lastUsedRoute",
                table: "ApiKeys");

            migrationBuilder.DropColumn(
                name: "previousEndsAt",
                table: "ApiKeys");

            migrationBuilder.DropColumn(
                name: "previousKey",
                table: "ApiKeys");

            migrationBuilder.DropColumn(
                name: "revokedBy",
                table: "ApiKeys");

            migrationBuilder.DropColumn(
                name: "rotatedAt",
                table: "ApiKeys");
        }
    }
}
