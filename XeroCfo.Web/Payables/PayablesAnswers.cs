using System.ComponentModel.DataAnnotations;
using XeroCfo.Domain.Payables;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Payables;

/// <summary>Names of <see cref="BillDue"/>.</summary>
internal static class DueWords
{
    public static readonly IReadOnlyList<string> All = ["overdue", "this_week", "next_week", "later"];

    public static string Of(BillDue due) => All[(int)due];

    public static BillDue? Read(string? word) => word is null ? null : (BillDue)All.ToList().IndexOf(word);
}

/// <summary>What falls due in one go; <c>leaves</c> is what the bank holds once this and all before it is paid, null for what is later.</summary>
internal sealed record PayStepAnswer([property: Words(typeof(DueWords))] string Due, decimal Amount, int Count, decimal? Leaves);

/// <summary>
/// What is to be paid; base currency. <c>bank</c> is all bank accounts together per Xero's books. Bills on hold are in no step; suppliers' unused
/// credit is taken off none. <c>hiddenPayroll</c> is what this reader may not see bill by bill.
/// </summary>
internal sealed record PayablesAnswer(DateOnly Date, decimal Bank, IReadOnlyList<PayStepAnswer> Steps, decimal OnHold, int OnHoldCount, decimal Credit, decimal HiddenPayroll, bool SyncInProgress) : IExample<PayablesAnswer>
{
    public static PayablesAnswer Example => new(
        Examples.Day, 132_000m,
        [new("overdue", 412.50m, 1, 131_587.50m), new("this_week", 12_400m, 6, 119_187.50m), new("next_week", 103_862m, 21, 15_325.50m), new("later", 303_325.50m, 41, null)], 7_475m, 1, 412m, 0m, false);

    public static PayablesAnswer Of(PayablesBook book) => new(
        book.Date, book.Bank, [.. book.Steps.Select(step => new PayStepAnswer(DueWords.Of(step.Due), step.Amount, step.Count, step.Leaves))], book.OnHold, book.OnHoldCount, book.Credit, book.HiddenPayroll, book.SyncInProgress);
}

/// <summary>An open bill: <c>open</c> in its own currency, <c>amount</c> in base currency at its rate.</summary>
internal sealed record BillAnswer(
    Guid TransactionId, Guid? ContactId, string? ContactName, string? Number, string? Reference, DateOnly Date, DateOnly DueDate, [property: Words(typeof(DueWords))] string Due, string Currency, decimal Open, decimal Amount, HoldAnswer? Hold)
    : IExample<BillAnswer>
{
    public static BillAnswer Example => new(
        Examples.Thing, Examples.Contact, "Southern Packaging", "SP-20418", null, Examples.Day, Examples.Day.AddDays(30), "next_week", "NZD", 7_475m, 7_475m, HoldAnswer.Example);

    public static BillAnswer Of(BillToPay bill) => new(
        bill.Document.Id, bill.Document.ContactId, bill.Document.ContactName, bill.Document.Number, bill.Document.Reference, bill.Document.Date, bill.DueDate, DueWords.Of(bill.Due), bill.Document.CurrencyCode, -bill.Item.Open, bill.Amount,
        bill.Hold is { } hold ? HoldAnswer.Of(hold) : null);
}

/// <summary>Why a bill is not to be paid for now.</summary>
internal sealed record HoldAnswer(string Reason, DateTime CreatedAt, DateTime UpdatedAt) : IExample<HoldAnswer>
{
    public static HoldAnswer Example => new("Entered twice?", Examples.Instant, Examples.Instant);

    public static HoldAnswer Of(BillHold hold) => new(hold.Reason, hold.CreatedAt, hold.UpdatedAt);
}

internal sealed record HoldRequest([property: Required, StringLength(BillHold.ReasonLimit, MinimumLength = 1)] string? Reason = null) : IExample<HoldRequest>
{
    public static HoldRequest Example => new("Entered twice?");
}

internal sealed record AlikeDocumentAnswer(Guid TransactionId, Guid XeroId, bool IsBill, string? Number, DateOnly Date, decimal Amount, string Currency, decimal BaseAmount, bool IsUnpaid);

/// <summary>Documents of one supplier that may be one and the same; <c>atStake</c> is what is paid too much if they are.</summary>
internal sealed record LookAlikeAnswer(Guid ContactId, string ContactName, [property: Words(typeof(LookAlikeWords))] string Reason, bool IsUnpaid, decimal AtStake, IReadOnlyList<AlikeDocumentAnswer> Documents) : IExample<LookAlikeAnswer>
{
    public static LookAlikeAnswer Example => new(
        Examples.Contact, "Southern Packaging", LookAlikeReasons.Amount, true, 7_475m,
        [
            new(Examples.Thing, Examples.Document, true, "SP-20418", Examples.Day, 7_475m, "NZD", 7_475m, true),
            new(new Guid("0193a1b2-8d4e-7f60-8172-93a4b5c6d7e9"), new Guid("7d94f0c3-5b1e-4a4f-9c5a-5a2a1f0e6d12"), true, "SP20418", Examples.Day.AddDays(3), 7_475m, "NZD", 7_475m, true),
        ]);

    public static LookAlikeAnswer Of(LookAlike alike) => new(
        alike.Documents[0].ContactId, alike.Documents[^1].ContactName, alike.Reason, alike.IsUnpaid, alike.AtStake,
        [.. alike.Documents.Select(row => new AlikeDocumentAnswer(row.Id, row.XeroId, row.IsBill, row.Number, row.Date, row.Amount, row.Currency, row.BaseAmount, row.IsUnpaid))]);
}

internal static class LookAlikeWords
{
    public static readonly IReadOnlyList<string> All = [LookAlikeReasons.Amount, LookAlikeReasons.Number];
}

/// <summary>Documents that look alike and are different ones, by our ids.</summary>
internal sealed record DifferentRequest([property: Required, Length(2, 100)] IReadOnlyList<Guid>? Ids = null) : IExample<DifferentRequest>
{
    public static DifferentRequest Example => new([Examples.Thing, new Guid("0193a1b2-8d4e-7f60-8172-93a4b5c6d7e9")]);
}

/// <summary>A supplier whose bill came in each of six months and not in this one.</summary>
internal sealed record MissingBillAnswer(Guid ContactId, string ContactName, string Month, int UsualDay, decimal UsualAmount, DateOnly LastDate, Guid LastTransactionId) : IExample<MissingBillAnswer>
{
    public static MissingBillAnswer Example => new(Examples.Contact, "Kahu Power", "2026-10", 9, 2_350m, new DateOnly(2026, 9, 9), Examples.Thing);

    public static MissingBillAnswer Of(MissingBill bill) => new(bill.ContactId, bill.Name, bill.Month.ToString(), bill.UsualDay, bill.UsualAmount, bill.LastDate, bill.LastId);
}

/// <summary>A usual bill that nobody expects; <c>month</c> is null where it is not expected any more.</summary>
internal sealed record DismissedBillAnswer(Guid ContactId, string ContactName, string? Month) : IExample<DismissedBillAnswer>
{
    public static DismissedBillAnswer Example => new(Examples.Contact, "Kahu Power", "2026-10");
}

/// <summary>The supplier of a usual bill, by Xero's ContactID, and the month; without one it is not expected any more.</summary>
internal sealed record MissingBillRequest([property: Required] Guid? ContactId = null, [property: StringLength(7, MinimumLength = 7)] string? Month = null) : IExample<MissingBillRequest>
{
    public static MissingBillRequest Example => new(Examples.Contact, "2026-10");
}
