using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Ledger;

/// <summary>Xero's CurrencyRate: foreign units for one unit of base currency. Base = foreign / rate.</summary>
public readonly record struct FxRate(decimal ForeignPerBase)
{
    /// <summary>The rate of a document in base currency.</summary>
    public static readonly FxRate One = new(1m);

    /// <summary>Xero did not say.</summary>
    public static readonly FxRate Unknown;

    public bool IsKnown => ForeignPerBase > 0;

    /// <summary>Base currency in cents, half away from zero.</summary>
    public decimal ToBase(decimal foreign) => MoneyRules.ToCents(foreign / ForeignPerBase);
}

/// <summary>An amount in a currency that is not the organisation's; debit +.</summary>
public readonly record struct ForeignAmount(decimal Amount, string Currency);
