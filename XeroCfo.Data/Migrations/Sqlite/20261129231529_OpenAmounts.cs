using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace XeroCfo.Data.Migrations.Sqlite
{
    /// <summary>What settles a document stands on its row, so that open ones are found and aged by one index; where a person put an account in the cash-flow statement.</summary>
    public partial class OpenAmounts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Transactions_open",
                table: "Transactions");

            migrationBuilder.AddColumn<long>(
                name: "settled",
                table: "Transactions",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "cashFlowBucket",
                table: "Accounts",
                type: "TEXT",
                maxLength: 20,
                nullable: true);

            // Before the index is there: else each of these rows would be written in it as well.
            migrationBuilder.Sql("""
                UPDATE "Transactions" SET "settled" = s."amount"
                FROM (SELECT "tenantId", "targetXeroId", SUM("amount") AS "amount" FROM "Allocations" GROUP BY "tenantId", "targetXeroId") s
                WHERE "Transactions"."tenantId" = s."tenantId" AND "Transactions"."xeroId" = lower(s."targetXeroId");
                """);

            migrationBuilder.CreateIndex(
                name: "IX_Transactions_open",
                table: "Transactions",
                columns: new[] { "tenantId", "type", "currencyRate", "contactId", "dueDate", "date", "amount", "settled", "xeroId", "direction", "status", "amountDue" },
                filter: "\"type\" IN ('INVOICE', 'BILL', 'CREDIT_NOTE') AND \"status\" = 'AUTHORISED' AND (\"amountDue\" IS NULL OR \"amountDue\" <> 0)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Transactions_open",
                table: "Transactions");

            migrationBuilder.DropColumn(
                name: "settled",
                table: "Transactions");

            migrationBuilder.DropColumn(
                name: "cashFlowBucket",
                table: "Accounts");

            migrationBuilder.CreateIndex(
                name: "IX_Transactions_open",
                table: "Transactions",
                columns: new[] { "tenantId", "type", "date", "currencyRate", "dueDate", "contactId", "amount", "xeroId", "direction", "status", "amountDue" },
                filter: "\"type\" IN ('INVOICE', 'BILL', 'CREDIT_NOTE') AND \"status\" = 'AUTHORISED' AND (\"amountDue\" IS NULL OR \"amountDue\" <> 0)");
        }
    }
}
