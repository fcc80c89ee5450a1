using System.Globalization;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Tests.Ledger;

/// <summary>A chart for tests of pure rules; the id of each account follows from its code.</summary>
internal static class UsualChart
{
    public static readonly ChartOfAccounts Chart = new(
    [
        Account("090", "BANK", "ASSET"),
        Account("091", "BANK", "ASSET"),
        Account("092", "BANK", "ASSET", currency: "USD"),
        Account("093", "BANK", "ASSET", currency: "AUD"),
        Account("200", "REVENUE", "REVENUE"),
        Account("300", "DIRECTCOSTS", "EXPENSE"),
        Account("429", "EXPENSE", "EXPENSE"),
        Account("477", "WAGESEXPENSE", "EXPENSE"),
        Account("498", "EXPENSE", "EXPENSE", SystemAccounts.UnrealisedCurrencyGain),
        Account("499", "EXPENSE", "EXPENSE", SystemAccounts.RealisedCurrencyGain),
        Account("610", "CURRENT", "ASSET", SystemAccounts.Debtors),
        Account("630", "INVENTORY", "ASSET"),
        Account("800", "CURRLIAB", "LIABILITY", SystemAccounts.Creditors),
        Account("803", "CURRLIAB", "LIABILITY", SystemAccounts.WagesPayable),
        Account("820", "CURRLIAB", "LIABILITY", SystemAccounts.SalesTax),
        Account("860", "CURRLIAB", "LIABILITY", SystemAccounts.Rounding),
        Account("960", "EQUITY", "EQUITY", SystemAccounts.RetainedEarnings),
    ]);

    public static Guid Id(string code) => new(int.Parse(code, CultureInfo.InvariantCulture), 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);

    public static ChartOfAccounts Without(string systemAccount) => new(Chart.Accounts.Where(account => account.SystemAccount != systemAccount));

    /// <summary>Such as <c>610 115.00, 200 -100.00</c>, or the problem's code.</summary>
    public static string Text(Result<Posting> posting) =>
        posting.Succeeded ? Text(posting.Value.Lines.Select(line => (line.AccountId, line.Amount))) : posting.Problem!.Code;

    public static string Text(IEnumerable<(Guid Account, decimal Amount)> lines) =>
        string.Join(", ", lines.Select(line => string.Create(CultureInfo.InvariantCulture, $"{Chart.Find(line.Account)?.Code ?? "?"} {line.Amount:0.00}")));

    private static Account Account(string code, string type, string kind, string? system = null, string? currency = null) => new()
    {
        AccountId = Id(code),
        Code = code,
        Name = "Account " + code,
        Type = type,
        Class = kind,
        SystemAccount = system,
        CurrencyCode = currency,
    };
}
