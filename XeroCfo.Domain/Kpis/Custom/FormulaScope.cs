using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Primitives.Formulas;
using XeroCfo.Domain.Reports;

namespace XeroCfo.Domain.Kpis.Custom;

/// <summary>A custom KPI with its formula read.</summary>
public sealed class OwnKpi(CustomKpi kpi)
{
    private readonly Result<Formula> _formula = Custom.Formula.Read(kpi.Formula);

    public KpiDefinition Definition { get; } = new(kpi.Key, kpi.Name, kpi.Unit, kpi.Good, kpi.Formula) { IsOwn = true };

    public CustomKpi Kpi => kpi;

    /// <summary>Null where it cannot be read.</summary>
    public Formula? Formula => _formula.Succeeded ? _formula.Value : null;

    /// <summary>The tags that it leans on, those of the KPIs in it included.</summary>
    /// <param name="own">The organisation's own KPIs by key.</param>
    public IReadOnlyList<string> TagsWith(IReadOnlyDictionary<string, OwnKpi> own)
    {
        var (seen, open, tags) = (new HashSet<string>(StringComparer.Ordinal) { Definition.Key }, new Stack<OwnKpi>([this]), new List<string>());
        while (open.TryPop(out var next))
        {
            foreach (var name in (next.Formula?.References ?? []).Select(reference => reference.Of))
            {
                tags.AddRange(name.Kind == ReferenceKind.Tag ? [name.Name] : name.Kind == ReferenceKind.Kpi ? KpiCatalogue.TagsOf(name.Name) : []);
                if (name.Kind == ReferenceKind.Kpi && own.TryGetValue(name.Name, out var inner) && seen.Add(name.Name))
                {
                    open.Push(inner);
                }
            }
        }

        return [.. tags.Distinct()];
    }

    /// <summary>Its value, or what stands in the way and where.</summary>
    public (KpiValue Value, IReadOnlyList<KpiPart> Parts) Value(FormulaScope scope) =>
        _formula.Problem is { } wrong ? (KpiValue.None(wrong.Message), []) : scope.Enter(this);
}

/// <summary>What the names in formulas stand for in a period.</summary>
public sealed class FormulaScope(KpiFigures figures, KpiContext context, IReadOnlyDictionary<string, OwnKpi> own)
{
    private readonly Stack<string> _path = new();
    private readonly Dictionary<string, (KpiValue, IReadOnlyList<KpiPart>)> _known = new(StringComparer.Ordinal);

    /// <summary>The words for statement groups.</summary>
    public static readonly IReadOnlyList<string> Groups =
    [
        "income", "costOfSales", "grossProfit", "otherIncome", "operatingExpenses", "netProfit", "bank", "currentAssets", "fixedAssets", "nonCurrentAssets", "totalAssets", "currentLiabilities",
        "nonCurrentLiabilities", "totalLiabilities", "equity",
    ];

    /// <summary>A formula's value with what every name in it stands for.</summary>
    public (KpiValue Value, IReadOnlyList<KpiPart> Parts) Enter(OwnKpi kpi)
    {
        if (_path.Contains(kpi.Definition.Key))
        {
            return (KpiValue.None($"{kpi.Definition.Name} leans on itself"), []);
        }

        if (_known.TryGetValue(kpi.Definition.Key, out var known))
        {
            return known;
        }

        _path.Push(kpi.Definition.Key);
        var parts = new Dictionary<string, KpiPart>(StringComparer.Ordinal);
        var value = kpi.Formula!.Root.Compute(name =>
        {
            var (found, accounts) = Of(kpi, name.At, name.Of);
            parts[name.Of.Words] = new KpiPart(name.Of.Words, found.Value, accounts);
            return new FormulaNumber(found.Value, found.Reason);
        });
        _path.Pop();
        return _known[kpi.Definition.Key] = (value.Value is { } raw ? KpiValue.Of(Math.Round(raw, 6, MidpointRounding.AwayFromZero)) : KpiValue.None(value.Reason!), [.. parts.Values]);
    }

    private (KpiValue Value, IReadOnlyList<Guid> Accounts) Of(OwnKpi kpi, int at, FormulaReference reference) => reference.Kind switch
    {
        ReferenceKind.Days => (KpiValue.Of(figures.Days), []),
        ReferenceKind.Figure => kpi.Kpi.Figures.Find(figure => Same(figure.Name, reference.Name))?.In(Month.Of(figures.Period.Last)) is { } typed
            ? (KpiValue.Of(typed), [])
            : (KpiValue.None($"At position {at}: nothing is typed in for {reference.Name} up to {Month.Of(figures.Period.Last)}"), []),
        ReferenceKind.Kpi when own.TryGetValue(reference.Name, out var other) => Counted(at, reference, other.Value(this)),
        ReferenceKind.Kpi when KpiCatalogue.Find(reference.Name) is not null => Counted(at, reference, KpiCatalogue.Value(reference.Name, figures, context)),
        ReferenceKind.Kpi => (KpiValue.None($"At position {at}: there is no KPI {reference.Name} any more"), []),
        ReferenceKind.Tag => figures.Accounts.Any(account => account.Tag == reference.Name)
            ? Counted(figures.Shown($"tag {reference.Name}", account => account.Tag == reference.Name))
            : (KpiValue.None($"At position {at}: no account carries the tag {reference.Name} any more"), []),
        ReferenceKind.Group => Counted(Group(figures, reference.Name)!),
        _ => Find(figures.Accounts, reference.Name) is { } account
            ? Counted(figures.OfAccount(account))
            : (KpiValue.None($"At position {at}: account {reference.Name} is not in the chart any more"), []),
    };

    private static (KpiValue, IReadOnlyList<Guid>) Counted(KpiPart part) => (KpiValue.Of(part.Value ?? 0), part.AccountIds);

    private static (KpiValue, IReadOnlyList<Guid>) Counted(int at, FormulaReference reference, (KpiValue Value, IReadOnlyList<KpiPart> Parts) found) =>
        (found.Value.Reason is { } reason ? KpiValue.None($"At position {at}: {reference.Name} has no value ({reason})") : found.Value, [.. found.Parts.SelectMany(part => part.AccountIds).Distinct()]);

    /// <summary>By code, by name, or by Xero's id; one that is deleted is gone.</summary>
    public static Account? Find(IEnumerable<Account> accounts, string name) =>
        accounts.Where(account => account.Status != "DELETED").OrderBy(account => account.Code == name ? 0 : 1)
            .FirstOrDefault(account => account.Code == name || Same(account.Name, name) || (Guid.TryParse(name, out var id) && account.AccountId == id));

    /// <summary>The sum of a group; null: there is none of that name.</summary>
    public static KpiPart? Group(KpiFigures figures, string name) => Groups.FirstOrDefault(group => Same(group, name)) switch
    {
        "income" => figures.Income,
        "costOfSales" => figures.CostOfSales,
        "grossProfit" => figures.GrossProfit,
        "otherIncome" => figures.OtherIncome,
        "operatingExpenses" => figures.OperatingExpenses,
        "netProfit" => figures.NetProfit,
        "bank" => figures.Cash,
        "equity" => figures.EquityPart,
        "totalAssets" => figures.TotalAssets,
        "totalLiabilities" => figures.TotalLiabilities,
        "currentAssets" => figures.CurrentAssets,
        "currentLiabilities" => figures.CurrentLiabilities,
        "fixedAssets" => figures.Shown("Fixed assets", account => StatementSection.Of(account) == StatementSection.FixedAssets),
        "nonCurrentAssets" => figures.Shown("Non-current assets", account => StatementSection.Of(account) == StatementSection.NonCurrentAssets),
        "nonCurrentLiabilities" => figures.Shown("Non-current liabilities", account => StatementSection.Of(account) == StatementSection.NonCurrentLiabilities),
        _ => null,
    };

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
