using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace XeroCfo.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class WebhookDeliveries : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "disabledAt",
                table: "Webhooks",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "disabledBecause",
                table: "Webhooks",
                type: "TEXT",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "failingSince",
                table: "Webhooks",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "lastSucceededAt",
                table: "Webhooks",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "previousSecret",
                table: "Webhooks",
                type: "TEXT",
                maxLength: 255,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "previousSecretUntil",
                table: "Webhooks",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "overdueToldFor",
                table: "Transactions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "WebhookDeliveries",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    tenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    webhookId = table.Column<Guid>(type: "TEXT", nullable: false),
                    eventId = table.Column<Guid>(type: "TEXT", nullable: false),
                    status = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    tries = table.Column<int>(type: "INTEGER", nullable: false),
                    nextAttemptAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    finishedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    error = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    leaseOwner = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    leaseUntil = table.Column<DateTime>(type: "TEXT", nullable: true),
                    createdAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    updatedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WebhookDeliveries", x => x.id);
                    table.ForeignKey(
                        name: "FK_WebhookDeliveries_OutboxEvents_eventId",
                        column: x => x.eventId,
                        principalTable: "OutboxEvents",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_WebhookDeliveries_Webhooks_webhookId",
                        column: x => x.webhookId,
                        principalTable: "Webhooks",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_WebhookDeliveries_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "WebhookAttempts",
                columns: table => new
                {
                    tenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    deliveryId = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    startedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    durationMilliseconds = table.Column<int>(type: "INTEGER", nullable: false),
                    answerStatus = table.Column<int>(type: "INTEGER", nullable: true),
                    error = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    answer = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WebhookAttempts", x => new { x.tenantId, x.deliveryId, x.number });
                    table.ForeignKey(
                        name: "FK_WebhookAttempts_WebhookDeliveries_deliveryId",
                        column: x => x.deliveryId,
                        principalTable: "WebhookDeliveries",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_WebhookAttempts_XeroTenants_tenantId",
                        column: x => x.tenantId,
                        principalTable: "XeroTenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_WebhookAttempts_deliveryId",
                table: "WebhookAttempts",
                column: "deliveryId");

            migrationBuilder.CreateIndex(
                name: "IX_WebhookDeliveries_eventId",
                table: "WebhookDeliveries",
                column: "eventId");

            migrationBuilder.CreateIndex(
                name: "IX_WebhookDeliveries_tenantId",
                table: "WebhookDeliveries",
                column: "tenantId");

            migrationBuilder.CreateIndex(
                name: "IX_WebhookDeliveries_waiting",
                table: "WebhookDeliveries",
                columns: new[] { "webhookId", "nextAttemptAt" },
                filter: "\"status\" = 'pending'");

            migrationBuilder.CreateIndex(
                name: "IX_WebhookDeliveries_webhookId_eventId",
                table: "WebhookDeliveries",
                columns: new[] { "webhookId", "eventId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_WebhookDeliveries_webhookId_id",
                table: "WebhookDeliveries",
                columns: new[] { "webhookId", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_WebhookDeliveries_webhookId_status_id",
                table: "WebhookDeliveries",
                columns: new[] { "webhookId", "status", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "WebhookAttempts");

            migrationBuilder.DropTable(
                name: "WebhookDeliveries");

            migrationBuilder.DropColumn(
                name: "disabledAt",
                table: "Webhooks");

            migrationBuilder.DropColumn(
                name: "disabledBecause",
                table: "Webhooks");

            migrationBuilder.DropColumn(
                name: "failingSince",
                table: "Webhooks");

            migrationBuilder.DropColumn(
                name: "lastSucceededAt",
                table: "Webhooks");

            migrationBuilder.DropColumn(
                name: "previousSecret",
                table: "Webhooks");

            migrationBuilder.DropColumn(
                name: "previousSecretUntil",
                table: "Webhooks");

            migrationBuilder.DropColumn(
                name: "overdueToldFor",
                table: "Transactions");
        }
    }
}
