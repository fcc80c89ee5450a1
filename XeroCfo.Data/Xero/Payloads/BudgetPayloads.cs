namespace XeroCfo.Data.Xero.Payloads;

internal sealed class BudgetPayload
{
    public Guid? BudgetID { get; set; }

    public string? Type { get; set; }

    public string? Description { get; set; }

    public IReadOnlyList<BudgetTrackingPayload?>? Tracking { get; set; }

    public IReadOnlyList<BudgetLinePayload?>? BudgetLines { get; set; }
}

internal sealed class BudgetTrackingPayload
{
    public Guid? TrackingCategoryID { get; set; }

    public Guid? TrackingOptionID { get; set; }
}

internal sealed class BudgetLinePayload
{
    public Guid? AccountID { get; set; }

    public string? AccountCode { get; set; }

    public IReadOnlyList<BudgetBalancePayload?>? BudgetBalances { get; set; }
}

internal sealed class BudgetBalancePayload
{
    /// <summary>yyyy-MM.</summary>
    public string? Period { get; set; }

    public decimal? Amount { get; set; }
}
