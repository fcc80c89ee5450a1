using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace XeroCfo.Data.Migrations.Postgres
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
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "addresses",
                table: "ApiKeys",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "createdBy",
                table: "ApiKeys",
                type: "character varying(255)",
                maxLength: 255,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "expiryAnnouncedAt",
                table: "ApiKeys",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "lastUsedAddress",
                table: "ApiKeys",
                type: "character varying(45)",
                maxLength: 45,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "lastUsedRoute",
                table: "ApiKeys",
                type: "character varying(255)",
                maxLength: 255,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "previousEndsAt",
                table: "ApiKeys",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "previousKey",
                table: "ApiKeys",
                type: "character varying(255)",
                maxLength: 255,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "revokedBy",
                table: "ApiKeys",
                type: "character varying(255)",
                maxLength: 255,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "rotatedAt",
                table: "ApiKeys",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ApiKeyUses",
                columns: table => new
                {
                    apiKeyId = table.Column<Guid>(type: "uuid", nullable: false),
                    permission = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    lastUsedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
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

            migrationBuilder.Sql("""
                CREATE OR REPLACE FUNCTION "AuditLogs_append_only"() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF TG_OP = 'UPDATE'
                        AND NEW."id" = OLD."id" AND NEW."action" = OLD."action" AND NEW."details" IS NOT DISTINCT FROM OLD."details"
                        AND NEW."ipAddress" IS NOT DISTINCT FROM OLD."ipAddress" AND NEW."userAgent" IS NOT DISTINCT FROM OLD."userAgent"
                        AND NEW."createdAt" = OLD."createdAt" AND NEW."mac" IS NOT DISTINCT FROM OLD."mac"
                        AND (NEW."userId" IS NOT DISTINCT FROM OLD."userId" OR NEW."userId" IS NULL)
                        AND (NEW."tenantId" IS NOT DISTINCT FROM OLD."tenantId" OR NEW."tenantId" IS NULL)
                    THEN
                        RETURN NEW;
                    END IF;
                    RAISE EXCEPTION 'AuditLogs is append-only';
                END
                $$;
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

            migrationBuilder.Sql("""
                CREATE OR REPLACE FUNCTION "AuditLogs_append_only"() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF TG_OP = 'UPDATE'
                        AND NEW."id" = OLD."id" AND NEW."action" = OLD."action" AND NEW."details" IS NOT DISTINCT FROM OLD."details"
                        AND NEW."ipAddress" IS NOT DISTINCT FROM OLD."ipAddress" AND NEW."userAgent" IS NOT DISTINCT FROM OLD."userAgent"
                        AND NEW."createdAt" = OLD."createdAt"
                        AND (NEW."userId" IS NOT DISTINCT FROM OLD."userId" OR NEW."userId" IS NULL)
                        AND (NEW."tenantId" IS NOT DISTINCT FROM OLD."tenantId" OR NEW."tenantId" IS NULL)
                    THEN
                        RETURN NEW;
                    END IF;
                    RAISE EXCEPTION 'AuditLogs is append-only';
                END
                $$;
                """);

            migrationBuilder.DropColumn(
                name: "mac",
                table: "AuditLogs");

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
