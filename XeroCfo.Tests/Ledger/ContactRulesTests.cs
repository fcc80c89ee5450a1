using XeroCfo.Domain.Ledger.Contacts;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Web.Ledger.Contacts;
using XeroCfo.Web.Shared;
using XeroCfo.Web.Shared.Files;

namespace XeroCfo.Tests.Ledger;

/// <summary>The pure parts of contacts: days late, the order of a list, what a note may hold; and of lock dates and files.</summary>
public sealed class ContactRulesTests
{
    private static readonly DateOnly Today = new(2026, 11, 20);

    [Fact]
    public void Days_late_are_weighted_by_amount()
    {
        // 5, 12, 9 and 20 days on 1,000, 4,000, 2,000 and 3,000 make 13.1; the simple mean would be 11.5.
        PaidPart[] parts = [Part(5, 1_000), Part(12, 4_000), Part(9, 2_000), Part(20, 3_000)];

        Assert.Equal(13.1m, PayingHabit.Mean(parts));
        Assert.Null(PayingHabit.Mean([]));
        Assert.Equal(-3m, PayingHabit.Mean([Part(-3, 10)]));
    }

    [Fact]
    public void A_habit_tells_24_months_by_the_day_of_payment_and_compares_with_the_year_before()
    {
        var habit = PayingHabit.Of(
            [Paid(new(2026, 10, 29), 39, 100), Paid(new(2026, 10, 5), 39, 300), Paid(new(2025, 10, 24), 4, 200), Paid(new(2024, 12, 1), 1, 50), Paid(new(2024, 11, 30), 90, 50), Paid(new(2026, 11, 21), 99, 1)],
            Today);

        Assert.Equal((24, new Month(2024, 12), new Month(2026, 11)), (habit.Months.Count, habit.Months[0].Month, habit.Months[^1].Month));
        Assert.Equal((39m, 4m), (habit.Now, habit.YearAgo));
        Assert.Equal((400m, 39m, 2), habit.Months[^2] is var october ? (october.Paid, october.DaysLate!.Value, october.Payments) : default);
        Assert.Equal((0m, null, 0), habit.Months[^1] is var open ? (open.Paid, open.DaysLate, open.Payments) : default);
        Assert.Equal("Pays 39 days late, a year ago 4 days late.", ContactWords.Habit(habit, true));
    }

    [Fact]
    public void A_year_ago_looks_around_when_nothing_was_paid_in_the_very_month()
    {
        var habit = PayingHabit.Of([Paid(new(2026, 11, 3), 0, 100), Paid(new(2025, 9, 24), -4, 200)], Today);

        Assert.Equal((0m, -4m), (habit.Now, habit.YearAgo));
        Assert.Equal("We pay on the day, a year ago 4 days early.", ContactWords.Habit(habit, false));
        Assert.Null(PayingHabit.Of([Paid(new(2026, 11, 3), 0, 100), Paid(new(2025, 8, 24), -4, 200)], Today).YearAgo);
        Assert.Equal("Has paid nothing in two years.", ContactWords.Habit(PayingHabit.Of([], Today), true));
    }

    [Theory]
    [InlineData("name", "Acme,Bolt,Cord")]
    [InlineData("-name", "Cord,Bolt,Acme")]
    [InlineData("-owed", "Bolt,Acme,Cord")]
    [InlineData("owed", "Cord,Acme,Bolt")]
    [InlineData("-late", "Acme,Bolt,Cord")]
    [InlineData("late", "Bolt,Acme,Cord")]
    [InlineData("oldest", "Bolt,Acme,Cord")]
    public void A_list_is_sorted_with_what_has_no_figure_last(string sort, string expected)
    {
        ContactStanding[] all = [Contact("Bolt", 300, 2, new(2026, 1, 1)), Contact("Cord", 0, null, null), Contact("Acme", 100, 9, new(2026, 5, 1))];

        Assert.Equal(expected, string.Join(',', ContactOrder.Apply(all, new ContactsQuery { Sort = sort }.Filter).Select(row => row.Name)));
    }

    [Fact]
    public void Pages_follow_each_other_both_ways_and_a_strange_cursor_is_refused()
    {
        var all = Enumerable.Range(0, 23).Select(index => Contact($"C{index:D2}", index, null, null)).ToList();
        var forwards = new List<string>();
        var page = ContactOrder.Cut(all, PagePlace.First, 5).Value;
        for (; ; page = ContactOrder.Cut(all, PagePlace.After(page.Next), 5).Value)
        {
            forwards.AddRange(page.Items.Select(row => row.Name));
            if (page.Next is null)
            {
                break;
            }
        }

        Assert.Equal(all.Select(row => row.Name), forwards);
        Assert.Equal(["C15", "C16", "C17", "C18", "C19"], ContactOrder.Cut(all, PagePlace.Before(page.Previous!), 5).Value.Items.Select(row => row.Name));
        Assert.Equal(["C18", "C19", "C20", "C21", "C22"], ContactOrder.Cut(all, PagePlace.Last, 5).Value.Items.Select(row => row.Name));
        Assert.Equal("invalid-cursor", ContactOrder.Cut(all, PagePlace.After("nonsense"), 5).Problem?.Code);
    }

    [Fact]
    public void A_filter_shows_customers_suppliers_what_is_open_or_overdue()
    {
        var archived = Contact("Old", 0, null, null) with { IsArchived = true };
        ContactStanding[] all = [Contact("Bolt", 300, null, new(2026, 1, 1)) with { IsCustomer = true }, Contact("Cord", 0, null, null) with { IsSupplier = true }, Contact("Acme", 0, null, null) with { WeOwe = 5 }, archived];

        Assert.Equal("Acme,Bolt,Cord", Names(null));
        Assert.Equal("Bolt", Names("customers"));
        Assert.Equal("Cord", Names("suppliers"));
        Assert.Equal("Acme,Bolt", Names("owing"));
        Assert.Equal("Bolt", Names("overdue"));
        Assert.Equal("Acme,Bolt,Cord", Names("99"));
        Assert.Equal("Cord", string.Join(',', ContactOrder.Apply(all, new ContactsQuery { Search = " OR" }.Filter).Select(row => row.Name)));

        string Names(string? show) => string.Join(',', ContactOrder.Apply(all, new ContactsQuery { Show = show }.Filter).Select(row => row.Name));
    }

    [Theory]
    [InlineData("Pays by card.\r\nAsk for Jo.", true)]
    [InlineData("<b>plain</b> 日本語 🙂", true)]
    [InlineData("   ", false)]
    [InlineData(null, false)]
    [InlineData("a\0b", false)]
    [InlineData("a\u001bb", false)]
    public void A_note_is_plain_text(string? text, bool good) => Assert.Equal(good, ContactNoteService.Check(text) is null);

    [Fact]
    public void Half_a_character_is_no_text() => Assert.NotNull(ContactNoteService.Check("half " + '\ud83d'));

    [Fact]
    public void A_note_has_2000_characters_at_most()
    {
        Assert.Null(ContactNoteService.Check(new string('a', 2_000) + "\r\n"));
        Assert.NotNull(ContactNoteService.Check(new string('a', 2_001)));
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("2026-03-31", null, "Locked to 31 Mar 2026 in Xero")]
    [InlineData(null, "2025-03-31", "Locked to 31 Mar 2025 in Xero")]
    [InlineData("2026-03-31", "2025-03-31", "Locked to 31 Mar 2026 in Xero")]
    [InlineData("2025-01-31", "2025-03-31", "Locked to 31 Mar 2025 in Xero")]
    public void Books_are_locked_to_the_later_day(string? period, string? yearEnd, string? words) => Assert.Equal(
        words, LockWords.Of(new LockDates(period is null ? null : DateOnly.Parse(period, System.Globalization.CultureInfo.InvariantCulture), yearEnd is null ? null : DateOnly.Parse(yearEnd, System.Globalization.CultureInfo.InvariantCulture))));

    [Fact]
    public void Both_locks_are_told_where_they_differ() => Assert.Equal(
        "Locked in Xero to 31 Mar 2025 for everybody, to 31 Mar 2026 for all but advisers", LockWords.All(new LockDates(new(2026, 3, 31), new(2025, 3, 31))));

    [Fact]
    public void A_line_of_a_file_holds_no_formula_and_quotes_what_would_break_it() => Assert.Equal(
        "2026-11-20,'=1+1,\"a, \"\"b\"\"\r\nc\",-12.50,,'@x\r\n", CsvWriter.Line(Today, "=1+1", "a, \"b\"\r\nc", -12.5m, null, "@x"));

    private static PaidPart Part(int late, decimal amount) => new(true, Today, Today.AddDays(late), amount);

    private static PaidPart Paid(DateOnly day, int late, decimal amount) => new(true, day.AddDays(-late), day, amount);

    private static ContactStanding Contact(string name, decimal owed, decimal? late, DateOnly? oldest) => new()
    {
        ContactId = Guid.NewGuid(),
        Name = name,
        OwedToUs = owed,
        WeOwe = 0,
        Overdue = 0,
        OverdueByUs = 0,
        OldestDue = oldest,
        DaysLate = late,
        DaysLateByUs = null,
        LastDocument = null,
    };
}
