namespace XeroCfo.Web.Shell;

/// <summary>
/// Every colour of the product, by its name in app.css (<c>--name</c>), light and dark. The stylesheet, MudBlazor's palette
/// and the contrast test all stand on this table.
/// </summary>
internal static class DesignTokens
{
    /// <summary>Name, light, dark.</summary>
    private static readonly (string Name, string Light, string Dark)[] Table =
    [
        ("bg", "#F6F7F9", "#0F151B"),
        ("surface", "#FFFFFF", "#172028"),
        ("raised", "#FFFFFF", "#1E2932"),
        ("head", "#F0F2F5", "#1B262F"),
        ("hover", "#EEF2F6", "#22303A"),
        ("selected", "#E3F0EE", "#163A37"),
        ("border", "#D5DAE1", "#2F3D49"),
        ("control", "#7C8694", "#7F8E9C"),
        ("appbar", "#12303A", "#0B1116"),
        ("on-appbar", "#FFFFFF", "#E8EDF2"),
        ("text", "#17202B", "#E8EDF2"),
        ("text2", "#4A5563", "#B4C0CB"),
        ("text3", "#5D6875", "#98A6B3"),
        ("link", "#0B5F8A", "#7CC4EE"),
        ("primary", "#0B6B62", "#4FC3B5"),
        ("on-primary", "#FFFFFF", "#06201D"),
        ("good", "#1B6E3C", "#6FCF8E"),
        ("good-chip", "#E4F3E9", "#16301F"),
        ("bad", "#B3261E", "#FF8A80"),
        ("bad-chip", "#FBE9E7", "#3A1D1C"),
        ("warn", "#8A5300", "#F2B84B"),
        ("warn-chip", "#FCF0DC", "#362A12"),
        ("info-chip", "#E3F0F8", "#132D3D"),
        ("chart1", "#0B6B62", "#4FC3B5"),
        ("chart2", "#B5500F", "#F0935A"),
        ("chart3", "#3D5FB8", "#8FA9F0"),
        ("chart4", "#8A3F8F", "#D38BD8"),
        ("chart5", "#6B6F1F", "#C2C65A"),
        ("chart6", "#5D6875", "#98A6B3"),
        ("last-year", "#8592A0", "#6B7B8A"),
    ];

    /// <summary>Colours by name on a light ground.</summary>
    public static readonly IReadOnlyDictionary<string, string> Light = Table.ToDictionary(token => token.Name, token => token.Light);

    /// <summary>Colours by name on a dark ground.</summary>
    public static readonly IReadOnlyDictionary<string, string> Dark = Table.ToDictionary(token => token.Name, token => token.Dark);
}
