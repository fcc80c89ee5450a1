using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Reports.Drill;

/// <summary>Tells a difference by contact or document; what is not named comes together, so that the causes add up.</summary>
internal sealed class DriverReading(IDrillReader lines, TenantId tenant, bool hidePayroll, DriverKind kind)
{
    public async Task<IReadOnlyList<Driver>> OfAsync(MakeUp first, MakeUp second, CancellationToken ct)
    {
        // Of two balances only what came between their days can differ: everything before stands on both sides.
        var days = first.Parts.Concat(second.Parts).Where(part => part.Lines is { IsBalance: true }).Select(part => part.Lines!.To).Distinct().Order().ToList();
        DateOnly? common = kind == DriverKind.Document && days.Count > 1 ? days[0] : null;
        var sides = (First: await SharesAsync(first, common, ct), Second: await SharesAsync(second, common, ct));
        var named = sides.First.Keys.Union(sides.Second.Keys)
            .Select(key => (Key: key, First: sides.First.GetValueOrDefault(key), Second: sides.Second.GetValueOrDefault(key)))
            .Select(pair => new Driver(
                pair.Key.Name, pair.First, pair.Second, null,
                kind == DriverKind.Contact ? pair.Key.Id : null, kind == DriverKind.Document ? pair.Key.Id : null))
            .Where(driver => driver.Difference != 0)
            .OrderByDescending(driver => Math.Abs(driver.Difference))
            .ToList();
        var shown = named.Take(2 * ReportDrillService.MostDrivers).ToList();
        var rest = (First: first.Amount - shown.Sum(driver => driver.First), Second: second.Amount - shown.Sum(driver => driver.Second));
        return rest.First == rest.Second ? shown : [.. shown, new Driver(kind == DriverKind.Contact ? "All others, and what belongs to no contact" : "All others, and what is no document", rest.First, rest.Second)];
    }

    private async Task<Dictionary<(Guid? Id, string Name), decimal>> SharesAsync(MakeUp makeUp, DateOnly? common, CancellationToken ct)
    {
        var shares = new Dictionary<(Guid? Id, string Name), decimal>();
        foreach (var group in makeUp.Parts.Where(part => part.Lines is { } lines && !(lines.IsBalance && lines.To == common)).GroupBy(part => part.Lines! with { Accounts = [] }, ScopeComparer.Instance))
        {
            var signs = group.GroupBy(part => part.AccountId!.Value).ToDictionary(parts => parts.Key, parts => parts.First().Sign);
            var scope = group.First().Lines! with { Accounts = [.. signs.Keys], From = group.First().Lines!.IsBalance ? common?.AddDays(1) : group.First().Lines!.From };
            var read = kind == DriverKind.Contact
                ? await lines.ByContactAsync(tenant, scope, hidePayroll, ct)
                : await lines.ByDocumentAsync(tenant, scope, hidePayroll, ReportDrillService.MostDrivers, ct);
            foreach (var share in read.Where(share => share.Id is not null || share.IsHidden))
            {
                var key = share.IsHidden ? (null, "Hidden: payroll") : (kind == DriverKind.Document ? share.TransactionId : share.Id, share.Name ?? "No name");
                shares[key] = shares.GetValueOrDefault(key) + (signs[share.AccountId] * share.Amount);
            }
        }

        return shares;
    }

    // Scopes that differ in nothing but their accounts are read at once.
    private sealed class ScopeComparer : IEqualityComparer<LineScope>
    {
        public static readonly ScopeComparer Instance = new();

        public bool Equals(LineScope? one, LineScope? other) => Key(one) == Key(other);

        public int GetHashCode(LineScope scope) => Key(scope).GetHashCode();

        private static (DateOnly? From, DateOnly To, bool Documents, DateOnly? XeroOnlyFrom, bool Opening, bool Provisional, Guid? Option, bool NoneOf, Xero.DocumentKind? Kind, Xero.DocumentKind? NotKind, bool Moving) Key(LineScope? scope) =>
            (scope!.From, scope.To, scope.Documents, scope.XeroOnlyFrom, scope.Opening, scope.Provisional, scope.Option, scope.NoneOf is not null, scope.Kind, scope.NotKind, scope.MovingCashOn is not null);
    }
}
