using System.Data.Common;
using System.Globalization;
using XeroCfo.Domain.Ledger;

namespace XeroCfo.Data.Storage;

/// <summary>Reads what hand-written SQL finds, in the forms that the two databases keep (the same as the model's converters).</summary>
internal sealed class StoredRow(DbDataReader reader, bool isSqlite)
{
    // Words of a few values each: one string a word, however many rows.
    private readonly Dictionary<string, string> _words = new(StringComparer.Ordinal);

    // Days of SQLite are texts, and few beside the rows: to parse one costs several times as much as to know it again.
    private readonly Dictionary<string, DateOnly> _days = new(StringComparer.Ordinal);

    public Guid Id(int at) => reader.GetGuid(at);

    public string Text(int at) => reader.GetString(at);

    /// <summary>A text that the statement gives as empty where there is none.</summary>
    public string? Said(int at) => reader.GetString(at) is { Length: > 0 } text ? text : null;

    public string Word(int at)
    {
        var text = reader.GetString(at);
        if (!_words.TryGetValue(text, out var word))
        {
            _words[text] = word = text;
        }

        return word;
    }

    public DateOnly Day(int at)
    {
        if (!isSqlite)
        {
            return reader.GetFieldValue<DateOnly>(at);
        }

        var text = reader.GetString(at);
        return _days.TryGetValue(text, out var known) ? known : _days[text] = DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    public int Number(int at) => reader.GetInt32(at);

    public bool Flag(int at) => isSqlite ? reader.GetInt64(at) != 0 : reader.GetBoolean(at);

    public decimal Money(int at) => isSqlite ? SqliteMoneyConverter.FromStored(reader.GetInt64(at)) : reader.GetDecimal(at);

    public FxRate Rate(int at)
    {
        if (!isSqlite)
        {
            return new FxRate(reader.GetDecimal(at));
        }

        var text = Word(at);
        return text == "1" ? FxRate.One : new FxRate(decimal.Parse(text, CultureInfo.InvariantCulture));
    }
}
