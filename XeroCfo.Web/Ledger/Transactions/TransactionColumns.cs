using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Rules;
using XeroCfo.Web.Shared.Files;

namespace XeroCfo.Web.Ledger.Transactions;

/// <summary>A column of the list as a file.</summary>
/// <param name="Head">Its heading.</param>
/// <param name="Width">In characters.</param>
/// <param name="Look">How its cells look.</param>
/// <param name="Value">What stands in it: text, decimal or day.</param>
public sealed record TransactionColumn(string Head, double Width, CellLook Look, Func<Transaction, TransactionNames, object?> Value);

/// <summary>The columns of the list as a file.</summary>
public static class TransactionColumns
{
    public static IReadOnlyList<TransactionColumn> All(string baseCurrency) =>
    [
        new("Date", 12, CellLook.Day, (row, _) => row.Date),
        new("Contact", 28, CellLook.Plain, (row, _) => row.ContactName),
        new("Description", 42, CellLook.Plain, (row, _) => row.PayrollHidden ? "Hidden: payroll" : row.Description),
        new("Reference", 16, CellLook.Plain, (row, _) => row.Reference),
        new("Number", 14, CellLook.Plain, (row, _) => row.Number),
        new("Type", 12, CellLook.Plain, (row, _) => LedgerWords.Type(row.Type)),
        new("Status", 12, CellLook.Plain, (row, _) => LedgerWords.Sentence(row.Status)),
        new("Bank account", 20, CellLook.Plain, (row, names) => names.Account(row.BankAccountId)),
        new("Account code", 12, CellLook.Plain, (row, _) => row.AccountCode),
        new("Account", 22, CellLook.Plain, (row, names) => names.Account(row.AccountCode)),
        new("Category", 22, CellLook.Plain, (row, _) => row.Category),
        new("How", 10, CellLook.Plain, (row, _) => row.CategorySource switch { CategorySources.Xero => "Xero", CategorySources.Rule => "Rule", CategorySources.Manual => "Person", _ => null }),
        new($"Amount {baseCurrency}", 16, CellLook.Money, (row, _) => row.BaseAmount),
        new("Currency", 9, CellLook.Plain, (row, _) => row.CurrencyCode),
        new("Total in its currency", 16, CellLook.Money, (row, _) => row.Amount),
        new("Reconciled", 10, CellLook.Plain, (row, _) => row.IsReconciled ? "yes" : "no"),
    ];
}
