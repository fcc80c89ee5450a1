using MudBlazor;

namespace XeroCfo.Web.Shell;

/// <summary>MudBlazor's theme, made from <see cref="DesignTokens"/>. Its colours follow the page's through app.css.</summary>
internal static class XeroCfoTheme
{
    private static readonly string[] SystemSans = ["Inter", "system-ui", "-apple-system", "Segoe UI", "Roboto", "Liberation Sans", "sans-serif"];

    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = Paint(new PaletteLight(), DesignTokens.Light),
        PaletteDark = Paint(new PaletteDark(), DesignTokens.Dark),
        LayoutProperties = new LayoutProperties
        {
            DefaultBorderRadius = "6px",
            AppbarHeight = "52px",
            DrawerWidthLeft = "224px",
            DrawerMiniWidthLeft = "60px",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = SystemSans, FontSize = ".8125rem", LineHeight = "1.5385", LetterSpacing = "normal" },
            Body1 = new Body1Typography { FontSize = ".8125rem", LineHeight = "1.5385", LetterSpacing = "normal" },
            Body2 = new Body2Typography { FontSize = ".8125rem", LineHeight = "1.5385", LetterSpacing = "normal" },
            Button = new ButtonTypography { FontSize = ".8125rem", FontWeight = "500", LineHeight = "1.5385", LetterSpacing = "normal", TextTransform = "none" },
            Caption = new CaptionTypography { FontSize = ".75rem", LineHeight = "1.3333", LetterSpacing = "normal" },
            H1 = new H1Typography { FontSize = "1.375rem", FontWeight = "600", LineHeight = "1.2727", LetterSpacing = "normal" },
            H2 = new H2Typography { FontSize = "1rem", FontWeight = "600", LineHeight = "1.5", LetterSpacing = "normal" },
        },
    };

    private static T Paint<T>(T palette, IReadOnlyDictionary<string, string> token)
        where T : Palette
    {
        palette.Background = token["bg"];
        palette.Surface = token["surface"];
        palette.AppbarBackground = token["appbar"];
        palette.AppbarText = token["on-appbar"];
        palette.DrawerBackground = token["surface"];
        palette.DrawerText = token["text"];
        palette.DrawerIcon = token["text2"];
        palette.TextPrimary = token["text"];
        palette.TextSecondary = token["text2"];
        palette.ActionDefault = token["text2"];
        palette.Primary = token["primary"];
        palette.PrimaryContrastText = token["on-primary"];
        palette.Info = token["link"];
        palette.Success = token["good"];
        palette.Error = token["bad"];
        palette.Warning = token["warn"];
        palette.LinesDefault = token["border"];
        palette.LinesInputs = token["control"];
        palette.Divider = token["border"];
        palette.TableLines = token["border"];
        palette.TableHover = token["hover"];
        return palette;
    }
}
