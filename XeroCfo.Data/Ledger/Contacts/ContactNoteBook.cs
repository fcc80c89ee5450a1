using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Ledger.Contacts;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.Ledger.Contacts;

internal sealed class ContactNoteBook(IDbFactory factory) : IContactNoteBook
{
    private const int Most = 500;

    public async Task<IReadOnlyList<ContactNoteView>> ListAsync(TenantId tenant, IReadOnlyList<Guid> contacts, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        var rows = await db.ContactNotes.AsNoTracking().Where(note => contacts.Contains(note.ContactId)).OrderByDescending(note => note.Id).Take(Most).ToListAsync(ct);
        var people = rows.Select(note => note.UserId).OfType<Guid>().Distinct().ToList();
        var names = await db.Users.Where(user => people.Contains(user.Id)).Select(user => new { user.Id, user.FirstName, user.LastName, user.Email }).ToDictionaryAsync(user => user.Id, ct);
        return
        [
            .. rows.Select(note => new ContactNoteView(note, note.UserId is { } id && names.TryGetValue(id, out var user)
                ? $"{user.FirstName} {user.LastName}".Trim() is { Length: > 0 } name ? name : user.Email
                : null)),
        ];
    }

    public async Task<Result<ContactNote>> AddAsync(Caller caller, TenantId tenant, Guid contactId, string text, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var idempotency = Idempotency.Of(caller, tenant, "POST contact-notes", $"{contactId:D}\n{text}");
        if (idempotency is not null)
        {
            await work.Db.LockOrganisationAsync(tenant.Value, ct);
            var earlier = await idempotency.EarlierAsync(work.Db, ct);
            if (!earlier.Succeeded)
            {
                return earlier.Problem!;
            }

            if (earlier.Value is { } known)
            {
                return await work.Db.ContactNotes.AsNoTracking().FirstOrDefaultAsync(row => row.Id == known, ct) is { } made ? made : ContactProblems.UnknownNote;
            }
        }

        var note = new ContactNote { TenantId = tenant.Value, ContactId = contactId, UserId = caller.UserId, Text = text };
        work.Db.ContactNotes.Add(note);
        idempotency?.Remember(work.Db, note.Id);
        work.Audit("contact.note_added", new { contactId, noteId = note.Id, after = text });
        var saved = await work.CommitAsync(ct);
        return saved.Problem is { } refused ? refused : note;
    }

    public async Task<Result<Done>> ChangeAsync(Caller caller, TenantId tenant, Guid noteId, string? text, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var person = caller.UserId;
        if (await work.Db.ContactNotes.FirstOrDefaultAsync(row => row.Id == noteId && row.UserId == person, ct) is not { } note)
        {
            return ContactProblems.UnknownNote;
        }

        work.Audit(text is null ? "contact.note_deleted" : "contact.note_changed", new { contactId = note.ContactId, noteId, before = note.Text, after = text });
        if (text is null)
        {
            work.Db.ContactNotes.Remove(note);
        }
        else
        {
            note.Text = text;
        }

        try
        {
            return await work.CommitAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Their other tab deleted it between our look and our save.
            return ContactProblems.NoteDeleted;
        }
    }
}

internal sealed class ContactNoteMap : IEntityTypeConfiguration<ContactNote>
{
    public void Configure(EntityTypeBuilder<ContactNote> builder)
    {
        builder.ToTable("ContactNotes");
        builder.Property(note => note.Id).ValueGeneratedNever();
        builder.Property(note => note.Text).HasMaxLength(ContactNote.TextLimit);
        builder.HasIndex(note => new { note.TenantId, note.ContactId });
        builder.HasOne<XeroTenant>().WithMany().HasForeignKey(note => note.TenantId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<User>().WithMany().HasForeignKey(note => note.UserId).OnDelete(DeleteBehavior.SetNull);
    }
}
