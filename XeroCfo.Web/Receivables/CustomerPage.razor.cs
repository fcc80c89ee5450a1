using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Ledger.Contacts;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Receivables;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Receivables;

/// <summary>A customer who owes: what is open and agreed, what was said, what comes next, and the texts to send oneself.</summary>
public sealed partial class CustomerPage(ReceivablesService receivables, FollowUpService followUps, ContactNoteService notes) : TenantPage
{
    private static readonly (string, string)[] Keys = [("n", "Write down what was said")];

    private ReceivablesDetail? _found;
    private Problem? _problem;
    private bool _saving;

    [Parameter]
    public Guid ContactId { get; set; }

    /// <summary>Of the reminder.</summary>
    [SupplyParameterFromQuery(Name = "tone")]
    public string? ReminderTone { get; set; }

    private Guid Id => _found!.Found.Contact.ContactId;

    private string Currency => Organisation!.BaseCurrency;

    private bool MayWrite => Caller.May(Permissions.TransactionsWrite);

    protected override async Task<Problem?> LoadAsync(CancellationToken ct)
    {
        var found = await receivables.GetAsync(Caller, Tenant, ContactId, ReminderTones.All.Contains(ReminderTone) ? ReminderTone : null, ct);
        _found = found.Succeeded ? found.Value : null;
        return found.Problem;
    }

    private void Speak(string? tone) => ShowAs(new Dictionary<string, object?> { ["tone"] = tone });

    private Task<bool> SaveAsync(OpenInvoice invoice, InvoiceFollowUpInput input) =>
        DoAsync(async () => (await followUps.SetAsync(Caller, Tenant, invoice.Item.Document.Id, VersionOf(invoice.FollowUp?.UpdatedAt), input, Leaving)).Problem);

    private Task<bool> ClearAsync(OpenInvoice invoice) =>
        DoAsync(async () => (await followUps.ClearAsync(Caller, Tenant, invoice.Item.Document.Id, VersionOf(invoice.FollowUp?.UpdatedAt), Leaving)).Problem);

    private Task<bool> PlanAsync(NextActionInput input) =>
        DoAsync(async () => (await followUps.PlanAsync(Caller, Tenant, Id, VersionOf(_found!.Customer.NextAction?.UpdatedAt), input, Leaving)).Problem);

    private Task<bool> FinishAsync() =>
        DoAsync(async () => (await followUps.FinishAsync(Caller, Tenant, Id, VersionOf(_found!.Customer.NextAction?.UpdatedAt), Leaving)).Problem);

    private Task<bool> AddAsync(string text, string once) => DoAsync(async () => (await notes.AddAsync(Caller with { IdempotencyKey = once }, Tenant, Id, text, Leaving)).Problem);

    private Task<bool> ChangeAsync(Guid note, string text) => DoAsync(async () => (await notes.ChangeAsync(Caller, Tenant, note, text, Leaving)).Problem);

    private Task<bool> DeleteAsync(Guid note) => DoAsync(async () => (await notes.DeleteAsync(Caller, Tenant, note, Leaving)).Problem);

    // Where nothing stood when the page was read, something that stands there now is another person's: no version of ours replaces it.
    private static ReadVersion VersionOf(DateTime? updatedAt) => ReadVersion.Of(updatedAt ?? DateTime.UnixEpoch);

    private async Task<bool> DoAsync(Func<Task<Problem?>> work)
    {
        _saving = true;
        StateHasChanged();
        _problem = await work();
        _saving = false;
        if (_problem is null)
        {
            await ReloadAsync();
        }

        // A card below called, not this page: it would not be drawn again by itself.
        StateHasChanged();
        return _problem is null;
    }
}
