using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace XeroCfo.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class ChasingAndSchedules : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "BillHolds",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    billXeroId = table.Column<Guid>(type: "uuid", nullable: false),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    userId = table.Column<Guid>(type: "uuid", nullable: true),
                    createdAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BillHolds", x => x.id);
                    table.ForeignKey(
                        name: "FK_BillHolds_Users_userId",
                        column: x => x.userId,
                        principalTable: "Users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "FK_BillHolds_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "InvoiceFollowUps",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    invoiceXeroId = table.Column<Guid>(type: "uuid", nullable: false),
                    promisedDate = table.Column<DateOnly>(type: "date", nullable: true),
                    isDisputed = table.Column<bool>(type: "boolean", nullable: false),
                    disputeReason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    userId = table.Column<Guid>(type: "uuid", nullable: true),
                    createdAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_InvoiceFollowUps", x => x.id);
                    table.ForeignKey(
                        name: "FK_InvoiceFollowUps_Users_userId",
                        column: x => x.userId,
                        principalTable: "Users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "FK_InvoiceFollowUps_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "LookAlikesCleared",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    firstXeroId = table.Column<Guid>(type: "uuid", nullable: false),
                    secondXeroId = table.Column<Guid>(type: "uuid", nullable: false),
                    userId = table.Column<Guid>(type: "uuid", nullable: true),
                    createdAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LookAlikesCleared", x => x.id);
                    table.ForeignKey(
                        name: "FK_LookAlikesCleared_Users_userId",
                        column: x => x.userId,
                        principalTable: "Users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "FK_LookAlikesCleared_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "NextActions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    contactId = table.Column<Guid>(type: "uuid", nullable: false),
                    text = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    dueDate = table.Column<DateOnly>(type: "date", nullable: false),
                    userId = table.Column<Guid>(type: "uuid", nullable: true),
                    createdAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_NextActions", x => x.id);
                    table.ForeignKey(
                        name: "FK_NextActions_Users_userId",
                        column: x => x.userId,
                        principalTable: "Users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "FK_NextActions_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ReportSchedules",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    userId = table.Column<Guid>(type: "uuid", nullable: true),
                    name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    type = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    period = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    parameters = table.Column<string>(type: "jsonb", nullable: false),
                    cron = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    daysAfterMonthEnd = table.Column<int>(type: "integer", nullable: true),
                    atMinute = table.Column<int>(type: "integer", nullable: false),
                    isActive = table.Column<bool>(type: "boolean", nullable: false),
                    mailAs = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    recipients = table.Column<string>(type: "jsonb", nullable: false),
                    nextRunAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    createdAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReportSchedules", x => x.id);
                    table.ForeignKey(
                        name: "FK_ReportSchedules_Users_userId",
                        column: x => x.userId,
                        principalTable: "Users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "FK_ReportSchedules_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ScheduleRuns",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    scheduleId = table.Column<Guid>(type: "uuid", nullable: false),
                    dueAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    byHand = table.Column<bool>(type: "boolean", nullable: false),
                    status = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    startedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    finishedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    leaseOwner = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    leaseUntil = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    reportId = table.Column<Guid>(type: "uuid", nullable: true),
                    mailStatus = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    errorCode = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    errorMessage = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    createdAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ScheduleRuns", x => x.id);
                    table.ForeignKey(
                        name: "FK_ScheduleRuns_ReportSchedules_scheduleId",
                        column: x => x.scheduleId,
                        principalTable: "ReportSchedules",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_ScheduleRuns_Reports_reportId",
                        column: x => x.reportId,
                        principalTable: "Reports",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "FK_ScheduleRuns_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_BillHolds_tenantId_billXeroId",
                table: "BillHolds",
                columns: new[] { "tenantId", "billXeroId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_BillHolds_userId",
                table: "BillHolds",
                column: "userId");

            migrationBuilder.CreateIndex(
                name: "IX_InvoiceFollowUps_tenantId_invoiceXeroId",
                table: "InvoiceFollowUps",
                columns: new[] { "tenantId", "invoiceXeroId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_InvoiceFollowUps_userId",
                table: "InvoiceFollowUps",
                column: "userId");

            migrationBuilder.CreateIndex(
                name: "IX_LookAlikesCleared_tenantId_firstXeroId_secondXeroId",
                table: "LookAlikesCleared",
                columns: new[] { "tenantId", "firstXeroId", "secondXeroId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_LookAlikesCleared_userId",
                table: "LookAlikesCleared",
                column: "userId");

            migrationBuilder.CreateIndex(
                name: "IX_NextActions_tenantId_contactId",
                table: "NextActions",
                columns: new[] { "tenantId", "contactId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_NextActions_userId",
                table: "NextActions",
                column: "userId");

            migrationBuilder.CreateIndex(
                name: "IX_ReportSchedules_nextRunAt",
                table: "ReportSchedules",
                column: "nextRunAt");

            migrationBuilder.CreateIndex(
                name: "IX_ReportSchedules_tenantId_id",
                table: "ReportSchedules",
                columns: new[] { "tenantId", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_ReportSchedules_userId",
                table: "ReportSchedules",
                column: "userId");

            migrationBuilder.CreateIndex(
                name: "IX_ScheduleRuns_reportId",
                table: "ScheduleRuns",
                column: "reportId");

            migrationBuilder.CreateIndex(
                name: "IX_ScheduleRuns_scheduleId",
                table: "ScheduleRuns",
                column: "scheduleId");

            migrationBuilder.CreateIndex(
                name: "IX_ScheduleRuns_status_id",
                table: "ScheduleRuns",
                columns: new[] { "status", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_ScheduleRuns_tenantId_scheduleId_dueAt",
                table: "ScheduleRuns",
                columns: new[] { "tenantId", "scheduleId", "dueAt" },
                unique: true,
                filter: "NOT \"byHand\"");

            migrationBuilder.CreateIndex(
                name: "IX_ScheduleRuns_tenantId_scheduleId_id",
                table: "ScheduleRuns",
                columns: new[] { "tenantId", "scheduleId", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "BillHolds");

            migrationBuilder.DropTable(
                name: "InvoiceFollowUps");

            migrationBuilder.DropTable(
                name: "LookAlikesCleared");

            migrationBuilder.DropTable(
                name: "NextActions");

            migrationBuilder.DropTable(
                name: "ScheduleRuns");

            migrationBuilder.DropTable(
                name: "ReportSchedules");
        }
    }
}
