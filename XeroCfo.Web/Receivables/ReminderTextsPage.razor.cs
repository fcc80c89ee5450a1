using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Receivables;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Receivables;

/// <summary>What reminders say, by age: the product's texts, or those that the organisation wrote in their place.</summary>
public sealed partial class ReminderTextsPage(ReminderTextService reminders, TimeProvider clock) : TenantPage
{
    private IReadOnlyList<ReminderWording>? _texts;
    private Problem? _problem;
    private string? _at;
    private bool _saving;

    private bool MayWrite => Caller.May(Permissions.LayoutsWrite);

    private DateOnly Today => Organisation!.Today(clock);

    protected override async Task<Problem?> LoadAsync(CancellationToken ct)
    {
        var found = await reminders.ListAsync(Caller, Tenant, ct);
        _texts = found.Succeeded ? found.Value : null;
        return found.Problem;
    }

    // The last day of a tone is the one before the next tone's first.
    private int? Until(ReminderWording text) => _texts!.FirstOrDefault(later => later.FromDays > text.FromDays)?.FromDays - 1;

    private Task<bool> SaveAsync(ReminderWording text, ReminderTextInput input) =>
        DoAsync(text, async () => (await reminders.SetAsync(Caller, Tenant, text.Tone, VersionOf(text), input, Leaving)).Problem);

    private Task<bool> ResetAsync(ReminderWording text) => DoAsync(text, async () => (await reminders.ResetAsync(Caller, Tenant, text.Tone, VersionOf(text), Leaving)).Problem);

    // Where the product's text stood when the page was read, one that stands there now is another person's: no version of ours replaces it.
    private static ReadVersion VersionOf(ReminderWording text) => ReadVersion.Of(text.UpdatedAt ?? DateTime.UnixEpoch);

    private async Task<bool> DoAsync(ReminderWording text, Func<Task<Problem?>> work)
    {
        (_saving, _at) = (true, text.Tone);
        StateHasChanged();
        _problem = await work();
        _saving = false;
        if (_problem is null)
        {
            await ReloadAsync();
        }

        StateHasChanged();
        return _problem is null;
    }
}
