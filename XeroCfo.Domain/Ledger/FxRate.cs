namespace XeroCfo.Domain.Ledger;

/// <summary>Xero's CurrencyRate: foreign units for one unit of base currency. Base = foreign / rate.</summary>
public readonly record struct FxRate(decimal ForeignPerBase)
{
    /// <summary>The rate of a document in base currency.</summary>
    public static readonly FxRate One = new(1m);
}
