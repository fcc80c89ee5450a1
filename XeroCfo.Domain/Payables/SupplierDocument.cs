using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Payables;

/// <summary>A bill, or money spent, as far as telling look-alikes and habits needs it.</summary>
/// <param name="Id">Ours.</param>
/// <param name="XeroId">Xero's.</param>
/// <param name="IsBill">A bill; else money spent.</param>
/// <param name="ContactId">The supplier.</param>
/// <param name="ContactName">As the document has it.</param>
/// <param name="Number">Of a bill its supplier's number; of money spent the bank's or a person's text.</param>
/// <param name="Date">Of the document.</param>
/// <param name="Amount">In its currency.</param>
/// <param name="Currency">ISO code.</param>
/// <param name="BaseAmount">What it costs, base currency, positive.</param>
/// <param name="IsUnpaid">A bill that is not settled, drafts too: paying it can still be stopped.</param>
public sealed record SupplierDocument(
    Guid Id, Guid XeroId, bool IsBill, Guid ContactId, string ContactName, string? Number, DateOnly Date, decimal Amount, string Currency, decimal BaseAmount, bool IsUnpaid);

/// <summary>Reads what suppliers sent and were paid.</summary>
public interface IPayableReader
{
    /// <summary>Bills from one day on and money spent from another on, those that stand or wait for approval, by date; none of payroll's where it is hidden, none without a contact.</summary>
    Task<IReadOnlyList<SupplierDocument>> SinceAsync(TenantId tenant, DateOnly bills, DateOnly spent, bool hidePayroll, CancellationToken ct);
}
