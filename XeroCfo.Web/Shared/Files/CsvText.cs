using System.Text;

namespace XeroCfo.Web.Shared.Files;

/// <summary>Reads comma-separated lines (RFC 4180), quoted line breaks and all.</summary>
public static class CsvText
{
    /// <summary>The lines that hold anything.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Read(string text) => Read(text, ',', keepEmpty: false);

    /// <summary>The same with another sign between fields, and with empty lines where they are wanted.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Read(string text, char separator, bool keepEmpty)
    {
        var (lines, fields, field, quoted) = (new List<IReadOnlyList<string>>(), new List<string>(), new StringBuilder(), false);
        for (var i = 0; i <= text.Length; i++)
        {
            var letter = i < text.Length ? text[i] : '\n';
            if (quoted && i < text.Length)
            {
                if (letter == '"' && i + 1 < text.Length && text[i + 1] == '"')
                {
                    field.Append('"');
                    i++;
                }
                else if (letter == '"')
                {
                    quoted = false;
                }
                else
                {
                    field.Append(letter);
                }
            }
            else if (letter == '"' && field.Length == 0)
            {
                quoted = true;
            }
            else if (letter == separator || letter == '\n')
            {
                fields.Add(letter == '\n' ? field.ToString().TrimEnd('\r') : field.ToString());
                field.Clear();
                if (letter == '\n')
                {
                    lines.Add(fields);
                    fields = [];
                }
            }
            else
            {
                field.Append(letter);
            }
        }

        return keepEmpty ? lines : lines.FindAll(line => line.Any(cell => cell.Length > 0));
    }
}
