using XeroCfo.Domain.Audit;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Ledger;

/// <summary>Which ledger lines; every member that is null lets all through.</summary>
public sealed record LedgerLineFilter
{
    public Guid? AccountId { get; init; }

    public Guid? ContactId { get; init; }

    public Guid? DocumentXeroId { get; init; }

    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }

    /// <summary>One of <see cref="LineSources"/>.</summary>
    public string? Source { get; init; }

    /// <summary>Of which kind of document.</summary>
    public DocumentKind? Document { get; init; }

    /// <summary>What a trial-balance line is taken to be, one of <see cref="DifferenceKinds"/>.</summary>
    public string? Kind { get; init; }

    /// <summary>
    /// The reader may not see payroll: its accounts come as one amount a month, and the other lines of its documents without texts and
    /// contact. Asked for by contact or document, payroll's own lines are not there at all.
    /// </summary>
    public bool HidePayroll { get; init; }

    /// <summary>As the caller may read it.</summary>
    public LedgerLineFilter For(Caller caller) => this with { HidePayroll = PayrollRules.AreHiddenFrom(caller) };
}

/// <summary>A ledger line with what a person needs to recognise it.</summary>
/// <param name="Line">The line itself: base currency, debit +.</param>
/// <param name="AccountCode">The account's code, if it has one.</param>
/// <param name="AccountName">The account's name.</param>
/// <param name="TransactionId">Our transaction; null for manual journals and trial-balance lines.</param>
/// <param name="Number">The document's number.</param>
/// <param name="ContactName">The contact, if any.</param>
/// <param name="XeroUrl">Link to the document in Xero, where there is one.</param>
public sealed record LedgerLineView(
    LedgerLine Line, string? AccountCode, string AccountName, Guid? TransactionId, string? Number, string? ContactName, string? XeroUrl)
{
    /// <summary>The reader may not see payroll: a month's sum of an account, or a line without texts and contact.</summary>
    public bool PayrollHidden { get; init; }
}

/// <summary>What an account moved by between two days, by where the lines come from. Base currency, debit +.</summary>
/// <param name="AccountId">Xero's AccountID.</param>
/// <param name="Opening">Balance before the books start, when the range reaches back to it.</param>
/// <param name="Documents">Posted from documents (and journals).</param>
/// <param name="ExpectedXeroOnly">Trial-balance lines with a kind.</param>
/// <param name="Unexplained">Trial-balance lines without one.</param>
public readonly record struct AccountMovement(Guid AccountId, decimal Opening, decimal Documents, decimal ExpectedXeroOnly, decimal Unexplained)
{
    /// <summary>All of it.</summary>
    public decimal Total => Opening + Documents + ExpectedXeroOnly + Unexplained;
}

/// <summary>Reads balances and lines.</summary>
public interface ILedgerReader
{
    /// <summary>The chart of accounts, archived ones too, by code and name.</summary>
    Task<IReadOnlyList<Account>> AccountsAsync(TenantId tenant, CancellationToken ct);

    /// <summary>
    /// Movements from <paramref name="from"/> (null: since the beginning, opening included) to <paramref name="to"/>, both included.
    /// Whole months come from balances, cut ones from lines; trial-balance lines count when their own day is in the range.
    /// </summary>
    Task<IReadOnlyList<AccountMovement>> MovementsAsync(TenantId tenant, DateOnly? from, DateOnly to, CancellationToken ct);

    /// <summary>By date, then in order of posting.</summary>
    Task<Result<Page<LedgerLineView>>> LinesAsync(TenantId tenant, LedgerLineFilter filter, PagePlace place, int limit, CancellationToken ct);

    /// <summary>How many lines there are, counted up to <see cref="CappedCount.Cap"/>.</summary>
    Task<CappedCount> CountAsync(TenantId tenant, LedgerLineFilter filter, CancellationToken ct);

    /// <summary>Balances of foreign bank accounts in their own currency at the end of a day, by account; debit +. Openings are not in them.</summary>
    Task<IReadOnlyDictionary<Guid, decimal>> ForeignBalancesAsync(TenantId tenant, DateOnly date, CancellationToken ct);

    /// <summary>Xero's trial balance as read for exactly that day; null when it was not read.</summary>
    Task<StoredTrialBalance?> XeroTrialBalanceAsync(TenantId tenant, DateOnly date, CancellationToken ct);
}

/// <summary>Looking at accounts and ledger lines.</summary>
public sealed class LedgerService(ILedgerReader ledger, AuditNotes notes)
{
    /// <summary>The chart of accounts.</summary>
    public async Task<Result<IReadOnlyList<Account>>> AccountsAsync(Caller caller, TenantId tenant, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.LedgerRead, tenant) is { } refused)
        {
            return refused;
        }

        return Result<IReadOnlyList<Account>>.Of(await ledger.AccountsAsync(tenant, ct));
    }

    /// <summary>A page of ledger lines.</summary>
    public async Task<Result<Page<LedgerLineView>>> LinesAsync(
        Caller caller, TenantId tenant, LedgerLineFilter filter, PagePlace place, int limit, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.LedgerRead, tenant) is { } refused)
        {
            return refused;
        }

        if (filter.AccountId is { } asked && !PayrollRules.AreHiddenFrom(caller) && (await ledger.AccountsAsync(tenant, ct)).FirstOrDefault(account => account.AccountId == asked) is { } account && PayrollRules.IsPayroll(account))
        {
            await notes.PayrollSeenAsync(caller, tenant, $"ledger of {account.Code} {account.Name}", ct);
        }

        return await ledger.LinesAsync(tenant, filter.For(caller), place, limit, ct);
    }

    /// <summary>How many there are, counted up to <see cref="CappedCount.Cap"/>.</summary>
    public async Task<Result<CappedCount>> CountAsync(Caller caller, TenantId tenant, LedgerLineFilter filter, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.LedgerRead, tenant) is { } refused)
        {
            return refused;
        }

        return await ledger.CountAsync(tenant, filter.For(caller), ct);
    }
}
