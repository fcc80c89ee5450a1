using XeroCfo.Domain.Ledger;

namespace XeroCfo.Web.Ledger;

/// <summary>
/// A transaction. <c>amount</c> is the document's total in <c>currencyCode</c>; <c>baseAmount</c> is in the organisation's currency,
/// money in + and money out −.
/// </summary>
internal record TransactionAnswer
{
    public TransactionAnswer(Transaction transaction)
    {
        (Id, TenantId, XeroId, Type) = (transaction.Id, transaction.TenantId, transaction.XeroId, transaction.Type);
        (ContactId, ContactName, Reference, Number) = (transaction.ContactId, transaction.ContactName, transaction.Reference, transaction.Number);
        (Amount, CurrencyCode, CurrencyRate) = (transaction.Amount, transaction.CurrencyCode, transaction.CurrencyRate.ForeignPerBase);
        (BaseAmount, Direction) = (transaction.BaseAmount, transaction.Direction);
        (Date, DueDate, Status, IsReconciled) = (transaction.Date, transaction.DueDate, transaction.Status, transaction.IsReconciled);
        (Category, CategorySource, CategoryRuleId) = (transaction.Category, transaction.CategorySource, transaction.CategoryRuleId);
        (AccountCode, BankAccountId, Description) = (transaction.AccountCode, transaction.BankAccountId, transaction.Description);
        (LockedByPerson, CreatedAt, UpdatedAt) = (transaction.LockedByPerson, transaction.CreatedAt, transaction.UpdatedAt);
    }

    public Guid Id { get; }

    public Guid TenantId { get; }

    public Guid XeroId { get; }

    public string Type { get; }

    public Guid? ContactId { get; }

    public string? ContactName { get; }

    public string? Reference { get; }

    public decimal Amount { get; }

    public DateOnly Date { get; }

    public DateOnly? DueDate { get; }

    public string Status { get; }

    public string? Category { get; }

    public string? AccountCode { get; }

    public string? Description { get; }

    public bool IsReconciled { get; }

    public string CurrencyCode { get; }

    public decimal CurrencyRate { get; }

    public decimal BaseAmount { get; }

    public string Direction { get; }

    public string? Number { get; }

    public Guid? BankAccountId { get; }

    public string CategorySource { get; }

    public Guid? CategoryRuleId { get; }

    public bool LockedByPerson { get; }

    public DateTime CreatedAt { get; }

    public DateTime UpdatedAt { get; }
}

/// <summary>Amounts in the transaction's currency, <c>net</c> without tax.</summary>
internal sealed record TransactionLineAnswer(
    int LineNumber,
    string? Description,
    Guid? AccountId,
    string? AccountCode,
    decimal? Quantity,
    decimal? UnitPrice,
    decimal Net,
    decimal Tax,
    string? TaxType,
    Guid? TrackingOption1,
    Guid? TrackingOption2);

/// <summary>Which payment settled which document, in the settled document's currency.</summary>
internal sealed record AllocationAnswer(Guid Id, Guid SourceXeroId, Guid TargetXeroId, decimal Amount, DateOnly EffectiveDate);

/// <summary>A transaction with all that stands behind it.</summary>
internal sealed record TransactionDetailAnswer : TransactionAnswer
{
    public TransactionDetailAnswer(TransactionDetail detail, bool syncInProgress)
        : base(detail.Transaction)
    {
        XeroUrl = detail.XeroUrl;
        Lines =
        [
            .. detail.Lines.Select(line => new TransactionLineAnswer(
                line.LineNumber,
                line.Description,
                line.AccountId,
                line.AccountCode,
                line.Quantity,
                line.UnitPrice,
                line.Net,
                line.Tax,
                line.TaxType,
                line.TrackingOption1,
                line.TrackingOption2)),
        ];
        Allocations =
        [
            .. detail.Allocations.Select(part => new AllocationAnswer(part.Id, part.SourceXeroId, part.TargetXeroId, part.Amount, part.EffectiveDate)),
        ];
        LedgerLines = [.. detail.LedgerLines.Select(LedgerLineAnswer.Of)];
        SyncInProgress = syncInProgress;
    }

    public string? XeroUrl { get; }

    public IReadOnlyList<TransactionLineAnswer> Lines { get; }

    public IReadOnlyList<AllocationAnswer> Allocations { get; }

    public IReadOnlyList<LedgerLineAnswer> LedgerLines { get; }

    public bool SyncInProgress { get; }
}
