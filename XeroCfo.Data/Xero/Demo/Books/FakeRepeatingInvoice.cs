namespace XeroCfo.Data.Xero.Demo;

/// <summary>An invoice or bill that Xero writes again and again. The template posts nothing.</summary>
/// <param name="Template">Contact, lines and currency of the invoices to come; its date is that of the first.</param>
public sealed record FakeRepeatingInvoice(bool IsSale, FakeInvoice Template, DateOnly NextScheduledDate)
{
    public int Period { get; init; } = 1;

    /// <summary>WEEKLY or MONTHLY.</summary>
    public string Unit { get; init; } = "MONTHLY";

    /// <summary>A day or a number of days, see <see cref="DueDateType"/>.</summary>
    public int DueDate { get; init; } = 20;

    /// <summary>DAYSAFTERBILLDATE, DAYSAFTERBILLMONTH, DAYSAFTERINVOICEDATE, DAYSAFTERINVOICEMONTH, OFCURRENTMONTH or OFFOLLOWINGMONTH.</summary>
    public string DueDateType { get; init; } = "OFFOLLOWINGMONTH";

    public DateOnly? EndDate { get; init; }

    /// <summary>DRAFT or AUTHORISED: what the invoices will be made as.</summary>
    public string Status { get; init; } = "AUTHORISED";

    /// <summary>What the id is made from; null: the books count.</summary>
    public string? Key { get; init; }
}
