namespace XeroCfo.Web.Shared;

/// <summary>What a status means to the reader; each has an icon of its own, so that colour never stands alone.</summary>
public enum Tone
{
    Neutral,
    Good,
    Warn,
    Bad,
    Info,
}

/// <summary>The icons of tones.</summary>
public static class Tones
{
    public static string Glyph(this Tone tone) => tone switch
    {
        Tone.Good => "✓",
        Tone.Warn => "!",
        Tone.Bad => "✕",
        Tone.Info => "○",
        _ => "–",
    };

    public static string Css(this Tone tone) => tone switch
    {
        Tone.Good => "good",
        Tone.Warn => "warn",
        Tone.Bad => "bad",
        Tone.Info => "info",
        _ => "",
    };
}
