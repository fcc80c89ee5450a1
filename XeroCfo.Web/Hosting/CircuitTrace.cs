using Microsoft.AspNetCore.Components.Server.Circuits;

namespace XeroCfo.Web.Hosting;

/// <summary>
/// Ties the error id that a page shows when its circuit breaks to the circuit, by whose name the framework logs the fault.
/// </summary>
public sealed class CircuitTrace(ILogger<CircuitTrace> log) : CircuitHandler
{
    private string? _circuit;

    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _circuit = circuit.Id;
        return Task.CompletedTask;
    }

    /// <summary>Notes which id the person would quote.</summary>
    public void Shows(string errorId) => log.LogInformation("Circuit {CircuitId} would show error id {ErrorId}", _circuit, errorId);
}
