namespace XeroCfo.Domain.Ledger;

/// <summary>Turns a document's amounts into base currency. In base currency amounts stay what they are, and the rate says nothing.</summary>
/// <param name="Currency">The document's currency when it is foreign; null in base currency.</param>
/// <param name="Rate">Of a foreign document; known.</param>
public sealed record Conversion(string? Currency, FxRate Rate)
{
    public static readonly Conversion None = new(null, FxRate.One);

    public bool IsForeign => Currency is not null;

    /// <summary>Foreign / rate in cents, half away from zero.</summary>
    public decimal ToBase(decimal amount) => IsForeign ? Rate.ToBase(amount) : amount;

    /// <summary>The amount as a ledger line keeps it beside the base amount; null in base currency.</summary>
    public ForeignAmount? Foreign(decimal amount) => Currency is { } currency ? new ForeignAmount(amount, currency) : null;

    /// <summary>How <paramref name="document"/> is converted; null when it is foreign and Xero states no rate.</summary>
    public static Conversion? Of(SourceDocument document, ChartOfAccounts chart, string baseCurrency) =>
        CurrencyOf(document, chart, baseCurrency) is not { } currency ? None
        : document.CurrencyRate.IsKnown ? new Conversion(currency, document.CurrencyRate)
        : null;

    /// <summary>A document's currency when it is not the organisation's: its own, of a bank transaction without one its bank account's.</summary>
    public static string? CurrencyOf(SourceDocument document, ChartOfAccounts chart, string baseCurrency)
    {
        var currency = document.CurrencyCode is { Length: > 0 } own ? own
            : document is BankTransaction bank ? chart.Find(bank.BankAccountId, bank.BankAccountCode)?.CurrencyCode
            : null;
        return Foreign(currency, baseCurrency);
    }

    /// <summary><paramref name="currency"/> when it is none of the organisation's, else null.</summary>
    public static string? Foreign(string? currency, string baseCurrency) =>
        currency is { Length: > 0 } && !string.Equals(currency, baseCurrency, StringComparison.OrdinalIgnoreCase) ? currency : null;
}
