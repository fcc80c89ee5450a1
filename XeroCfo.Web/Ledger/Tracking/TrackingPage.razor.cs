using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Ledger.Tracking;

/// <summary>Income and expense by the options of a tracking category; what is not tracked stands beside it.</summary>
public sealed partial class TrackingPage(TrackingService tracking) : TenantPage
{
    private TrackingTable? _table;
    private IReadOnlyList<Section> _sections = [];
    private TrackingRow _profit = Sum("Net profit", []);

    private sealed record Section(string Heading, decimal Sign, IReadOnlyList<TrackingRow> Rows, TrackingRow Sum);

    [SupplyParameterFromQuery]
    public Guid? Category { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    public string? FromMonth { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    public string? ToMonth { get; set; }

    protected override async Task<Problem?> LoadAsync(CancellationToken ct)
    {
        Month? from = Month.TryParse(FromMonth, out var first) ? first : null;
        Month? to = Month.TryParse(ToMonth, out var last) ? last : null;
        var found = await tracking.TableAsync(Caller, Tenant, Category, from, to, ct);
        if (found.Succeeded)
        {
            _table = found.Value;
            _sections = [.. Sections(_table.Rows).Where(section => section.Rows.Count > 0)];
            _profit = Sum("Net profit", _table.Rows);
        }

        return found.Problem;
    }

    private static IEnumerable<Section> Sections(IReadOnlyList<TrackingRow> rows)
    {
        var income = rows.Where(row => row.Account.Class == "REVENUE").ToList();
        var expense = rows.Where(row => row.Account.Class == "EXPENSE").ToList();
        yield return new Section("Income", -1, income, Sum("Total income", income));
        yield return new Section("Expenses", 1, expense, Sum("Total expenses", expense));
    }

    private static TrackingRow Sum(string name, IReadOnlyList<TrackingRow> rows)
    {
        var width = rows.Count == 0 ? 0 : rows[0].Options.Count;
        return new TrackingRow(
            new Domain.Ledger.Account { Name = name, Type = "", Class = "" },
            [.. Enumerable.Range(0, width).Select(option => rows.Sum(row => row.Options[option]))],
            rows.Sum(row => row.Unassigned),
            rows.Sum(row => row.NotInTracking));
    }

    private void Choose(TrackingCategory category) => ShowAs(new Dictionary<string, object?> { ["category"] = category.Id });

    private void From(DateOnly? day) => ShowAs(new Dictionary<string, object?> { ["from"] = day is { } start ? Month.Of(start).ToString() : null });

    private void To(DateOnly? day) => ShowAs(new Dictionary<string, object?> { ["to"] = day is { } end ? Month.Of(end).ToString() : null });
}
