using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace XeroCfo.Data.Migrations.Sqlite
{
    /// <summary>The audit trail refuses changes and deletions, but for a deleted person's or organisation's id becoming null.</summary>
    public partial class AppendOnlyAudit : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
            migrationBuilder.Sql("""
                CREATE TRIGGER "AuditLogs_append_only_delete" BEFORE DELETE ON "AuditLogs"
                BEGIN
                    SELECT RAISE(ABORT, 'AuditLogs is append-only');
                END;
                """);
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TRIGGER \"AuditLogs_append_only_update\";");
            migrationBuilder.Sql("DROP TRIGGER \"AuditLogs_append_only_delete\";");
        }
    }
}
