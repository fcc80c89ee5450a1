using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Shared;
using XeroCfo.Web.Shell;

namespace XeroCfo.Web.Tenants;

/// <summary>The organisations that the person may see, and how each stands with Xero.</summary>
public sealed partial class OrganisationsPage(ICircuitCaller circuit, TenantService tenants) : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private Caller? _caller;
    private IReadOnlyList<XeroTenant>? _organisations;
    private Problem? _problem;

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override Task OnInitializedAsync() => LoadAsync();

    private static (Tone Tone, string Words) Status(XeroTenant organisation) => organisation switch
    {
        { SyncInProgress: true } => (Tone.Info, "Syncing"),
        { Connection: ConnectionStatus.Demo } => (Tone.Info, "Demo"),
        { Connection: ConnectionStatus.Connected } => (Tone.Good, "Connected"),
        { Connection: ConnectionStatus.NeedsReconnect } => (Tone.Warn, "Reconnect needed"),
        _ => (Tone.Neutral, "Disconnected"),
    };

    private static string YearEnd(XeroTenant organisation)
    {
        var end = new DateOnly(2001, organisation.FinancialYearEndMonth, 1);
        return $"{organisation.FinancialYearEndDay} {DateWords.MonthName(end)}";
    }

    private async Task LoadAsync()
    {
        _caller = await circuit.GetAsync();
        var found = await tenants.ListAsync(_caller, _leaving.Token);
        (_organisations, _problem) = (found.Succeeded ? found.Value : null, found.Problem);
    }
}
