using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Contacts;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Tests.Support;

/// <summary>Contacts and notes in memory; what they paid is what a test says.</summary>
internal sealed class FakeContactBook : IContactReader, IContactNoteBook
{
    public List<Contact> Contacts { get; } = [];

    public List<(Guid Contact, PaidPart Part)> Paid { get; } = [];

    public List<ContactNote> Notes { get; } = [];

    public Task<IReadOnlyList<Contact>> ContactsAsync(TenantId tenant, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<Contact>>([.. Contacts.Where(contact => contact.MergedToContactId is null)]);

    public Task<ContactFound?> FindAsync(TenantId tenant, Guid contactId, CancellationToken ct)
    {
        var asked = Contacts.Find(contact => contact.ContactId == contactId);
        var survivor = asked?.MergedToContactId is { } to ? Contacts.Find(contact => contact.ContactId == to) : asked;
        return Task.FromResult(survivor is null ? null : new ContactFound(survivor, asked == survivor ? null : asked!.Name, [.. Contacts.Where(contact => contact.MergedToContactId == survivor.ContactId)]));
    }

    public Task<ILookup<Guid, PaidPart>> PaidAsync(TenantId tenant, Guid? contactId, DateOnly from, DateOnly to, bool hidePayroll, CancellationToken ct) => Task.FromResult(
        Paid.Where(paid => (contactId is null || paid.Contact == contactId) && paid.Part.Paid >= from && paid.Part.Paid <= to).ToLookup(paid => paid.Contact, paid => paid.Part));

    public async Task<IReadOnlyDictionary<Guid, decimal>> DaysLateAsync(TenantId tenant, DateOnly from, DateOnly to, bool hidePayroll, CancellationToken ct) =>
        (await PaidAsync(tenant, null, from, to, hidePayroll, ct)).Where(paid => paid.Any(part => part.IsSale)).ToDictionary(paid => paid.Key, paid => PayingHabit.Mean(paid.Where(part => part.IsSale)) ?? 0);

    public Task<IReadOnlyDictionary<Guid, DateOnly>> LastDaysAsync(TenantId tenant, DateOnly upTo, bool hidePayroll, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<Guid, DateOnly>>(Contacts.ToDictionary(contact => contact.ContactId, _ => upTo));

    public Task<IReadOnlyList<ContactNoteView>> ListAsync(TenantId tenant, IReadOnlyList<Guid> contacts, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<ContactNoteView>>([.. Notes.Where(note => contacts.Contains(note.ContactId)).OrderByDescending(note => note.Id).Select(note => new ContactNoteView(note, "Ana"))]);

    public Task<Result<ContactNote>> AddAsync(Caller caller, TenantId tenant, Guid contactId, string text, CancellationToken ct)
    {
        Notes.Add(new ContactNote { TenantId = tenant.Value, ContactId = contactId, UserId = caller.UserId, Text = text });
        return Task.FromResult<Result<ContactNote>>(Notes[^1]);
    }

    public Task<Result<Done>> ChangeAsync(Caller caller, TenantId tenant, Guid noteId, string? text, CancellationToken ct)
    {
        if (Notes.Find(note => note.Id == noteId && note.UserId == caller.UserId) is not { } note)
        {
            return Task.FromResult<Result<Done>>(ContactProblems.UnknownNote);
        }

        _ = text is null ? Notes.Remove(note) : (note.Text = text) is not null;
        return Task.FromResult<Result<Done>>(Done.Value);
    }
}
