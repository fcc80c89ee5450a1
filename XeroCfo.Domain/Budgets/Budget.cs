using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Budgets;

/// <summary>Where a budget comes from.</summary>
public static class BudgetSources
{
    /// <summary>Xero's: read with every day's master data, and changed there only.</summary>
    public const string Xero = "xero";

    /// <summary>Made here.</summary>
    public const string Own = "own";

    public static readonly IReadOnlyList<string> All = [Xero, Own];
}

/// <summary>A tracking option, with the category that it belongs to.</summary>
public sealed record TrackingPick(Guid CategoryId, Guid OptionId);

/// <summary>A plan of amounts by account and month. An organisation has as many as it likes.</summary>
public sealed class Budget : Entity, ITenantOwned
{
    public const int NameLimit = 255;

    public Guid TenantId { get; set; }

    /// <summary>Who made it; null of Xero's, and once the person was erased.</summary>
    public Guid? UserId { get; set; }

    public required string Name { get; set; }

    /// <summary>One of <see cref="BudgetSources"/>.</summary>
    public required string Source { get; set; }

    /// <summary>Xero's BudgetID; null of an own one.</summary>
    public Guid? XeroId { get; set; }

    /// <summary>The part of the organisation that it plans, by tracking; empty: the whole.</summary>
    public List<TrackingPick> Tracking { get; set; } = [];
}

/// <summary>What is planned for an account in a month. Display sign: income, and costs, read positive.</summary>
public sealed class BudgetLine : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid BudgetId { get; set; }

    public Guid AccountId { get; set; }

    /// <summary>First day of the month.</summary>
    public DateOnly Month { get; set; }

    /// <summary>Base currency.</summary>
    public decimal Amount { get; set; }
}

/// <summary>A budget without its lines.</summary>
/// <param name="Budget">The budget.</param>
/// <param name="Lines">How many lines it has.</param>
/// <param name="First">The first month with a line; null: it has none.</param>
/// <param name="Last">The last one.</param>
public sealed record BudgetHead(Budget Budget, int Lines, DateOnly? First, DateOnly? Last);

/// <summary>A budget with its lines, by account and month.</summary>
public sealed record BudgetView(Budget Budget, IReadOnlyList<BudgetLine> Lines)
{
    public BudgetHead Head => new(Budget, Lines.Count, Lines.Count == 0 ? null : Lines.Min(line => line.Month), Lines.Count == 0 ? null : Lines.Max(line => line.Month));
}

/// <summary>A line as somebody wants it; display sign.</summary>
public sealed record BudgetLineInput(Guid AccountId, Month Month, decimal Amount);

/// <summary>A budget as somebody wants it; its lines are all there are to be.</summary>
public sealed record BudgetInput(string? Name, IReadOnlyList<BudgetLineInput> Lines, IReadOnlyList<TrackingPick> Tracking);
