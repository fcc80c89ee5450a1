using XeroCfo.Data.Storage;
using XeroCfo.Domain.Ledger;

namespace XeroCfo.Data.Ledger;

/// <summary>How the derived tables are written in bulk.</summary>
internal static class LedgerTables
{
    public static readonly BulkTable<Transaction> Transactions = new BulkTable<Transaction>(
        "Transactions",
        Column.Of((Transaction row) => row.Id, "id"),
        Column.Of((Transaction row) => row.TenantId, "tenantId"),
        Column.Of((Transaction row) => row.XeroId.ToString("D"), "xeroId"),
        Column.Of((Transaction row) => row.Type, "type"),
        Column.Of((Transaction row) => row.ContactId?.ToString("D"), "contactId"),
        Column.Of((Transaction row) => row.ContactName, "contactName"),
        Column.Of((Transaction row) => row.Reference, "reference"),
        Column.Of((Transaction row) => row.Amount, "amount"),
        Column.Of((Transaction row) => row.Date, "date"),
        Column.Of((Transaction row) => row.DueDate, "dueDate"),
        Column.Of((Transaction row) => row.Status, "status"),
        Column.Of((Transaction row) => row.AccountCode, "accountCode"),
        Column.Of((Transaction row) => row.Description, "description"),
        Column.Of((Transaction row) => row.IsReconciled, "isReconciled"),
        Column.Of((Transaction row) => row.CurrencyCode, "currencyCode"),
        Column.Of((Transaction row) => row.CurrencyRate, "currencyRate"),
        Column.Of((Transaction row) => row.BaseAmount, "baseAmount"),
        Column.Of((Transaction row) => row.AbsoluteAmount, "absoluteAmount"),
        Column.Of((Transaction row) => row.Direction, "direction"),
        Column.Of((Transaction row) => row.Number, "number"),
        Column.Of((Transaction row) => row.BankAccountId, "bankAccountId"),
        Column.Of((Transaction row) => row.CreditXeroId, "creditXeroId"),
        Column.Of((Transaction row) => row.AmountDue, "amountDue"),
        Column.Of((Transaction row) => row.SearchText, "searchText"),
        Column.Of((Transaction row) => row.Category, "category"),
        Column.Of((Transaction row) => row.CategorySource, "categorySource"),
        Column.Of((Transaction row) => row.CategoryRuleId, "categoryRuleId"),
        Column.Of((Transaction row) => row.OwnAccountCode, "ownAccountCode"),
        Column.Of((Transaction row) => row.LockedByPerson, "lockedByPerson"),
        Column.Of((Transaction row) => row.CreatedAt, "createdAt"),
        Column.Of((Transaction row) => row.UpdatedAt, "updatedAt"))

        // What a person or a rule of ours said stays when a document changes at Xero: the writer brings it along. When the row was last written
        // is set apart, because lines may change where the row does not.
        .UpsertChanged(
            ["tenantId", "xeroId"],
            [
                "type", "contactId", "contactName", "reference", "amount", "date", "dueDate", "status", "accountCode", "description", "isReconciled",
                "currencyCode", "currencyRate", "baseAmount", "absoluteAmount", "direction", "number", "bankAccountId", "creditXeroId", "amountDue", "searchText",
                "category", "categorySource",
            ]);

    public static readonly BulkTable<TransactionLine> TransactionLines = new(
        "TransactionLines",
        Column.Of((TransactionLine row) => row.TenantId, "tenantId"),
        Column.Of((TransactionLine row) => row.TransactionId, "transactionId"),
        Column.Of((TransactionLine row) => row.LineNumber, "lineNumber"),
        Column.Of((TransactionLine row) => row.Description, "description"),
        Column.Of((TransactionLine row) => row.AccountId, "accountId"),
        Column.Of((TransactionLine row) => row.AccountCode, "accountCode"),
        Column.Of((TransactionLine row) => row.Quantity, "quantity"),
        Column.Of((TransactionLine row) => row.UnitPrice, "unitPrice"),
        Column.Of((TransactionLine row) => row.Net, "net"),
        Column.Of((TransactionLine row) => row.Tax, "tax"),
        Column.Of((TransactionLine row) => row.TaxType, "taxType"),
        Column.Of((TransactionLine row) => row.TrackingOption1, "trackingOption1"),
        Column.Of((TransactionLine row) => row.TrackingOption2, "trackingOption2"));

    public static readonly BulkTable<Allocation> Allocations = new BulkTable<Allocation>(
        "Allocations",
        Column.Of((Allocation row) => row.TenantId, "tenantId"),
        Column.Of((Allocation row) => row.Id, "id"),
        Column.Of((Allocation row) => row.SourceXeroId, "sourceXeroId"),
        Column.Of((Allocation row) => row.TargetXeroId, "targetXeroId"),
        Column.Of((Allocation row) => (short)row.SourceKind, "sourceKind"),
        Column.Of((Allocation row) => row.Amount, "amount"),
        Column.Of((Allocation row) => row.Date, "date"),
        Column.Of((Allocation row) => row.EffectiveDate, "effectiveDate"))
        .Upsert(["tenantId", "id"], ["sourceXeroId", "targetXeroId", "sourceKind", "amount", "date", "effectiveDate"]);

    public static readonly BulkTable<LedgerLine> Lines = new(
        "LedgerLines",
        Column.Of((LedgerLine row) => row.TenantId, "tenantId"),
        Column.Of((LedgerLine row) => row.Date, "date"),
        Column.Of((LedgerLine row) => row.AccountId, "accountId"),
        Column.Of((LedgerLine row) => row.Amount, "amount"),
        Column.Of((LedgerLine row) => row.Source, "source"),
        Column.Of((LedgerLine row) => row.Kind, "kind"),
        Column.Of((LedgerLine row) => row.ConfirmedBy, "confirmedBy"),
        Column.Of((LedgerLine row) => (short?)row.DocumentKind, "documentKind"),
        Column.Of((LedgerLine row) => row.DocumentXeroId, "documentXeroId"),
        Column.Of((LedgerLine row) => row.ContactId, "contactId"),
        Column.Of((LedgerLine row) => row.TrackingOption1, "trackingOption1"),
        Column.Of((LedgerLine row) => row.TrackingOption2, "trackingOption2"),
        Column.Of((LedgerLine row) => row.Description, "description"),
        Column.Of((LedgerLine row) => row.ForeignAmount, "foreignAmount"),
        Column.Of((LedgerLine row) => row.CurrencyCode, "currencyCode"));

    public static readonly BulkTable<AccountBalance> Balances = new BulkTable<AccountBalance>(
        "AccountBalances",
        Column.Of((AccountBalance row) => row.TenantId, "tenantId"),
        Column.Of((AccountBalance row) => row.Basis, "basis"),
        Column.Of((AccountBalance row) => row.AccountId, "accountId"),
        Column.Of((AccountBalance row) => row.Month, "month"),
        Column.Of((AccountBalance row) => row.Source, "source"),
        Column.Of((AccountBalance row) => row.Movement, "movement"))
        .Add(["tenantId", "basis", "accountId", "month", "source"], "movement");

    public static readonly BulkTable<TrackingBalance> Tracking = new BulkTable<TrackingBalance>(
        "TrackingBalances",
        Column.Of((TrackingBalance row) => row.TenantId, "tenantId"),
        Column.Of((TrackingBalance row) => row.Basis, "basis"),
        Column.Of((TrackingBalance row) => row.AccountId, "accountId"),
        Column.Of((TrackingBalance row) => row.Month, "month"),
        Column.Of((TrackingBalance row) => row.Option1, "option1"),
        Column.Of((TrackingBalance row) => row.Option2, "option2"),
        Column.Of((TrackingBalance row) => row.Movement, "movement"))
        .Add(["tenantId", "basis", "accountId", "month", "option1", "option2"], "movement");

    public static readonly BulkTable<DayBalance> DayBalances = new BulkTable<DayBalance>(
        "DayBalances",
        Column.Of((DayBalance row) => row.TenantId, "tenantId"),
        Column.Of((DayBalance row) => row.Basis, "basis"),
        Column.Of((DayBalance row) => row.Date, "date"),
        Column.Of((DayBalance row) => row.AccountId, "accountId"),
        Column.Of((DayBalance row) => row.Movement, "movement"))
        .Add(["tenantId", "basis", "date", "accountId"], "movement");

    public static readonly BulkTable<ContactBalance> ContactBalances = new BulkTable<ContactBalance>(
        "ContactBalances",
        Column.Of((ContactBalance row) => row.TenantId, "tenantId"),
        Column.Of((ContactBalance row) => row.Basis, "basis"),
        Column.Of((ContactBalance row) => row.AccountId, "accountId"),
        Column.Of((ContactBalance row) => row.Month, "month"),
        Column.Of((ContactBalance row) => row.ContactId, "contactId"),
        Column.Of((ContactBalance row) => row.Movement, "movement"))
        .Add(["tenantId", "basis", "accountId", "month", "contactId"], "movement");

    public static readonly BulkTable<XeroTrialBalance> TrialBalances = new BulkTable<XeroTrialBalance>(
        "XeroTrialBalances",
        Column.Of((XeroTrialBalance row) => row.TenantId, "tenantId"),
        Column.Of((XeroTrialBalance row) => row.Basis, "basis"),
        Column.Of((XeroTrialBalance row) => row.Date, "date"),
        Column.Of((XeroTrialBalance row) => row.AccountId, "accountId"),
        Column.Of((XeroTrialBalance row) => row.Balance, "balance"),
        Column.Of((XeroTrialBalance row) => row.ReadAt, "readAt"),
        Column.Of((XeroTrialBalance row) => row.Inferred, "inferred"))
        .Upsert(["tenantId", "basis", "date", "accountId"], ["balance", "readAt", "inferred"]);

    public static readonly BulkTable<LedgerChange> Changes = new(
        "LedgerChanges",
        Column.Of((LedgerChange row) => row.TenantId, "tenantId"),
        Column.Of((LedgerChange row) => row.LedgerVersion, "ledgerVersion"),
        Column.Of((LedgerChange row) => row.RunId, "runId"),
        Column.Of((LedgerChange row) => (short)row.DocumentKind, "documentKind"),
        Column.Of((LedgerChange row) => row.DocumentXeroId, "documentXeroId"),
        Column.Of((LedgerChange row) => row.AccountId, "accountId"),
        Column.Of((LedgerChange row) => row.Month, "month"),
        Column.Of((LedgerChange row) => row.Before, "before"),
        Column.Of((LedgerChange row) => row.After, "after"),
        Column.Of((LedgerChange row) => row.Reason, "reason"),
        Column.Of((LedgerChange row) => row.CreatedAt, "createdAt"));
}
