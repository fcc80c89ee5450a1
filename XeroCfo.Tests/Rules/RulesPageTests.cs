using Bunit;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Rules.Matching;
using XeroCfo.Domain.Rules.Runs;
using XeroCfo.Domain.Sync;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Rules;

namespace XeroCfo.Tests.Rules;

public sealed class RulesPageTests : PageTest
{
    public RulesPageTests()
    {
        Books.Categorising.Add("Fuel");
        foreach (var (row, i) in Books.Transactions.Transactions.Take(12).Select((row, i) => (row, i)))
        {
            (row.Reference, row.Description, row.Category, row.CategorySource, row.LockedByPerson) = ($"ZAPCO {i} PETONE", null, i < 10 ? "Fuel" : null, i < 10 ? "xero" : "none", false);
        }
    }

    private IRenderedComponent<RulesPage> Page(string query = "") => Open<RulesPage>($"/{Org}/rules{query}");

    [Fact]
    public void Without_rules_it_says_what_to_do_next() => Assert.Contains("No rules yet", Page().Find(".empty").TextContent, StringComparison.Ordinal);

    [Fact]
    public void An_executive_is_refused()
    {
        SignInAs(Roles.Executive);

        Assert.Contains("does not see this page", Page().Find(".notice").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_stand_in_the_order_in_which_they_win_with_what_they_did()
    {
        Books.Rules.Add("parkwell", "Vehicles");
        var fuel = Books.Rules.Add("zapco", "Fuel", 5);
        fuel.Conditions = new RuleCondition { All = [new() { Field = "amount", Min = 5 }, new() { Field = "direction", Is = ["out"] }] };
        Books.Transactions.Transactions[0].CategoryRuleId = fuel.Id;

        var rows = Page().FindAll("table.rules tbody tr");

        Assert.Equal(["zapco", "parkwell"], rows.Select(row => row.QuerySelector(".pattern")!.TextContent));
        Assert.Contains("amount from 5 and direction is out", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Equal("1", rows[0].QuerySelectorAll("td.num")[0].TextContent);
    }

    [Fact]
    public void A_rule_that_can_never_win_and_one_that_is_broad_are_said_to_be_so()
    {
        Books.Rules.Add("e", "Everything", 9);
        Books.Rules.Add("zapco", "Fuel", 5);
        Books.Rules.Add("old one", "Fuel", 1, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var page = Page();

        page.WaitForAssertion(() => Assert.Equal(3, page.FindAll(".rules .doubt").Count));
        var said = page.FindAll(".rules .doubt").Select(note => note.TextContent).ToList();
        Assert.Contains("30 %", said[0], StringComparison.Ordinal);
        Assert.Contains("can never win: “e” takes all 12", said[1], StringComparison.Ordinal);
        Assert.Contains("nothing for 90 days", said[2], StringComparison.Ordinal);
    }

    [Fact]
    public void An_arrow_on_a_handle_moves_a_rule_and_drops_land_where_they_are_let_go()
    {
        Books.Rules.Add("one", "Fuel", 3);
        Books.Rules.Add("two", "Fuel", 2);
        Books.Rules.Add("three", "Fuel", 1);
        var page = Page();

        page.FindAll(".handle")[2].KeyDown(new KeyboardEventArgs { Key = "ArrowUp" });
        Assert.Equal(["one", "three", "two"], Patterns(page));
        Assert.Contains("three is number 2 of 3", page.Find("[aria-live=polite]").TextContent, StringComparison.Ordinal);

        page.FindAll("table.rules tbody tr")[2].DragStart();
        page.FindAll("table.rules tbody tr")[0].Drop();
        Assert.Equal(["two", "one", "three"], Patterns(page));
        Assert.Equal(["two", "one", "three"], Books.Rules.Rules.OrderByDescending(rule => rule.Priority).Select(rule => rule.Pattern));
    }

    [Fact]
    public void The_form_shows_what_a_rule_would_do_and_saves_it_to_run()
    {
        var page = Page();
        page.Find(".page-head .btn.primary").Click();
        page.Find("#rule-pattern").Input("zapco");
        page.Find(".rule-side input[list]").Change("Fuel");

        ((FixedClock)Services.GetRequiredService<TimeProvider>()).Advance(TimeSpan.FromSeconds(1));
        page.WaitForAssertion(() => Assert.Contains("12 of", page.Find(".rule-side section").TextContent, StringComparison.Ordinal));
        Assert.Contains("2 without a category", page.Find(".rule-side section").TextContent, StringComparison.Ordinal);
        page.FindAll(".rule-side .actions .btn").First(button => button.TextContent == "Save and run on 2").Click();

        // The preview's timer may still be drawing when the button is pressed: the press then waits its turn.
        page.WaitForAssertion(() => Assert.EndsWith("?view=runs", Address.Uri, StringComparison.Ordinal));
        Assert.Equal("zapco", Assert.Single(Books.Rules.Rules).Pattern);
        Assert.Equal(RunScopes.Uncategorized, Assert.Single(Books.Rules.Runs).Run.Scope);
    }

    [Theory]
    [InlineData("*", "matches everything")]
    [InlineData("/(/", "no regular expression")]
    [InlineData("/(?=a)/", "cannot be run")]
    public void A_pattern_that_cannot_be_meant_is_said_at_the_field(string pattern, string words)
    {
        var page = Page();
        page.Find(".page-head .btn.primary").Click();

        page.Find("#rule-pattern").Input(pattern);
        ((FixedClock)Services.GetRequiredService<TimeProvider>()).Advance(TimeSpan.FromSeconds(1));

        page.WaitForAssertion(() => Assert.Contains(words, page.Find("#pattern-wrong").TextContent, StringComparison.Ordinal));
        Assert.True(page.Find(".rule-side button[type=submit]").HasAttribute("disabled"));
    }

    [Fact]
    public void A_rule_is_made_from_a_transaction_with_the_words_that_do_not_change()
    {
        var page = Page($"?from={Books.Transactions.Transactions[0].Id}");

        Assert.Equal("ZAPCO", page.Find("#rule-pattern").GetAttribute("value"));
        Assert.Equal("Fuel", page.Find(".rule-side input[list]").GetAttribute("value"));
    }

    [Fact]
    public void Many_are_turned_off_and_one_is_duplicated_and_deleted()
    {
        Books.Rules.Add("one", "Fuel", 2);
        Books.Rules.Add("two", "Fuel", 1);
        var page = Page();

        page.Find("thead input[type=checkbox]").Change(true);
        page.FindAll(".selection .btn").First(button => button.TextContent == "Turn off").Click();
        Assert.All(Books.Rules.Rules, rule => Assert.False(rule.IsActive));

        page.Find("[aria-label='Duplicate one']").Click();
        page.Find(".rule-side form").Submit();
        page.Find("[aria-label='Delete two']").Click();
        Assert.Equal(["one", "one"], Books.Rules.Rules.Select(rule => rule.Pattern));
    }

    [Fact]
    public void Suggested_rules_come_with_their_evidence_and_go_into_the_form()
    {
        var page = Page("?view=suggested");

        var row = page.Find("tbody tr");
        Assert.Contains("10 of 10 like this", row.TextContent, StringComparison.Ordinal);
        row.QuerySelector("button")!.Click();
        Assert.Equal("ZAPCO", page.Find("#rule-pattern").GetAttribute("value"));
        Assert.Empty(Books.Rules.Rules);
    }

    [Fact]
    public void Runs_are_asked_for_cancelled_and_taken_back_here()
    {
        Books.Rules.Runs.Add(new RuleRunView(new RuleRun { Scope = RunScopes.All, Trigger = RunTriggers.Sync, By = "worker", Status = SyncStatus.Succeeded, Evaluated = 50, Matched = 12, Changed = 9, SkippedManual = 3 }, null, null));
        var page = Page("?view=runs");

        Assert.Contains("After a sync", page.Find("tbody tr").TextContent, StringComparison.Ordinal);
        page.Find("tbody tr button").Click();
        Assert.Contains("8 restored; 1 were changed since and stay", page.Find("p[role=status]").TextContent, StringComparison.Ordinal);

        page.Find("form.filters").Submit();
        Assert.Equal(2, page.FindAll("tbody tr").Count);
        page.FindAll("tbody tr button").First(button => button.TextContent == "Cancel").Click();
        Assert.Equal(SyncStatus.Cancelled, Books.Rules.Runs[0].Run.Status);
    }

    [Fact]
    public void A_file_is_imported_or_each_wrong_row_is_named()
    {
        var page = Page();
        page.FindAll(".head-actions .btn").First(button => button.TextContent == "Import").Click();

        page.Find(".side textarea").Change("pattern,category,priority\nzapco,Fuel,3\n*,Fuel,\nzapco,Fuel,7\n");
        Assert.Equal(["Row 2: * alone matches everything. Write \\* for the sign itself.", "Row 3: This is rule 1 of the file once more."], page.FindAll(".side li").Select(item => item.TextContent));
        Assert.True(page.Find(".side .btn.primary").HasAttribute("disabled"));

        page.Find(".side textarea").Change("pattern,category,conditions\n\"a, \"\"b\"\"\",Fuel,\"{\"\"field\"\":\"\"amount\"\",\"\"min\"\":5}\"\n");
        page.Find(".side .btn.primary").Click();
        var rule = Assert.Single(Books.Rules.Rules);
        Assert.Equal(("a, \"b\"", 5m), (rule.Pattern, rule.Conditions?.Min));
    }

    [Fact]
    public void What_is_exported_is_imported_as_it_was()
    {
        var rule = new CategoryRule { Pattern = "=cmd|,\"x\"\ny", Category = "Tū & Ash", AccountCode = "449", Priority = -3, IsActive = false, Conditions = new RuleCondition { Not = new() { Field = "type", Is = ["BILL"] } } };

        foreach (var text in new[] { RuleFileFormat.ToJson([rule]), Web.Shared.Files.CsvWriter.Line(RuleFileFormat.Columns) + Web.Shared.Files.CsvWriter.Line(RuleFileFormat.ToLine(rule)) })
        {
            var (rules, problems) = RuleFileFormat.Read(text);

            Assert.Empty(problems);
            Assert.Equal(RuleText.Of(rule), RuleText.Of(Assert.Single(rules)));
            Assert.Equal((-3, false), (rules[0].Priority, rules[0].IsActive));
        }
    }

    [Fact]
    public void Who_only_reads_sees_rules_without_buttons()
    {
        SignInAs(Roles.ReadOnly);
        Books.Rules.Add("one", "Fuel");
        var page = Page();

        Assert.Equal("one", page.Find(".pattern").TextContent);
        Assert.Empty(page.FindAll("tbody button, .page-head .btn.primary"));
        Assert.True(page.Find("tbody input[role=switch]").HasAttribute("disabled"));
    }

    private static IEnumerable<string> Patterns(IRenderedComponent<RulesPage> page) => page.FindAll(".rules .pattern").Select(cell => cell.TextContent);
}
