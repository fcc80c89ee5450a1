using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Ledger.Contacts;
using XeroCfo.Domain.Primitives;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Ledger.Contacts;

/// <summary>A customer or supplier: what is open, how they pay, and what people know of them.</summary>
public sealed partial class ContactDetailPage(ContactService contacts, ContactNoteService notes) : TenantPage
{
    private static readonly (string, string)[] Keys = [("n", "Write a note")];

    private ContactDetail? _found;
    private Problem? _problem;
    private bool _saving;

    [Parameter]
    public Guid ContactId { get; set; }

    private string Currency => Organisation!.BaseCurrency;

    private string Former => string.Join(", ", _found!.Found.Former.Select(contact => contact.Name));

    protected override async Task<Problem?> LoadAsync(CancellationToken ct)
    {
        var found = await contacts.GetAsync(Caller, Tenant, ContactId, ct);
        _found = found.Succeeded ? found.Value : null;
        return found.Problem;
    }

    private Task<bool> AddAsync(string text, string once) => SaveAsync(async () => (await notes.AddAsync(Caller with { IdempotencyKey = once }, Tenant, ContactId, text, Leaving)).Problem);

    private Task<bool> ChangeAsync(Guid note, string text) => SaveAsync(async () => (await notes.ChangeAsync(Caller, Tenant, note, text, Leaving)).Problem);

    private Task<bool> DeleteAsync(Guid note) => SaveAsync(async () => (await notes.DeleteAsync(Caller, Tenant, note, Leaving)).Problem);

    private async Task<bool> SaveAsync(Func<Task<Problem?>> save)
    {
        _saving = true;
        StateHasChanged();
        _problem = await save();
        _saving = false;
        if (_problem is null)
        {
            await ReloadAsync();
        }

        // The card below called, not this page: it would not be drawn again by itself.
        StateHasChanged();
        return _problem is null;
    }
}
