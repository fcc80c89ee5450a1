using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Kpis.Custom;

/// <summary>A KPI that an organisation has made for itself.</summary>
public sealed class CustomKpi : Entity, ITenantOwned
{
    public const int NameLimit = 100, Most = 100;

    public Guid TenantId { get; set; }

    /// <summary>Stable name, made from the first name; formulas, targets and programs lean on it.</summary>
    public required string Key { get; set; }

    public required string Name { get; set; }

    /// <summary>Unique in the organisation.</summary>
    public required string NormalizedName { get; set; }

    public KpiUnit Unit { get; set; }

    public GoodDirection Good { get; set; }

    /// <summary>See <see cref="Custom.Formula"/>.</summary>
    public required string Formula { get; set; }

    /// <summary>Figures that a person types in.</summary>
    public List<TypedFigure> Figures { get; set; } = [];

    public static string Normalize(string name) => name.Trim().ToUpperInvariant();
}

/// <summary>A figure that no ledger knows, such as the number of people: it holds from a month on until another one is typed in.</summary>
public sealed record TypedFigure(string Name, IReadOnlyList<TypedValue> Values)
{
    public const int NameLimit = 60, Most = 20, MostValues = 240;

    /// <summary>What holds in a month; null: nothing was typed in for it or before it.</summary>
    public decimal? In(Month month)
    {
        var name = month.ToString();
        return Values.Where(value => string.CompareOrdinal(value.Month, name) <= 0).OrderByDescending(value => value.Month, StringComparer.Ordinal).Select(value => (decimal?)value.Value).FirstOrDefault();
    }
}

/// <summary>From a month (<c>yyyy-MM</c>) on.</summary>
public sealed record TypedValue(string Month, decimal Value);
