using System.Globalization;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Data.Storage;

/// <summary>Money on SQLite: ten-thousandths in a 64-bit integer, half away from zero. Too large an amount throws.</summary>
public sealed class SqliteMoneyConverter() : ValueConverter<decimal, long>(amount => ToStored(amount), stored => FromStored(stored))
{
    public static long ToStored(decimal amount) => MoneyRules.Fits(amount)
        ? (long)Math.Round(amount * 10_000m, 0, MidpointRounding.AwayFromZero)
        : throw new OverflowException("An amount of money is too large to be stored.");

    public static decimal FromStored(long stored) => stored / 10_000m;
}

/// <summary>Exchange rates on SQLite: exact decimal text, never computed with in SQL.</summary>
public sealed class SqliteRateConverter() : ValueConverter<FxRate, string>(
    rate => rate.ForeignPerBase.ToString(CultureInfo.InvariantCulture),
    stored => new FxRate(decimal.Parse(stored, CultureInfo.InvariantCulture)));

/// <summary>Exchange rates on PostgreSQL.</summary>
public sealed class PostgresRateConverter() : ValueConverter<FxRate, decimal>(rate => rate.ForeignPerBase, stored => new FxRate(stored));

/// <summary>Instants are UTC, cut to microseconds on the way in and marked as UTC on the way out.</summary>
public sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
    instant => Instants.Cut(instant),
    stored => DateTime.SpecifyKind(stored, DateTimeKind.Utc));

/// <summary>Xero's ids in the columns that the schema calls text: lower case with hyphens.</summary>
public sealed class XeroIdConverter() : ValueConverter<Guid, string>(id => id.ToString("D"), stored => Guid.Parse(stored));
