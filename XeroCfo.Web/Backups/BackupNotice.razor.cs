using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Backups;
using XeroCfo.Domain.Users;

namespace XeroCfo.Web.Backups;

/// <summary>Tells an admin, whichever page is open, that the last backup failed or the daily one did not come.</summary>
public sealed partial class BackupNotice(BackupService backups) : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private string? _warning;

    [Parameter, EditorRequired]
    public Caller Caller { get; set; } = default!;

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override async Task OnInitializedAsync() => _warning = await backups.WarningAsync(Caller, _leaving.Token);
}
