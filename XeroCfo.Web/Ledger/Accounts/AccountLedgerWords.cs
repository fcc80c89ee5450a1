using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Accounts;
using XeroCfo.Domain.Xero;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Ledger.Accounts;

/// <summary>An account's ledger in words, on the page and in files.</summary>
public static class AccountLedgerWords
{
    /// <summary>What of a ledger can be shown alone: the value of the address, its words, and the group it stands in.</summary>
    public static readonly IReadOnlyList<(string Group, string Source, string? Kind, string Words)> Choices =
    [
        ("Documents", LineSources.Document, null, "All documents"),
        .. new[] { DocumentKind.Invoice, DocumentKind.CreditNote, DocumentKind.Payment, DocumentKind.BankTransaction, DocumentKind.BankTransfer, DocumentKind.Prepayment, DocumentKind.Overpayment, DocumentKind.ManualJournal }
            .Select(kind => ("Documents", LineSources.Document, (string?)kind.ToString(), kind == DocumentKind.Invoice ? "Invoices and bills" : LedgerWords.Kind(kind) + "s")),
        ("Only in Xero", LineSources.Opening, null, "Opening balance"),
        ("Only in Xero", LineSources.XeroTrialBalance, null, "All that only Xero knows"),
        .. DifferenceKinds.Confirmable.Append(DifferenceKinds.Unexplained).Select(kind => ("Only in Xero", LineSources.XeroTrialBalance, (string?)kind, $"Xero only: {kind}")),
        ("Only in Xero", LineSources.XeroProvisional, null, "Xero only so far, this month"),
    ];

    /// <summary>The words of a filter; null where all lines are shown.</summary>
    public static string? Of(string? source, string? kind) =>
        source is null && kind is null ? null : Choices.FirstOrDefault(choice => choice.Source == source && choice.Kind == kind).Words ?? $"{source} {kind}".Trim();

    public static string Title(Domain.Ledger.Account account) => $"{account.Code} {account.Name}".TrimStart();

    /// <summary>Where a row comes from.</summary>
    public static string Source(LedgerRow row) => row.Kind switch
    {
        LedgerRowKind.YearEnd => "Year end",
        LedgerRowKind.Month => "Payroll",
        _ => LedgerWords.Source(row.View!.Line),
    };

    /// <summary>What a row says of itself.</summary>
    public static string? Text(LedgerRow row, Domain.Ledger.Account account) => row.Kind switch
    {
        LedgerRowKind.YearEnd => account.IsProfitAndLoss ? "To retained earnings" : "Profit of the year that ended",
        LedgerRowKind.Month => "The whole month in one amount",
        _ => row.View!.PayrollHidden ? "Hidden: payroll" : row.View.Line.Description,
    };

    /// <summary>"1 Apr 2026 – 20 Nov 2026", or from the beginning.</summary>
    public static string Days(AccountLedger ledger) => ledger.From is { } from ? $"{DateWords.Of(from)} – {DateWords.Of(ledger.To)}" : $"From the beginning to {DateWords.Of(ledger.To)}";
}
