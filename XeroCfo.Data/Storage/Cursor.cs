using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace XeroCfo.Data.Storage;

/// <summary>Places in lists, as opaque text: the sort key and the id of the row that a page ended with.</summary>
internal static class Cursor
{
    public static string Encode(params object[] parts) => Base64Url.EncodeToString(
        Encoding.UTF8.GetBytes(string.Join('|', parts.Select(part => Convert.ToString(part is DateOnly day ? day.DayNumber : part, CultureInfo.InvariantCulture)))));

    /// <summary>The parts, or null when this is no cursor of ours.</summary>
    public static string[]? Decode(string? cursor, int parts)
    {
        if (cursor is null || cursor.Length > 500 || !Base64Url.IsValid(cursor))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
        var decoded = text.Split('|');
        return decoded.Length == parts && !text.Any(char.IsControl) ? decoded : null;
    }

    public static bool TryDay(string text, out DateOnly day)
    {
        var read = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= DateOnly.MaxValue.DayNumber;
        day = read ? DateOnly.FromDayNumber(number) : default;
        return read;
    }
}
