namespace XeroCfo.Data.Storage;

/// <summary>A fact about this installation that is kept with its data, such as the anchor day of the demo company.</summary>
public sealed class Setting
{
    public required string Name { get; set; }

    public required string Value { get; set; }
}
