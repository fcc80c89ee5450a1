using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace XeroCfo.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Backups : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "BackupRuns",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    status = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    trigger = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    by = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    fileName = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    node = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    startedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    finishedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    snapshotAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    rows = table.Column<long>(type: "bigint", nullable: false),
                    bytes = table.Column<long>(type: "bigint", nullable: false),
                    errorCode = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    errorMessage = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    removedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    leaseOwner = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    leaseUntil = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    createdAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BackupRuns", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_BackupRuns_trigger_createdAt",
                table: "BackupRuns",
                columns: new[] { "trigger", "createdAt" });

            migrationBuilder.CreateIndex(
                name: "UX_BackupRuns_queued",
                table: "BackupRuns",
                column: "status",
                unique: true,
                filter: "\"status\" = 'queued'");

            migrationBuilder.CreateIndex(
                name: "UX_BackupRuns_running",
                table: "BackupRuns",
                column: "status",
                unique: true,
                filter: "\"status\" = 'running'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "BackupRuns");
        }
    }
}
