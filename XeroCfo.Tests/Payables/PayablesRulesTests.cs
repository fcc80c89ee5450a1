using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Payables;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Tests.Payables;

/// <summary>What looks entered twice, what did not come, and what paying leaves.</summary>
public sealed class PayablesRulesTests
{
    private static readonly DateOnly Today = new(2026, 11, 20);
    private static readonly Guid Supplier = Guid.NewGuid();
    private static readonly HashSet<(Guid, Guid)> None = [];

    [Theory]
    [InlineData("SP-20418", "SP20418", 3, true)]
    [InlineData("sp 20418", "SP-20418", 7, true)]
    [InlineData("SP-20418", "SP-20419", 3, false)] // two numbers are two bills
    [InlineData(null, "SP-20418", 3, true)] // one was entered without its number
    [InlineData(null, null, 7, true)]
    [InlineData("BRIGHTDESK.EXAMPLE", "Brightdesk subscription", 3, true)] // words are no numbers
    [InlineData(null, null, 8, false)]
    public void Same_supplier_and_amount_within_a_week_look_alike_unless_their_numbers_differ(string? one, string? other, int daysApart, bool alike)
    {
        SupplierDocument[] documents = [Bill(-16, 7_475, one), Bill(-16 + daysApart, 7_475, other)];

        var found = LookAlikes.Find(documents, LookAlikes.UsualDays, Today.AddDays(-100), None);

        Assert.Equal(alike, found.Count == 1);
        if (alike)
        {
            Assert.Equal((2, 7_475m, LookAlikeReasons.Amount), (found[0].Documents.Count, found[0].AtStake, found[0].Reason));
        }
    }

    [Fact]
    public void Another_supplier_amount_or_currency_is_another_bill_and_the_same_number_is_the_same_at_any_amount()
    {
        SupplierDocument[] documents =
        [
            Bill(-9, 100, null), Bill(-8, 101, null), Bill(-7, 100, null) with { Currency = "AUD" }, Bill(-6, 100, null) with { ContactId = Guid.NewGuid() },
            Bill(-60, 500, "INV 4411"), Bill(-20, 550, "INV-4411"), Bill(-50, 20, "Rent"), Bill(-20, 21, "Rent"),
        ];

        var found = Assert.Single(LookAlikes.Find(documents, LookAlikes.UsualDays, Today.AddDays(-100), None));

        Assert.Equal((LookAlikeReasons.Number, 500m), (found.Reason, found.AtStake));
    }

    [Fact]
    public void A_bill_and_a_payment_of_the_card_are_one_group_the_unpaid_come_first_and_old_paid_ones_are_left_out()
    {
        SupplierDocument[] documents =
        [
            Bill(-200, 70, null, unpaid: false), Bill(-199, 70, null, unpaid: false), Bill(-3, 80, null, unpaid: false), Spend(-2, 80), Bill(-1, 80, null, unpaid: false),
            Bill(-150, 90, null), Bill(-149, 90, null, unpaid: false),
        ];

        var found = LookAlikes.Find(documents, LookAlikes.UsualDays, Today.AddDays(-100), None);

        Assert.Equal([90m, 80m], found.Select(group => group.Documents[0].Amount));
        Assert.Equal((3, 160m), (found[1].Documents.Count, found[1].AtStake));
    }

    [Fact]
    public void What_a_person_told_apart_is_not_told_again_and_a_third_one_is()
    {
        SupplierDocument[] two = [Bill(-9, 100, null), Bill(-8, 100, null)];
        var apart = new HashSet<(Guid, Guid)> { LookAlikes.Pair(two[1].XeroId, two[0].XeroId) };

        Assert.Empty(LookAlikes.Find(two, 7, Today.AddDays(-100), apart));
        Assert.Equal(3, Assert.Single(LookAlikes.Find([.. two, Bill(-7, 100, null)], 7, Today.AddDays(-100), apart)).Documents.Count);
    }

    [Fact]
    public void Money_spent_on_the_same_several_times_a_month_all_along_is_nothing_new()
    {
        SupplierDocument[] usual = [Spend(-130, 552), Spend(-121, 552), Spend(-9, 552), Spend(-5, 552)];
        SupplierDocument[] charged = [Spend(-170, 332.35m), Spend(-140, 332.35m), Spend(-110, 332.35m), Spend(-16, 332.35m), Spend(-13, 332.35m)];

        Assert.Empty(LookAlikes.Find(usual, LookAlikes.UsualDays, Today.AddDays(-100), None));
        Assert.Equal(2, Assert.Single(LookAlikes.Find(charged, LookAlikes.UsualDays, Today.AddDays(-100), None)).Documents.Count);
        Assert.Single(LookAlikes.Find([.. usual, Bill(-4, 552, "F-1234")], LookAlikes.UsualDays, Today.AddDays(-100), None));
    }

    [Fact]
    public void The_bill_that_did_not_come_last_month_is_missed_with_its_usual_day_and_amount()
    {
        // 25 months on the 9th, none in October; November's is there.
        var bills = Months(2024, 9, 25, 9, month => 2_350 + (month.Number * 10)).Append(On(new(2026, 11, 9), 2_400)).ToList();

        var missing = Assert.Single(UsualBills.Find(bills, Today));

        Assert.Equal((new Month(2026, 10), 9, 2_410m, new DateOnly(2026, 9, 9)), (missing.Month, missing.UsualDay, missing.UsualAmount, missing.LastDate));
    }

    [Theory]
    [InlineData(13, false)]
    [InlineData(14, true)]
    [InlineData(30, true)]
    public void In_the_month_in_progress_a_bill_is_missed_five_days_after_its_latest_usual_day(int day, bool missed) =>
        Assert.Equal(missed, UsualBills.Find(Months(2026, 1, 10, 9, _ => 100), new DateOnly(2026, 11, day)).Count == 1);

    [Fact]
    public void Five_months_are_no_habit_and_money_spent_is_no_bill()
    {
        Assert.Empty(UsualBills.Find(Months(2026, 6, 5, 9, _ => 100), new DateOnly(2026, 11, 30)));
        Assert.Empty(UsualBills.Find(Months(2026, 1, 9, 9, _ => 100).Select(bill => bill with { IsBill = false }), Today));
        Assert.Equal(new Month(2026, 10), Assert.Single(UsualBills.Find(Months(2026, 1, 9, 9, _ => 100), new DateOnly(2026, 11, 30))).Month);
    }

    [Theory]
    [InlineData("2026-11-19", BillDue.Overdue)]
    [InlineData("2026-11-20", BillDue.ThisWeek)] // a Friday
    [InlineData("2026-11-22", BillDue.ThisWeek)]
    [InlineData("2026-11-23", BillDue.NextWeek)]
    [InlineData("2026-11-29", BillDue.NextWeek)]
    [InlineData("2026-11-30", BillDue.Later)]
    public void Weeks_begin_on_Monday(string day, BillDue due) => Assert.Equal(due, PayablesBook.DueOf(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), Today));

    [Fact]
    public void On_a_Sunday_the_week_ends_that_day() => Assert.Equal((BillDue.ThisWeek, BillDue.NextWeek), (PayablesBook.DueOf(new(2026, 11, 22), new(2026, 11, 22)), PayablesBook.DueOf(new(2026, 11, 23), new(2026, 11, 22))));

    [Fact]
    public void Each_step_leaves_the_bank_less_what_was_due_before_it_and_a_held_bill_is_in_none()
    {
        var held = Open(new(2026, 11, 20), 7_475);
        OpenItem[] open = [Open(new(2026, 11, 1), 100.10m), held, Open(new(2026, 11, 21), 900), Open(new(2026, 11, 25), 1_200), Open(new(2027, 1, 20), 50_000), Open(new(2026, 11, 1), -412) with { Kind = OpenItemKind.CreditNote }];

        var book = PayablesBook.Of(Today, 2_000, open, new Dictionary<Guid, BillHold> { [held.Document.XeroId] = new() { Reason = "Twice?" } }, 300, false);

        Assert.Equal<(decimal, int, decimal?)>([(100.10m, 1, 1_899.90m), (900m, 1, 999.90m), (1_200m, 1, -200.10m), (50_000m, 1, null)], book.Steps.Select(step => (step.Amount, step.Count, step.Leaves)));
        Assert.Equal((7_475m, 1, 412m, 300m, new DateOnly(2026, 11, 22)), (book.OnHold, book.OnHoldCount, book.Credit, book.HiddenPayroll, book.WeekEnd));
        Assert.Equal(book.Bills.Sum(bill => bill.Amount), book.Steps.Sum(step => step.Amount) + book.OnHold);
    }

    private static SupplierDocument Bill(int day, decimal amount, string? number, bool unpaid = true) =>
        new(Guid.CreateVersion7(), Guid.NewGuid(), true, Supplier, "Southern Packaging", number, Today.AddDays(day), amount, "NZD", amount, unpaid);

    private static SupplierDocument Spend(int day, decimal amount) => Bill(day, amount, null, unpaid: false) with { IsBill = false };

    private static SupplierDocument On(DateOnly day, decimal amount) => Bill(0, amount, null) with { Date = day };

    private static IEnumerable<SupplierDocument> Months(int year, int month, int count, int day, Func<Month, decimal> amount) =>
        Enumerable.Range(0, count).Select(index => new Month(year, month).Add(index)).Select(each => On(each.Start.AddDays(day - 1), amount(each)));

    private static OpenItem Open(DateOnly due, decimal amount) => new(
        OpenItemKind.Invoice,
        new Transaction { Id = Guid.CreateVersion7(), XeroId = Guid.NewGuid(), Type = TransactionTypes.Bill, Status = "AUTHORISED", Direction = Directions.Out, CurrencyCode = "NZD", Date = due.AddDays(-30), DueDate = due },
        -amount,
        -amount);
}
