using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Ledger.TieOut;

/// <summary>The tie-out in words. "Ties" and "stands on documents" are always two words.</summary>
public static class TieOutWords
{
    /// <summary>The month in a sentence.</summary>
    public static string Hero(TieOutMonth month, MoneyFormat format)
    {
        var balance = month.Balance;
        var day = DateWords.Of(balance.Date);
        var different = balance.Rows.Where(row => row.Difference is not (null or 0)).ToList();
        return balance.TiesToXero switch
        {
            CheckStatus.Fail => $"{(different.Count == 1 ? "1 account differs" : $"{different.Count} accounts differ")} from Xero at {day}, together {format.Text(different.Sum(row => Math.Abs(row.Difference!.Value)))}.",
            CheckStatus.Pass when month.ShareOnDocuments is { } share => $"Every account equals Xero at {day}. {Percent(share)} of the month's movement stands on documents.",
            CheckStatus.Pass => $"Every account equals Xero at {day}. Nothing moved in the month.",
            _ when balance.SyncInProgress => "A sync is running: the month is known when it ends.",
            _ => $"Xero and the documents were not read together for {day} yet.",
        };
    }

    public static string Percent(decimal share) => $"{Math.Floor(share * 1000) / 10:0.0} %";

    public static (string Glyph, Tone Tone, string Words) State(MonthState state) => state switch
    {
        MonthState.OnDocuments => ("✓", Tone.Good, "Ties; all of it stands on documents"),
        MonthState.XeroOnly => ("◇", Tone.Good, "Ties; with parts expected from Xero only"),
        MonthState.Unexplained => ("!", Tone.Warn, "Ties; with an unexplained part"),
        MonthState.Differs => ("✕", Tone.Bad, "Differs from Xero"),
        MonthState.Settling => ("○", Tone.Info, "Being settled: documents changed while Xero was read"),
        _ => ("–", Tone.Neutral, "Xero not read"),
    };

    public static string Kind(string kind) => kind switch
    {
        DifferenceKinds.Payroll => "Payroll",
        DifferenceKinds.Depreciation => "Depreciation",
        DifferenceKinds.Tax => "Income tax",
        DifferenceKinds.Currency => "Currency",
        DifferenceKinds.Stock => "Stock",
        DifferenceKinds.Conversion => "Conversion balance",
        DifferenceKinds.Other => "Other",
        _ => "Unexplained",
    };

    public static (Tone Tone, string Words) State(DifferenceState state) => state switch
    {
        DifferenceState.Confirmed => (Tone.Good, "Confirmed"),
        DifferenceState.Suggested => (Tone.Info, "Suggested"),
        _ => (Tone.Warn, "Unexplained"),
    };
}
