using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Receivables;

/// <summary>What was agreed on an open invoice: a promise to pay, a dispute. It never goes to Xero.</summary>
public sealed class InvoiceFollowUp : Entity, ITenantOwned
{
    /// <summary>The longest reason of a dispute.</summary>
    public const int ReasonLimit = 500;

    public Guid TenantId { get; set; }

    /// <summary>Xero's InvoiceID: it outlives whatever is read anew.</summary>
    public Guid InvoiceXeroId { get; set; }

    /// <summary>The day that the customer promised to pay on; null: nothing was promised.</summary>
    public DateOnly? PromisedDate { get; set; }

    public bool IsDisputed { get; set; }

    /// <summary>What the customer objects to; null where nothing is in dispute.</summary>
    public string? DisputeReason { get; set; }

    /// <summary>Who wrote it down last; null once the person was erased.</summary>
    public Guid? UserId { get; set; }

    /// <summary>Promised, and the day has passed.</summary>
    public bool IsMissedAt(DateOnly today) => PromisedDate < today;
}

/// <summary>What is to be done next about a customer who owes, and when.</summary>
public sealed class NextAction : Entity, ITenantOwned
{
    /// <summary>The longest text.</summary>
    public const int TextLimit = 200;

    public Guid TenantId { get; set; }

    /// <summary>Xero's ContactID, of the surviving contact.</summary>
    public Guid ContactId { get; set; }

    public required string Text { get; set; }

    /// <summary>The day to do it on.</summary>
    public DateOnly DueDate { get; set; }

    /// <summary>Who planned it last; null once the person was erased.</summary>
    public Guid? UserId { get; set; }
}

/// <summary>A promise, a dispute or both, as somebody wants them kept.</summary>
public sealed record InvoiceFollowUpInput(DateOnly? PromisedDate, bool IsDisputed, string? DisputeReason);

/// <summary>A next action as somebody wants it kept.</summary>
public sealed record NextActionInput(string? Text, DateOnly? DueDate);

/// <summary>All that is kept on an organisation's receivables.</summary>
/// <param name="Invoices">By Xero's InvoiceID.</param>
/// <param name="Actions">By Xero's ContactID.</param>
public sealed record FollowUps(IReadOnlyDictionary<Guid, InvoiceFollowUp> Invoices, IReadOnlyDictionary<Guid, NextAction> Actions);

/// <summary>Where follow-ups are kept; each write is audited. One that is there already wants its version.</summary>
public interface IFollowUpBook
{
    Task<FollowUps> AllAsync(TenantId tenant, CancellationToken ct);

    Task<InvoiceFollowUp?> OfInvoiceAsync(TenantId tenant, Guid invoiceXeroId, CancellationToken ct);

    Task<NextAction?> OfContactAsync(TenantId tenant, Guid contactId, CancellationToken ct);

    Task<Result<InvoiceFollowUp>> SetAsync(Caller caller, TenantId tenant, Guid invoiceXeroId, ReadVersion version, InvoiceFollowUpInput input, CancellationToken ct);

    Task<Result<Done>> ClearAsync(Caller caller, TenantId tenant, Guid invoiceXeroId, ReadVersion version, CancellationToken ct);

    Task<Result<NextAction>> PlanAsync(Caller caller, TenantId tenant, Guid contactId, ReadVersion version, NextActionInput input, CancellationToken ct);

    Task<Result<Done>> FinishAsync(Caller caller, TenantId tenant, Guid contactId, ReadVersion version, CancellationToken ct);
}

/// <summary>What following up refuses.</summary>
public static class FollowUpProblems
{
    public static Problem UnknownCustomer { get; } = Problem.NotFound("customer-not-found", "There is no such customer in this organisation.");

    public static Problem UnknownInvoice { get; } = Problem.NotFound("open-invoice-not-found", "There is no such open invoice in this organisation: it may have been paid.");

    public static Problem NoFollowUp { get; } = Problem.NotFound("follow-up-not-found", "Nothing was promised and nothing is in dispute here.");

    public static Problem NoAction { get; } = Problem.NotFound("next-action-not-found", "Nothing is planned for this customer.");
}
