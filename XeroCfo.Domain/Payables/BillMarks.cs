using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Payables;

/// <summary>A bill that is not to be paid for now. It never goes to Xero.</summary>
public sealed class BillHold : Entity, ITenantOwned
{
    /// <summary>The longest reason.</summary>
    public const int ReasonLimit = 500;

    public Guid TenantId { get; set; }

    /// <summary>Xero's InvoiceID.</summary>
    public Guid BillXeroId { get; set; }

    public required string Reason { get; set; }

    /// <summary>Who held it last; null once the person was erased.</summary>
    public Guid? UserId { get; set; }
}

/// <summary>Two documents that look alike and that a person found to be different. Xero's ids, the smaller one first.</summary>
public sealed class LookAlikeCleared : Entity, ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid FirstXeroId { get; set; }

    public Guid SecondXeroId { get; set; }

    /// <summary>Who looked; null once the person was erased.</summary>
    public Guid? UserId { get; set; }
}

/// <summary>A usual bill that is not expected: in one month, or any more.</summary>
public sealed class UsualBillDismissed : Entity, ITenantOwned
{
    public Guid TenantId { get; set; }

    /// <summary>Xero's ContactID of the supplier.</summary>
    public Guid ContactId { get; set; }

    /// <summary>The first day of the month; null: from now on.</summary>
    public DateOnly? Month { get; set; }

    /// <summary>Who said so; null once the person was erased.</summary>
    public Guid? UserId { get; set; }
}

/// <summary>Where holds, and look-alikes that are none, are kept; each write is audited.</summary>
public interface IBillMarkBook
{
    /// <summary>By Xero's InvoiceID.</summary>
    Task<IReadOnlyDictionary<Guid, BillHold>> HoldsAsync(TenantId tenant, CancellationToken ct);

    Task<BillHold?> HoldAsync(TenantId tenant, Guid billXeroId, CancellationToken ct);

    /// <summary>Holds a bill, or changes why; one that is held wants its version.</summary>
    Task<Result<BillHold>> SetAsync(Caller caller, TenantId tenant, Guid billXeroId, ReadVersion version, string reason, CancellationToken ct);

    Task<Result<Done>> ReleaseAsync(Caller caller, TenantId tenant, Guid billXeroId, ReadVersion version, CancellationToken ct);

    /// <summary>Pairs as <see cref="LookAlikes.Pair"/> has them.</summary>
    Task<IReadOnlySet<(Guid, Guid)>> ClearedAsync(TenantId tenant, CancellationToken ct);

    /// <summary>Keeps that these documents are different from each other, or with <paramref name="different"/> false that this is not known. Saying it twice is saying it once.</summary>
    Task<Result<Done>> ClearAsync(Caller caller, TenantId tenant, IReadOnlyList<(Guid, Guid)> pairs, bool different, CancellationToken ct);

    /// <summary>Usual bills that nobody expects: the supplier, and the month; without one from now on.</summary>
    Task<IReadOnlySet<(Guid ContactId, Month? Month)>> DismissedAsync(TenantId tenant, CancellationToken ct);

    /// <summary>Keeps that a usual bill is not expected in a month, or without one any more; with <paramref name="dismissed"/> false that it is. Saying it twice is saying it once.</summary>
    Task<Result<Done>> DismissAsync(Caller caller, TenantId tenant, Guid contactId, Month? month, bool dismissed, CancellationToken ct);
}

/// <summary>What payables refuse.</summary>
public static class PayableProblems
{
    public static Problem UnknownBill { get; } = Problem.NotFound("open-bill-not-found", "There is no such open bill in this organisation: it may have been paid.");

    public static Problem NoHold { get; } = Problem.NotFound("hold-not-found", "This bill is not on hold.");

    public static Problem NotMissing { get; } = new("bill-not-missing", "No usual bill of this supplier is missing in that month. Read the missing bills again.", ProblemKind.Refused, "contactId");

    public static Problem UnknownDocuments { get; } = new("documents-not-alike", "These are not two or more documents of one supplier that look alike. Read the look-alikes again.", ProblemKind.Refused, "ids");
}
