using System.Collections.Concurrent;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Audit;

/// <summary>What goes into the audit trail though nothing is changed: files taken away, payroll looked at, and what was refused.</summary>
public sealed class AuditNotes(IAuditTrail trail, TimeProvider clock)
{
    /// <summary>The same look or refusal of the same caller is noted once in this time.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    private const int Remembered = 10_000;
    private readonly ConcurrentDictionary<string, DateTime> _noted = [];

    /// <summary>A file left the product.</summary>
    /// <param name="caller">Who took it.</param>
    /// <param name="tenant">Whose data it holds; null: nobody's alone.</param>
    /// <param name="what">What it holds: <c>transactions</c>, <c>report</c>.</param>
    /// <param name="format">csv, xlsx, pdf, json.</param>
    /// <param name="details">Which ones.</param>
    /// <param name="ct">Ends the wait.</param>
    public Task ExportedAsync(Caller caller, TenantId? tenant, string what, string format, object? details, CancellationToken ct) =>
        trail.NoteAsync(caller, tenant, $"{what}.exported", new { format, details }, ct);

    /// <summary>Somebody with the right to saw lines of payroll.</summary>
    public Task PayrollSeenAsync(Caller caller, TenantId tenant, string where, CancellationToken ct) =>
        OnceAsync(caller, tenant, "payroll.seen", where, new { where }, ct);

    /// <summary>Somebody asked for what they may not have; who tries one organisation after the other fills no disk with it.</summary>
    /// <param name="caller">Who asked.</param>
    /// <param name="tenant">The organisation that was asked for, known or not.</param>
    /// <param name="where">The address or page, without ids.</param>
    /// <param name="refusal">What was answered.</param>
    /// <param name="ct">Ends the wait.</param>
    public Task RefusedAsync(Caller caller, Guid? tenant, string where, Problem refusal, CancellationToken ct) =>
        OnceAsync(caller, null, "access.refused", $"{where} {refusal.Code}", new { where, code = refusal.Code, organisation = tenant }, ct);

    private Task OnceAsync(Caller caller, TenantId? tenant, string action, string what, object details, CancellationToken ct)
    {
        var (about, now) = ($"{caller.ApiKeyId ?? caller.UserId} {tenant} {action} {what}", clock.UtcNow());
        if (_noted.TryGetValue(about, out var last) && last > now - Rest)
        {
            return Task.CompletedTask;
        }

        if (_noted.Count >= Remembered)
        {
            _noted.Clear();
        }

        _noted[about] = now;
        return trail.NoteSoonAsync(caller, tenant, action, details, ct);
    }
}
