using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace XeroCfo.Data.Migrations.Sqlite
{
    /// <summary>The audit trail refuses an entry in the place of another: SQLite's REPLACE is neither a change nor a deletion to its triggers.</summary>
    public partial class AuditKeepsEntries : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
            CREATE TRIGGER "AuditLogs_append_only_insert" BEFORE INSERT ON "AuditLogs"
            WHEN EXISTS (SELECT 1 FROM "AuditLogs" WHERE "id" = NEW."id")
            BEGIN
                SELECT RAISE(ABORT, 'AuditLogs is append-only');
            END;
            """);

        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TRIGGER \"AuditLogs_append_only_insert\";");
    }
}
