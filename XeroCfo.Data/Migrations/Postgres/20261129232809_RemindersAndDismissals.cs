using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace XeroCfo.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class RemindersAndDismissals : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ReminderTexts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    tone = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    subject = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    body = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    userId = table.Column<Guid>(type: "uuid", nullable: true),
                    createdAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReminderTexts", x => x.id);
                    table.ForeignKey(
                        name: "FK_ReminderTexts_Users_userId",
                        column: x => x.userId,
                        principalTable: "Users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "FK_ReminderTexts_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "UsualBillsDismissed",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    contactId = table.Column<Guid>(type: "uuid", nullable: false),
                    month = table.Column<DateOnly>(type: "date", nullable: true),
                    userId = table.Column<Guid>(type: "uuid", nullable: true),
                    createdAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UsualBillsDismissed", x => x.id);
                    table.ForeignKey(
                        name: "FK_UsualBillsDismissed_Users_userId",
                        column: x => x.userId,
                        principalTable: "Users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "FK_UsualBillsDismissed_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ReminderTexts_tenantId_tone",
                table: "ReminderTexts",
                columns: new[] { "tenantId", "tone" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ReminderTexts_userId",
                table: "ReminderTexts",
                column: "userId");

            migrationBuilder.CreateIndex(
                name: "IX_UsualBillsDismissed_tenantId_contactId_month",
                table: "UsualBillsDismissed",
                columns: new[] { "tenantId", "contactId", "month" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_UsualBillsDismissed_userId",
                table: "UsualBillsDismissed",
                column: "userId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ReminderTexts");

            migrationBuilder.DropTable(
                name: "UsualBillsDismissed");
        }
    }
}
