using XeroCfo.Domain.Ledger;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Ledger;

/// <summary>
/// A transaction. <c>amount</c> is the document's total in <c>currencyCode</c>; <c>baseAmount</c> is in the organisation's currency,
/// money in + and money out −. Without <c>payroll:read</c>, payroll's documents come without contact and texts.
/// </summary>
internal record TransactionAnswer : IExample<TransactionAnswer>
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

    public static TransactionAnswer Example => new(ExampleRow);

    public Guid Id { get; init; }

    public Guid TenantId { get; init; }

    public Guid XeroId { get; init; }

    public string Type { get; init; }

    public Guid? ContactId { get; init; }

    public string? ContactName { get; init; }

    public string? Reference { get; init; }

    public decimal Amount { get; init; }

    public DateOnly Date { get; init; }

    public DateOnly? DueDate { get; init; }

    public string Status { get; init; }

    public string? Category { get; init; }

    public string? AccountCode { get; init; }

    public string? Description { get; init; }

    public bool IsReconciled { get; init; }

    public string CurrencyCode { get; init; }

    public decimal CurrencyRate { get; init; }

    public decimal BaseAmount { get; init; }

    public string Direction { get; init; }

    public string? Number { get; init; }

    public Guid? BankAccountId { get; init; }

    public string CategorySource { get; init; }

    public Guid? CategoryRuleId { get; init; }

    public bool LockedByPerson { get; init; }

    public DateTime CreatedAt { get; init; }

    public DateTime UpdatedAt { get; init; }

    protected static Transaction ExampleRow => new()
    {
        Id = Examples.Thing,
        TenantId = Examples.Tenant,
        XeroId = Examples.Document,
        Type = TransactionTypes.Invoice,
        ContactId = Examples.Contact,
        ContactName = "Harbour Café",
        Number = "INV-0042",
        Reference = "PO 1187",
        Description = "Beans, 5 kg",
        Amount = 115.12m,
        BaseAmount = 115.12m,
        CurrencyCode = "NZD",
        Direction = Directions.In,
        Date = Examples.Day,
        DueDate = Examples.Day.AddDays(20),
        Status = "AUTHORISED",
        Category = "Coffee sales",
        CategorySource = "xero",
        AccountCode = "200",
        CreatedAt = Examples.Instant,
        UpdatedAt = Examples.Instant,
    };
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
internal sealed record TransactionDetailAnswer : TransactionAnswer, IExample<TransactionDetailAnswer>
{
    public TransactionDetailAnswer(TransactionDetail detail, bool syncInProgress)
        : base(detail.Transaction)
    {
        XeroUrl = detail.XeroUrl;
        HasAttachments = detail.HasAttachments;
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
            .. detail.Allocations.Select(view => view.Allocation).Select(part => new AllocationAnswer(part.Id, part.SourceXeroId, part.TargetXeroId, part.Amount, part.EffectiveDate)),
        ];
        LedgerLines = [.. detail.LedgerLines.Select(LedgerLineAnswer.Of)];
        SyncInProgress = syncInProgress;
    }

    public static new TransactionDetailAnswer Example => new(new TransactionDetail(ExampleRow, [], [], [], "https://go.xero.com/app/!x7Tq1/invoicing/view/7d94f0c3-5b1e-4a4f-9c5a-5a2a1f0e6d11"), false)
    {
        Lines = [new TransactionLineAnswer(1, "Beans, 5 kg", Examples.Account, "200", 5m, 20.02m, 100.10m, 15.02m, "OUTPUT2", null, null)],
        Allocations = [new AllocationAnswer(Examples.Thing, Examples.Contact, Examples.Document, 60m, Examples.Day.AddDays(9))],
        LedgerLines = [LedgerLineAnswer.Example],
    };

    public string? XeroUrl { get; init; }

    /// <summary>Files are kept with the document in Xero.</summary>
    public bool HasAttachments { get; init; }

    public IReadOnlyList<TransactionLineAnswer> Lines { get; init; }

    public IReadOnlyList<AllocationAnswer> Allocations { get; init; }

    public IReadOnlyList<LedgerLineAnswer> LedgerLines { get; init; }

    public bool SyncInProgress { get; init; }
}
