using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Webhooks;

namespace XeroCfo.Data.Webhooks;

/// <summary>
/// Where webhooks may reach besides public addresses is decided by whoever holds the machine, and no page sees it change: each start compares
/// the setting with what held at the last one, and a change is an entry of the trail. Of several nodes that start at once one writes it.
/// </summary>
public sealed class AllowedTargetsNote(IDbFactory factory, WebhookOptions options)
{
    internal const string Kept = "webhooks.allowed";
    internal const string Action = "setting.changed";
    private const string Reason = "a setting belongs to no organisation";
    private const string Nothing = "[]";
    private const int Tries = 5;

    /// <summary>Notes the setting as it is now. The tables must be there.</summary>
    public async Task KeepAsync(CancellationToken ct)
    {
        var now = JsonSerializer.Serialize(options.AllowPrivateNetworks.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        for (var tries = 1; !await TryAsync(now, last: tries == Tries, ct); tries++)
        {
            // Another node noted it in the same moment: what it left is looked at anew.
        }
    }

    private async Task<bool> TryAsync(string now, bool last, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAcrossAsync(factory, Caller.Command, Reason, ct);
        var kept = await work.Db.Settings.Where(setting => setting.Name == Kept).Select(setting => (string?)setting.Value).FirstOrDefaultAsync(ct);
        if (kept == now)
        {
            return true;
        }

        if (kept is null)
        {
            work.Db.Settings.Add(new Setting { Name = Kept, Value = now });
        }
        else if (await work.Db.Settings.Where(setting => setting.Name == Kept && setting.Value == kept).ExecuteUpdateAsync(set => set.SetProperty(setting => setting.Value, now), ct) == 0)
        {
            return last;
        }

        if ((kept ?? Nothing) != now)
        {
            work.Audit(Action, new { setting = "Webhooks:AllowPrivateNetworks", before = Entries(kept ?? Nothing), after = Entries(now) });
        }

        try
        {
            await work.CommitAsync(ct);
            return true;
        }
        catch (DbUpdateException) when (kept is null && !last)
        {
            return false;
        }
    }

    private static object Entries(string json) => new { allowed = JsonSerializer.Deserialize<string[]>(json)! };
}
