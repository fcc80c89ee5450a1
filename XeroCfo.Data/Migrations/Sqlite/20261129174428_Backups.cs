using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace XeroCfo.Data.Migrations.Sqlite
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
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    status = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    trigger = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    by = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    fileName = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    node = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    startedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    finishedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    snapshotAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    rows = table.Column<long>(type: "INTEGER", nullable: false),
                    bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    errorCode = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    errorMessage = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    removedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    leaseOwner = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    leaseUntil = table.Column<DateTime>(type: "TEXT", nullable: true),
                    createdAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    updatedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
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
