using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Ledger.Contacts;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Storage;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Ledger;

/// <summary>One person's note, changed and deleted in several tabs at the same instant; on both databases.</summary>
public sealed class ContactNoteTests
{
    private const int Tabs = 8, Rounds = 6;

    [BothDatabases]
    public async Task A_note_that_is_changed_and_deleted_at_once_is_deleted_once_and_the_others_are_told(TestDatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var (tenant, ana, contact) = (await TransactionSamples.OrganisationAsync(database), SampleRows.User("ana@acme.test"), Guid.NewGuid());
        await database.AddAsync(ana);
        var person = FakeCaller.Person(Roles.Standard) with { UserId = ana.Id, Tenants = new HashSet<Guid> { tenant.Value } };
        var book = new ContactNoteBook(database.Factory);
        for (var round = 0; round < Rounds; round++)
        {
            Assert.True((await book.AddAsync(person, tenant, contact, "Pays by card.", default)).Succeeded);
            var note = Assert.Single(await book.ListAsync(tenant, [contact], default)).Note.Id;

            var told = await Task.WhenAll(Enumerable.Range(0, Tabs).Select(tab => Task.Run(
                async () => (Deletes: tab % 2 == 1, (await book.ChangeAsync(person, tenant, note, tab % 2 == 1 ? null : $"Text of {tab}", default)).Problem))));

            Assert.Single(told, one => one.Deletes && one.Problem is null);
            Assert.All(told, one => Assert.Contains(one.Problem?.Code, new[] { null, "note-not-found", "note-deleted" }));
            Assert.Empty(await book.ListAsync(tenant, [contact], default));
        }

        await using var db = database.Open();
        Assert.Equal(Rounds, await db.AuditLogs.CountAsync(entry => entry.Action == "contact.note_deleted"));
    }
}
