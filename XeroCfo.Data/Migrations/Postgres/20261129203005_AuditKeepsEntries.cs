using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace XeroCfo.Data.Migrations.Postgres
{
    /// <summary>The step of SQLite's REPLACE, which PostgreSQL does not have: what it has instead is a change to the trigger. Both databases count the same steps.</summary>
    public partial class AuditKeepsEntries : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
        }
    }
}
