using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Ledger.Contacts;

/// <summary>What a person wrote down about a contact. It never goes to Xero.</summary>
public sealed class ContactNote : Entity, ITenantOwned
{
    /// <summary>The longest text.</summary>
    public const int TextLimit = 2_000;

    public Guid TenantId { get; set; }

    /// <summary>Xero's ContactID; of a merged contact its own, read together with the surviving one's.</summary>
    public Guid ContactId { get; set; }

    /// <summary>Who wrote it; null once the person was erased.</summary>
    public Guid? UserId { get; set; }

    /// <summary>Plain text with line breaks.</summary>
    public required string Text { get; set; }
}

/// <summary>A note with its author's name.</summary>
/// <param name="Note">The note.</param>
/// <param name="Author">Name, or e-mail address; null once the person was erased.</param>
public sealed record ContactNoteView(ContactNote Note, string? Author);

/// <summary>Keeps notes; each write is audited.</summary>
public interface IContactNoteBook
{
    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<ContactNoteView>> ListAsync(TenantId tenant, IReadOnlyList<Guid> contacts, CancellationToken ct);

    /// <summary>Adds a note; the same again under the same idempotency key is the note of the first time.</summary>
    Task<Result<ContactNote>> AddAsync(Caller caller, TenantId tenant, Guid contactId, string text, CancellationToken ct);

    /// <summary>Changes the text of a note of the caller's own; null deletes it.</summary>
    Task<Result<Done>> ChangeAsync(Caller caller, TenantId tenant, Guid noteId, string? text, CancellationToken ct);
}

/// <summary>Writing notes on contacts.</summary>
public sealed class ContactNoteService(IContactReader contacts, IContactNoteBook book)
{
    /// <summary>Adds a note to a contact; of a merged one to the one that it became.</summary>
    public async Task<Result<ContactNote>> AddAsync(Caller caller, TenantId tenant, Guid contactId, string? text, CancellationToken ct)
    {
        if ((Refusal(caller, tenant) ?? Check(text)) is { } refused)
        {
            return refused;
        }

        return await contacts.FindAsync(tenant, contactId, ct) is { Contact: var contact }
            ? await book.AddAsync(caller, tenant, contact.ContactId, Clean(text!), ct)
            : ContactProblems.Unknown;
    }

    /// <summary>Changes a note of the caller's own.</summary>
    public async Task<Result<Done>> ChangeAsync(Caller caller, TenantId tenant, Guid noteId, string? text, CancellationToken ct) =>
        (Refusal(caller, tenant) ?? Check(text)) is { } refused ? refused : await book.ChangeAsync(caller, tenant, noteId, Clean(text!), ct);

    /// <summary>Deletes a note of the caller's own.</summary>
    public async Task<Result<Done>> DeleteAsync(Caller caller, TenantId tenant, Guid noteId, CancellationToken ct) =>
        Refusal(caller, tenant) is { } refused ? refused : await book.ChangeAsync(caller, tenant, noteId, null, ct);

    /// <summary>What is wrong with a note's text by itself.</summary>
    public static Problem? Check(string? text) =>
        string.IsNullOrWhiteSpace(text) || Clean(text).Length > ContactNote.TextLimit
            ? Problem.Invalid("text", $"A note is 1 to {ContactNote.TextLimit:N0} characters.")
            : Clean(text).Any(letter => char.IsControl(letter) && letter is not ('\n' or '\t')) || !IsWhole(text)
                ? Problem.Invalid("text", "A note is plain text: it holds a character that cannot be shown.")
                : null;

    private static string Clean(string text) => text.ReplaceLineEndings("\n").Trim();

    // Half a character is kept by one database and refused by the other.
    private static bool IsWhole(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsSurrogate(text[at]) && (at + 1 == text.Length || !char.IsSurrogatePair(text[at], text[++at])))
            {
                return false;
            }
        }

        return true;
    }

    // A note is a person's: the product itself and keys without an owner write none.
    private static Problem? Refusal(Caller caller, TenantId tenant) =>
        caller.Lacks(Permissions.TransactionsWrite, tenant) ?? caller.Lacks(Permissions.LedgerRead) ?? (caller.UserId is null ? ContactProblems.NoPerson : null);
}

/// <summary>Refusals about contacts.</summary>
public static class ContactProblems
{
    public static Problem Unknown { get; } = Problem.NotFound("contact-not-found", "There is no such contact in this organisation.");

    public static Problem UnknownNote { get; } = Problem.NotFound("note-not-found", "There is no such note, or it is not yours.");

    public static Problem NoteDeleted { get; } = new("note-deleted", "You deleted this note a moment ago, in another window.", ProblemKind.Conflict);

    public static Problem NoPerson { get; } = new("person-needed", "A note is written by a person.", ProblemKind.Forbidden);
}
