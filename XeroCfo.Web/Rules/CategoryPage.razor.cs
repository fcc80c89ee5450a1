using System.Globalization;
using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules;
using XeroCfo.Web.Shared;
using XeroCfo.Web.Shell;

namespace XeroCfo.Web.Rules;

/// <summary>What a category costs and brings, month by month, down to its documents.</summary>
public sealed partial class CategoryPage(CategoryService categories, CategorySpendingService spending, TimeProvider clock) : TenantPage
{
    private const int Months = 13, Width = 1_001, Height = 160, Step = Width / Months, Thick = Step - 21;
    private CategoryView? _view;
    private CategorySpending? _spending;

    /// <summary>The category.</summary>
    [Parameter]
    public Guid Id { get; set; }

    private Month Last => Month.Of(Organisation!.Today(clock));

    private MoneyFormat Numbers => MoneyFormat.Of(Organisation?.CountryCode);

    protected override async Task<Problem?> LoadAsync(CancellationToken ct)
    {
        var found = await categories.GetAsync(Caller, Tenant, Id, ct);
        if (found.Problem is { } refused)
        {
            return refused;
        }

        var sums = await spending.LookAsync(Caller, Tenant, found.Value.Category.Name, Last, Months, ct);
        (_view, _spending) = (found.Value, sums.Succeeded ? sums.Value : null);
        return sums.Problem;
    }

    private static string Name(Month month) => month.Start.ToString("MMM yyyy", CultureInfo.InvariantCulture);

    private static int At(int index) => (index * Step) + ((Step - Thick) / 2);

    // A credit in the month of a small bill turns a bar over: it stands at zero, and the table says by how much.
    private decimal Bar(CategoryMonth month) => Math.Max(0m, _spending!.IsIncome ? month.In - month.Out : month.Out - month.In);

    private string Tall(decimal amount) => (Height * 0.95m * amount / Math.Max(1m, _spending!.Months.Max(Bar))).ToString("0.#", CultureInfo.InvariantCulture);

    private string Top(decimal amount) => (Height - decimal.Parse(Tall(amount), CultureInfo.InvariantCulture)).ToString("0.#", CultureInfo.InvariantCulture);

    private string Address(Month month) =>
        $"{PageLinks.Transactions(Org)}?category={Uri.EscapeDataString(_view!.Category.Name)}&from={DateWords.Iso(month.Start)}&to={DateWords.Iso(month.End)}";
}
