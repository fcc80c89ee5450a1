using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Receivables;
using XeroCfo.Data.Tenants;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Receivables;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Ledger;
using XeroCfo.Tests.Storage;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Receivables;

/// <summary>An organisation's own texts of reminders: what is refused and where, kept by version, audited, taken back.</summary>
public sealed class ReminderTextTests
{
    private static readonly DateOnly Today = new(2026, 11, 20);

    [Theory]
    [InlineData("", "Hello", "subject", "1 to 200")]
    [InlineData("One\ntwo", "Hello", "subject", "one line")]
    [InlineData("Overdue", " ", "body", "1 to 4000")]
    [InlineData("{custmer}", "Hello", "subject", "Subject, position 1: {custmer} is no field")]
    [InlineData("Overdue", "Hello {customer},\nyou owe {amount}.", "body", "Line 2, position 9: {amount} is no field")]
    [InlineData("Overdue", "Hello {", "body", "Line 1, position 7: { is no field")]
    [InlineData("Overdue", "Hello \0", "body", "no mail can show")]
    public void What_is_wrong_with_a_text_is_said_with_its_place(string subject, string body, string field, string says)
    {
        var problem = Reminders.Check(new ReminderTextInput(subject, body))!;

        Assert.Equal(field, problem.Field);
        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_products_own_texts_and_every_field_pass_and_a_preview_fills_all_of_them()
    {
        Assert.All(ReminderTones.All.Select(Reminders.Usual), text => Assert.Null(Reminders.Check(new ReminderTextInput(text.Subject, text.Body))));
        var all = new ReminderWording(ReminderTones.Firm, 15, "Overdue", string.Join('\n', Reminders.Fields.Select(field => field.Field)), null);

        Assert.Null(Reminders.Check(new ReminderTextInput(all.Subject, all.Body)));
        Assert.DoesNotContain('{', Reminders.Sample("Acme", "NZD", Today, all).Body);
        Assert.Equal([1, 15, 46], ReminderTones.All.Select(ReminderTones.From));
        Assert.All(Enumerable.Range(1, 60), days => Assert.Equal(days < 15 ? ReminderTones.Friendly : days < 46 ? ReminderTones.Firm : ReminderTones.Final, ReminderTones.Of(days)));
    }

    [BothDatabases]
    public async Task A_text_is_the_organisations_own_until_it_is_taken_back(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var (tenant, other, ana) = (await TransactionSamples.OrganisationAsync(database), await TransactionSamples.OrganisationAsync(database, "Other"), SampleRows.User("ana@acme.test"));
        await database.AddAsync(ana);
        var accountant = FakeCaller.Person(Roles.Accountant) with { UserId = ana.Id, Tenants = new HashSet<Guid> { tenant.Value, other.Value } };
        var service = new ReminderTextService(new TenantRepository(database.Factory), new ReminderTextBook(database.Factory));
        var input = new ReminderTextInput(" {overdue} ", "Hello {customer}\r\n{invoices}");

        var first = (await service.SetAsync(accountant, tenant, ReminderTones.Firm, new ReadVersion(null), input, default)).Value;
        database.Clock.Advance(TimeSpan.FromSeconds(1));
        var stale = await service.SetAsync(accountant, tenant, ReminderTones.Firm, ReadVersion.Of(DateTime.UnixEpoch), input, default);
        var second = (await service.SetAsync(accountant, tenant, ReminderTones.Firm, ReadVersion.Of(first.UpdatedAt!.Value), input with { Subject = "Second" }, default)).Value;

        Assert.Equal(("{overdue}", "Hello {customer}\n{invoices}", true), (first.Subject, first.Body, first.IsOwn));
        Assert.Equal(ProblemKind.Stale, stale.Problem!.Kind);
        Assert.Equal([false, true, false], (await service.ListAsync(accountant, tenant, default)).Value.Select(text => text.IsOwn));
        Assert.All((await service.ListAsync(accountant, other, default)).Value, text => Assert.False(text.IsOwn));
        Assert.Equal(ProblemKind.Forbidden, (await service.SetAsync(FakeCaller.Person(Roles.Standard) with { UserId = ana.Id, Tenants = accountant.Tenants }, tenant, ReminderTones.Firm, new ReadVersion(null), input, default)).Problem!.Kind);
        Assert.Equal("body", (await service.SetAsync(accountant, tenant, ReminderTones.Firm, ReadVersion.Of(second.UpdatedAt!.Value), input with { Body = "{x}" }, default)).Problem!.Field);
        Assert.True((await service.ResetAsync(accountant, tenant, ReminderTones.Firm, ReadVersion.Of(second.UpdatedAt!.Value), default)).Succeeded);
        Assert.Equal("reminder-text-not-found", (await service.ResetAsync(accountant, tenant, ReminderTones.Firm, new ReadVersion(null), default)).Problem!.Code);
        Assert.Equal("reminder-tone-not-found", (await service.GetAsync(accountant, tenant, "rude", default)).Problem!.Code);
        await using var db = database.Open();
        Assert.Equal(
            ["receivables.reminder_text_reset", "receivables.reminder_text_set", "receivables.reminder_text_set"],
            (await db.AuditLogs.Where(entry => entry.TenantId == tenant.Value).Select(entry => entry.Action).ToListAsync()).Order(StringComparer.Ordinal));
    }
}
