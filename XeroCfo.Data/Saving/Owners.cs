using Microsoft.EntityFrameworkCore;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.Saving;

/// <summary>Whose a new thing is.</summary>
internal static class Owners
{
    /// <summary>The caller's. Somebody with a shell on the machine is no person of the database: then it is the first admin's.</summary>
    public static async Task<Guid> OwnerAsync(this Caller caller, XeroCfoDb db, CancellationToken ct) =>
        caller.UserId ?? await db.Users.Where(user => user.Role == Roles.Admin).OrderBy(user => user.Id).Select(user => user.Id).FirstAsync(ct);
}
