using System.Data.Common;
using System.Globalization;
using XeroCfo.Domain.Ledger;

namespace XeroCfo.Data.Storage;

/// <summary>Reads what hand-written SQL finds, in the forms that the two databases keep (the same as the model's converters).</summary>
internal sealed class StoredRow(DbDataReader reader, bool isSqlite)
{
    // Words of a few values each: one string a word, however many rows.
    private readonly Dictionary<string, string> _words = new(StringComparer.Ordinal);

    public Guid Id(int at) => reader.GetGuid(at);

    public Guid? MaybeId(int at) => reader.IsDBNull(at) ? null : reader.GetGuid(at);

    public string Text(int at) => reader.GetString(at);

    public string? MaybeText(int at) => reader.IsDBNull(at) ? null : reader.GetString(at);

    public string Word(int at)
    {
        var text = reader.GetString(at);
        if (!_words.TryGetValue(text, out var word))
        {
            _words[text] = word = text;
        }

        return word;
    }

    public DateOnly Day(int at) => isSqlite ? DateOnly.ParseExact(reader.GetString(at), "yyyy-MM-dd", CultureInfo.InvariantCulture) : reader.GetFieldValue<DateOnly>(at);

    public DateOnly? MaybeDay(int at) => reader.IsDBNull(at) ? null : Day(at);

    public decimal Money(int at) => isSqlite ? SqliteMoneyConverter.FromStored(reader.GetInt64(at)) : reader.GetDecimal(at);

    public decimal? MaybeMoney(int at) => reader.IsDBNull(at) ? null : Money(at);

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
