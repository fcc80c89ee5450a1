using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Backups;

/// <summary>How far a backup is.</summary>
public static class BackupStatus
{
    public const string Queued = "queued";
    public const string Running = "running";
    public const string Succeeded = "succeeded";
    public const string Failed = "failed";

    public static bool IsOpen(string status) => status is Queued or Running;
}

/// <summary>What made a backup begin.</summary>
public static class BackupTriggers
{
    public const string Manual = "manual";
    public const string Schedule = "schedule";
}

/// <summary>One backup into the folder of backups, from the wish to the file and its end.</summary>
public sealed class BackupRun : Entity
{
    /// <summary>One of <see cref="BackupStatus"/>. One that succeeded was restored and compared before it was called so.</summary>
    public string Status { get; set; } = BackupStatus.Queued;

    /// <summary>One of <see cref="BackupTriggers"/>.</summary>
    public required string Trigger { get; set; }

    /// <summary>Who, as the audit trail names them.</summary>
    public required string By { get; set; }

    /// <summary>In the folder of backups of the machine <see cref="Node"/>.</summary>
    public string? FileName { get; set; }

    public string? Node { get; set; }

    public DateTime? StartedAt { get; set; }

    public DateTime? FinishedAt { get; set; }

    /// <summary>UTC of the snapshot: what was written later is not in it.</summary>
    public DateTime? SnapshotAt { get; set; }

    /// <summary>Of all tables.</summary>
    public long Rows { get; set; }

    /// <summary>Of the file.</summary>
    public long Bytes { get; set; }

    public string? ErrorCode { get; set; }

    public string? ErrorMessage { get; set; }

    /// <summary>When its file made room for later ones.</summary>
    public DateTime? RemovedAt { get; set; }

    /// <summary>Which process works on it.</summary>
    public string? LeaseOwner { get; set; }

    /// <summary>UTC until which that process is believed to be alive.</summary>
    public DateTime? LeaseUntil { get; set; }
}

/// <summary>When backups are made by themselves, and how many are kept.</summary>
/// <param name="Daily">False: only when somebody asks.</param>
/// <param name="HourUtc">The hour of the day, 0 to 23.</param>
/// <param name="Keep">How many files stay; older ones go once a newer one is proved.</param>
/// <param name="Since">No day before this one is made up for.</param>
public sealed record BackupSchedule(bool Daily, int HourUtc, int Keep, DateTime Since)
{
    public const int MostKept = 365;

    /// <summary>How long after its hour a daily backup may fail to come before that is told.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromHours(2);

    /// <summary>What holds until somebody decides otherwise.</summary>
    public static BackupSchedule Usual(DateTime now) => new(Daily: true, HourUtc: 2, Keep: 14, now);

    /// <summary>The newest moment at which one should have begun, at or before <paramref name="now"/>; null when none should.</summary>
    public DateTime? LastDue(DateTime now)
    {
        var today = now.Date.AddHours(HourUtc);
        var due = today <= now ? today : today.AddDays(-1);
        return Daily && due > Since ? due : null;
    }

    /// <summary>True when one should begin: none has since it was due.</summary>
    public bool IsDue(DateTime now, DateTime? lastAsked) => LastDue(now) is { } due && (lastAsked is null || lastAsked < due);

    /// <summary>True when a good one should be there by now and is not.</summary>
    public bool IsLate(DateTime now, DateTime? lastGood) => LastDue(now - Patience) is { } due && (lastGood is null || lastGood < due);
}

/// <summary>How backups stand.</summary>
/// <param name="Newest">The newest first.</param>
/// <param name="Schedule">When they are made.</param>
/// <param name="LastGood">The newest snapshot that was proved; null: there is none.</param>
/// <param name="Warning">What an admin should know at once; null: nothing.</param>
public sealed record BackupOverview(IReadOnlyList<BackupRun> Newest, BackupSchedule Schedule, DateTime? LastGood, string? Warning)
{
    /// <summary>One that waits or is being made.</summary>
    public BackupRun? Open => Newest.FirstOrDefault(run => BackupStatus.IsOpen(run.Status));
}
