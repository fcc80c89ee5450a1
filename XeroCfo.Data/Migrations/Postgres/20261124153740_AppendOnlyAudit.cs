using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace XeroCfo.Data.Migrations.Postgres
{
    /// <summary>
    /// The audit trail refuses changes and deletions, but for a deleted person's or organisation's id becoming null;
    /// substring search has a trigram index.
    /// </summary>
    public partial class AppendOnlyAudit : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                CREATE FUNCTION "AuditLogs_append_only"() RETURNS trigger LANGUAGE plpgsql AS $$
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
            migrationBuilder.Sql("""
                CREATE TRIGGER "AuditLogs_append_only" BEFORE UPDATE OR DELETE ON "AuditLogs"
                FOR EACH ROW EXECUTE FUNCTION "AuditLogs_append_only"();
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER "AuditLogs_append_only_truncate" BEFORE TRUNCATE ON "AuditLogs"
                FOR EACH STATEMENT EXECUTE FUNCTION "AuditLogs_append_only"();
                """);
            migrationBuilder.Sql("CREATE EXTENSION IF NOT EXISTS pg_trgm;");
            migrationBuilder.Sql("""CREATE INDEX "IX_Transactions_searchText" ON "Transactions" USING gin ("searchText" gin_trgm_ops);""");
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""DROP INDEX "IX_Transactions_searchText";""");
            migrationBuilder.Sql("""DROP TRIGGER "AuditLogs_append_only_truncate" ON "AuditLogs";""");
            migrationBuilder.Sql("""DROP TRIGGER "AuditLogs_append_only" ON "AuditLogs";""");
            migrationBuilder.Sql("""DROP FUNCTION "AuditLogs_append_only"();""");
        }
    }
}
