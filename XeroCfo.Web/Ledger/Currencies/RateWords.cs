using System.Globalization;

namespace XeroCfo.Web.Ledger.Currencies;

/// <summary>Exchange rates as people read them: foreign units for one of base currency, four to six decimals.</summary>
public static class RateWords
{
    public static string Of(decimal rate) => rate.ToString("0.0000##", CultureInfo.InvariantCulture);
}
