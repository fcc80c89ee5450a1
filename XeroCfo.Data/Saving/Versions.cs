using Microsoft.EntityFrameworkCore;

namespace XeroCfo.Data.Saving;

internal static class Versions
{
    /// <summary>A write gives a row a new version, also where it says what stood there before.</summary>
    public static void Touch(this XeroCfoDb db, object row)
    {
        var entry = db.Entry(row);
        if (entry.State == EntityState.Unchanged)
        {
            entry.State = EntityState.Modified;
        }
    }
}
