using XeroCfo.Domain.Ledger;

namespace XeroCfo.Web.Shared;

/// <summary>The two checks in words. "Ties" and "stands on documents" are always said apart.</summary>
public static class CheckWords
{
    public static (Tone Tone, string Text) Ties(CheckStatus status) => status switch
    {
        CheckStatus.Pass => (Tone.Good, "Ties to Xero"),
        CheckStatus.Fail => (Tone.Bad, "Differs from Xero"),
        _ => (Tone.Neutral, "Xero not read for this day"),
    };

    public static (Tone Tone, string Text) Stands(CheckStatus status) => status switch
    {
        CheckStatus.Pass => (Tone.Good, "Stands on documents"),
        CheckStatus.Fail => (Tone.Warn, "Unexplained parts"),
        _ => (Tone.Neutral, "Documents not known for this day"),
    };
}
