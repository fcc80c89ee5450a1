namespace XeroCfo.Data.Xero.Demo;

/// <summary>What one list of the Accounting API can do, as Xero documents it.</summary>
internal sealed record FakeEndpoint(string Name, string IdField, bool Paged = false, bool ModifiedSince = true, string? LinesField = null)
{
    public static IReadOnlyDictionary<string, FakeEndpoint> All { get; } = new FakeEndpoint[]
    {
        new("Organisation", "OrganisationID", ModifiedSince: false),
        new("Accounts", "AccountID"),
        new("TaxRates", "TaxType", ModifiedSince: false),
        new("Currencies", "Code", ModifiedSince: false),
        new("TrackingCategories", "TrackingCategoryID", ModifiedSince: false),
        new("Contacts", "ContactID", Paged: true),
        new("Invoices", "InvoiceID", Paged: true, LinesField: "LineItems"),
        new("CreditNotes", "CreditNoteID", Paged: true, LinesField: "LineItems"),
        new("Prepayments", "PrepaymentID", Paged: true, LinesField: "LineItems"),
        new("Overpayments", "OverpaymentID", Paged: true, LinesField: "LineItems"),
        new("BankTransactions", "BankTransactionID", Paged: true, LinesField: "LineItems"),
        new("BankTransfers", "BankTransferID"),
        new("Payments", "PaymentID", Paged: true),
        new("BatchPayments", "BatchPaymentID"),
        new("RepeatingInvoices", "RepeatingInvoiceID", ModifiedSince: false),
        new("ManualJournals", "ManualJournalID", Paged: true, LinesField: "JournalLines"),
        new("Budgets", "BudgetID", ModifiedSince: false, LinesField: "BudgetLines"),
        new("Items", "ItemID"),
    }.ToDictionary(endpoint => endpoint.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Its records say when they changed; transfers can be asked for what changed, and still do not say it.</summary>
    public bool Stamped => ModifiedSince && Name != "BankTransfers";

    public string Plural => Name == "Organisation" ? "Organisations" : Name;
}
