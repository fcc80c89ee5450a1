using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Sync;

/// <summary>One of the steps that every run goes through.</summary>
/// <param name="Words">What the run says while it is at it.</param>
/// <param name="Kinds">Which records come in with it, by their names in the run's counts.</param>
public sealed record SyncStep(string Words, params IReadOnlyList<string> Kinds);

/// <summary>The steps of a run, in their order. What a run does beside them, such as counting, stands between two of them.</summary>
public static class SyncSteps
{
    public const string MasterData = "Organisation and chart of accounts";
    public const string Contacts = "Contacts";
    public const string Budgets = "Budgets";
    public const string TrialBalance = "Reading Xero's trial balance";
    public const string Posting = "Posting";
    public const string Comparing = "Comparing with Xero's trial balance";
    public const string Closing = "Closing";
    public const string Counting = "Counting records";

    public static IReadOnlyList<SyncStep> All { get; } =
    [
        new(MasterData, "Account", "TaxRate", "Currency", "TrackingOption"),
        new(Contacts, "Contact"),
        .. from kind in BookFetch.Kinds select new SyncStep(Of(kind), kind.ToString()),
        new(Budgets, "Budget"),
        new(TrialBalance),
        new(Posting),
        new(Comparing),
    ];

    public static string Of(DocumentKind kind) => kind switch
    {
        DocumentKind.Invoice => "Invoices and bills",
        DocumentKind.CreditNote => "Credit notes",
        DocumentKind.Prepayment => "Prepayments",
        DocumentKind.Overpayment => "Overpayments",
        DocumentKind.Payment => "Payments",
        DocumentKind.BatchPayment => "Batch payments",
        DocumentKind.RepeatingInvoice => "Repeating invoices",
        DocumentKind.BankTransaction => "Bank transactions",
        DocumentKind.BankTransfer => "Bank transfers",
        DocumentKind.ManualJournal => "Manual journals",
        _ => kind.ToString(),
    };

    /// <summary>How many of <see cref="All"/> are behind a run that is at <paramref name="step"/>; null: it has not begun, or is at none of them.</summary>
    public static int? DoneBefore(string step)
    {
        var place = All.Select((one, at) => (one.Words, At: (int?)at)).FirstOrDefault(one => one.Words == step).At;
        return place ?? step switch
        {
            Closing => All.Count - 1,
            Counting => All.Count - 4,
            _ => null,
        };
    }
}
