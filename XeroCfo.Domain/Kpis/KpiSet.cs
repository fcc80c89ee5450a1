using XeroCfo.Domain.Kpis.Custom;
using XeroCfo.Domain.Kpis.Targets;

namespace XeroCfo.Domain.Kpis;

/// <summary>What an organisation counts by: the catalogue, its own KPIs, its targets. Pure.</summary>
public sealed class KpiSet(IReadOnlyList<CustomKpi> own, IReadOnlyList<KpiTarget> targets)
{
    private const string TooEarly = "The books do not reach back that far";

    private readonly Dictionary<string, OwnKpi> _own = own.ToDictionary(kpi => kpi.Key, kpi => new OwnKpi(kpi), StringComparer.Ordinal);

    /// <summary>The catalogue's, then the organisation's own by name.</summary>
    public IReadOnlyList<KpiDefinition> Definitions => [.. KpiCatalogue.Definitions, .. own.OrderBy(kpi => kpi.Name, StringComparer.OrdinalIgnoreCase).Select(kpi => _own[kpi.Key].Definition)];

    public KpiDefinition? Find(string key) => _own.TryGetValue(key, out var mine) ? mine.Definition : KpiCatalogue.Find(key);

    /// <summary>It leans on what each customer bought; of an own one nobody looks.</summary>
    public bool NeedsCustomers(string key) => _own.ContainsKey(key) || KpiCatalogue.IsOfCustomers(key);

    public KpiTarget? TargetOf(string key) => targets.FirstOrDefault(target => target.Key == key);

    /// <summary>Every KPI of a period beside the one before it.</summary>
    public IReadOnlyList<Kpi> Compute(KpiBooks books, KpiPeriods days)
    {
        var now = books.Context(days, days.Now, days.Prior);
        var before = days.Prior is { } prior ? books.Context(days, prior, days.BeforePrior) : null;
        var catalogue = KpiCatalogue.Compute(books.Figures(days.Now), now, before);
        return
        [
            .. catalogue.Select(kpi => kpi with { Target = TargetOf(kpi.Definition.Key) }),
            .. Definitions.Where(definition => definition.IsOwn).Select(definition => OfOwn(definition, books, days, now, before)),
        ];
    }

    /// <summary>One KPI's value in a period.</summary>
    public KpiValue Value(string key, KpiBooks books, KpiPeriods days) => Value(key, books.Figures(days.Now), books.Context(days, days.Now, days.Prior)).Value;

    /// <summary>One KPI's value and parts from the sums of a period.</summary>
    public (KpiValue Value, IReadOnlyList<KpiPart> Parts) Value(string key, KpiFigures figures, KpiContext context) =>
        _own.TryGetValue(key, out var mine) ? mine.Value(Scope(figures, context)) : KpiCatalogue.Value(key, figures, context);

    private Kpi OfOwn(KpiDefinition definition, KpiBooks books, KpiPeriods days, KpiContext now, KpiContext? before)
    {
        var (value, parts) = Value(definition.Key, books.Figures(days.Now), now);
        var previous = days.Prior is { } prior && before is not null ? Value(definition.Key, books.Beside(prior, days.Now), before).Value : KpiValue.None(TooEarly);
        var tags = _own[definition.Key].TagsWith(_own).ToArray();
        return new Kpi(definition, value, previous, parts, books.Figures(days.Now).Suggested(tags)) { Target = TargetOf(definition.Key) };
    }

    private FormulaScope Scope(KpiFigures figures, KpiContext context) => new(figures, context, _own);
}
