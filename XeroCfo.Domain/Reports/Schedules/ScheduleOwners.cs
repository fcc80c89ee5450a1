using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Users.People;

namespace XeroCfo.Domain.Reports.Schedules;

/// <summary>Whose rights schedules run with, and who hears of what goes wrong.</summary>
public sealed class ScheduleOwners(CallerService callers, IPeople people)
{
    /// <summary>The owner with the rights of this moment; null: gone, or may no longer sign in.</summary>
    public async Task<Caller?> FindAsync(ReportSchedule schedule, CancellationToken ct) =>
        schedule.UserId is { } person && await callers.ForUserAsync(person, new Origin(), ct) is { Succeeded: true, Value: var owner } ? owner : null;

    /// <summary>Addresses: the owner's while they see the organisation, else those of its admins.</summary>
    public async Task<IReadOnlyList<string>> ToTellAsync(ReportSchedule schedule, TenantId tenant, CancellationToken ct)
    {
        if (await FindAsync(schedule, ct) is { } owner && owner.Sees(tenant))
        {
            return [owner.Name];
        }

        return [.. from person in await people.ListAsync(ct) where person.User is { Role: Roles.Admin, IsDisabled: false, HasPassword: true } && person.Tenants.Contains(tenant.Value) select person.User.Email!];
    }
}
