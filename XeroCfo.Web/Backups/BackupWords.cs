using System.Globalization;
using XeroCfo.Domain.Backups;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Backups;

/// <summary>Backups in words.</summary>
public static class BackupWords
{
    private const double Kilo = 1024;

    public static string Instant(DateTime utc) => utc.ToString("d MMM yyyy HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>How long ago, in the largest unit.</summary>
    public static string Age(DateTime utc, DateTime now) => (now - utc) switch
    {
        { TotalMinutes: < 1 } => "just now",
        { TotalHours: < 1 } age => $"{age.TotalMinutes:0} min ago",
        { TotalDays: < 1 } age => $"{age.TotalHours:0} h ago",
        var age => $"{age.TotalDays:0} days ago",
    };

    public static Tone ToneOf(BackupRun run) => run.Status switch
    {
        BackupStatus.Succeeded => Tone.Good,
        BackupStatus.Failed => Tone.Bad,
        _ => Tone.Info,
    };

    public static string StateOf(BackupRun run) => run.Status switch
    {
        BackupStatus.Succeeded => "Verified",
        BackupStatus.Failed => "Failed",
        BackupStatus.Running => "Being made",
        _ => "Waits",
    };

    public static string Count(BackupRun run) => run.Status == BackupStatus.Succeeded ? run.Rows.ToString("N0", CultureInfo.InvariantCulture) : "—";

    public static string Size(BackupRun run) => run.Status != BackupStatus.Succeeded ? "—" : run.Bytes switch
    {
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{run.Bytes / Kilo:N0} KB"),
        < 1024 * 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{run.Bytes / Kilo / Kilo:N1} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{run.Bytes / Kilo / Kilo / Kilo:N2} GB"),
    };

    /// <summary>Where a file is that is not on this machine.</summary>
    public static string Place(BackupRun run) => run switch
    {
        { RemovedAt: not null } => "made room for later ones",
        { Status: BackupStatus.Succeeded } => $"on {run.Node}",
        _ => "—",
    };
}
