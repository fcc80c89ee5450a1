using Bunit;
using XeroCfo.Domain.Rules.Matching;
using XeroCfo.Domain.Rules.Runs;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Ledger.Transactions;
using XeroCfo.Web.Rules;

namespace XeroCfo.Tests.Rules;

/// <summary>Rules made from rows, suggestions in the list, conditions in groups, and why a row has its category.</summary>
public sealed class RuleFormTests : PageTest
{
    public RuleFormTests()
    {
        Books.Categorising.Add("Fuel");
        Books.Categorising.Add("Parking");
        foreach (var row in Books.Transactions.Transactions)
        {
            (row.Category, row.CategorySource, row.LockedByPerson) = ("Sales", "xero", false);
        }

        foreach (var (row, i) in Rows.Select((row, i) => (row, i)))
        {
            (row.Reference, row.Description, row.Category, row.CategorySource, row.Status, row.Direction) = ($"ZAPCO {i} PETONE", null, i < 10 ? "Fuel" : null, i < 10 ? "xero" : "none", "PAID", "out");
        }
    }

    private List<Domain.Ledger.Transaction> Rows =>
        [.. Books.Transactions.Transactions.Where(row => row.Type is "BILL").OrderByDescending(row => row.Date).ThenByDescending(row => row.Id).Take(12)];

    private List<Domain.Ledger.Transaction> Waiting => Rows.FindAll(row => row.Category is null);

    private IRenderedComponent<TransactionsPage> List(string query = "?view=to-categorise") => Open<TransactionsPage>($"/{Org}/transactions{query}");

    private static Task<bool> KeyAsync(IRenderedComponent<TransactionsPage> page, string key, Guid row) => page.InvokeAsync(() => ((IGridKeys)page.Instance).KeyAsync(key, row, ""));

    [Fact]
    public async Task R_on_a_row_opens_a_dialog_with_the_pattern_and_what_it_would_do_and_saving_runs_it()
    {
        Books.Rules.Add("petone", "Vehicles");
        var page = List();

        await KeyAsync(page, "rule", Waiting[0].Id);

        Assert.Equal("ZAPCO", page.Find("dialog.rule-dialog #rule-pattern").GetAttribute("value"));
        Assert.Equal("Fuel", page.Find("dialog input[list]").GetAttribute("value"));
        page.WaitForAssertion(() => Assert.Contains("12 of", page.Find("dialog section").TextContent, StringComparison.Ordinal));
        Assert.Contains("Rule Vehicles (“petone”) wins 12 of them.", page.Find("dialog section").TextContent, StringComparison.Ordinal);
        Assert.Contains("Fuel → Vehicles", page.Find("dialog section").TextContent, StringComparison.Ordinal);
        page.FindAll("dialog .actions .btn").First(button => button.TextContent == "Save and run on 2").Click();

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("dialog")));
        Assert.Equal(["petone", "ZAPCO"], Books.Rules.Rules.Select(rule => rule.Pattern));
        Assert.Equal(RunScopes.Uncategorized, Assert.Single(Books.Rules.Runs).Run.Scope);
        Assert.Contains("Rule “ZAPCO” is kept and runs now", page.Find(".notice").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_dialog_closes_without_a_rule_and_who_may_make_none_gets_none()
    {
        var page = List();
        await KeyAsync(page, "rule", Waiting[0].Id);
        page.FindAll("dialog .actions .btn").First(button => button.TextContent == "Cancel").Click();
        Assert.Empty(page.FindAll("dialog"));
        Assert.Empty(Books.Rules.Rules);

        SignInAs(Roles.ReadOnly);
        var read = List("?view=all");
        await KeyAsync(read, "rule", Rows[0].Id);
        Assert.Empty(read.FindAll("dialog"));
    }

    [Fact]
    public async Task Suggestions_stand_in_the_list_with_their_evidence_and_Enter_accepts_one()
    {
        var (first, second) = (Waiting[0], Waiting[1]);
        var page = List();

        page.WaitForAssertion(() => Assert.Contains("Suggested2", page.Find("nav.tabs").TextContent.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal));
        var row = page.Find($"tr[data-id='{first.Id}']");
        Assert.Equal("Fuel 100% · 10 of 10", row.QuerySelector("button.category.suggested")!.TextContent.Replace(" %", "%", StringComparison.Ordinal));
        Assert.Equal("Suggested 100%", row.QuerySelector(".c-how")!.TextContent.Replace(" %", "%", StringComparison.Ordinal));

        await KeyAsync(page, "open", first.Id);

        Assert.Equal(("Fuel", "suggestion"), (first.Category, first.CategorySource));
        Assert.Null(second.Category);
        Assert.Contains(JSInterop.Invocations, call => call.Identifier == "focusRow" && call.Arguments[0] as string == second.Id.ToString());
        page.WaitForAssertion(() => Assert.Contains("Suggested1", page.Find("nav.tabs").TextContent.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sure_suggestions_of_what_is_selected_are_accepted_together()
    {
        var rows = Waiting;
        var page = List();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".category.suggested")));

        await KeyAsync(page, "all", rows[0].Id);
        page.FindAll(".selection .btn").First(button => button.TextContent == "Accept suggestions ≥ 95 %").Click();

        page.WaitForAssertion(() => Assert.Contains("2 accepted · Undo", page.Find(".toast").TextContent, StringComparison.Ordinal));
        Assert.All(rows, row => Assert.Equal("suggestion", row.CategorySource));
    }

    [Fact]
    public async Task The_picker_offers_what_is_suggested_first()
    {
        Books.Categorising.Add("A first one");
        var page = List();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".category.suggested")));

        await KeyAsync(page, "c", Waiting[0].Id);

        Assert.Equal("Fuel", page.Find(".picker [aria-selected=true] .name").TextContent);
    }

    [Fact]
    public void The_pane_names_the_rule_that_won_those_that_lost_and_what_is_suggested()
    {
        var (won, row, waiting) = (Books.Rules.Add("zapco", "Fuel", 5), Rows[0], Waiting[0]);
        Books.Rules.Add("petone", "Vehicles");
        (row.CategorySource, row.CategoryRuleId) = ("rule", won.Id);

        var page = List($"?open={row.Id}");
        page.WaitForAssertion(() => Assert.Contains("Fuel: rule “zapco” (Fuel) gave it.", page.Find(".side").TextContent, StringComparison.Ordinal));
        Assert.Contains("It won over “petone” (Vehicles).", page.Find(".side").TextContent, StringComparison.Ordinal);

        var other = List($"?view=to-categorise&open={waiting.Id}");
        other.WaitForAssertion(() => Assert.Contains("Fuel is suggested: 10 of the last 10 like this.", other.Find(".side").TextContent, StringComparison.Ordinal));
        Assert.Contains("Matching now “zapco” (Fuel), “petone” (Vehicles).", other.Find(".side").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Conditions_stand_in_groups_that_need_no_JSON()
    {
        var page = Open<RulesPage>($"/{Org}/rules");
        page.Find(".page-head .btn.primary").Click();
        page.Find("#rule-pattern").Input("zapco");
        page.Find(".rule-side input[list]").Change("Fuel");

        Press(page, "Add a condition");
        page.WaitForElement("[aria-label='Condition 1: from']").Change("5");
        Press(page, "Add a group");
        page.WaitForElement("[aria-label='How the conditions of group 2 hold together']").Change("None");
        page.WaitForElement("[aria-label='Field of condition 2.1']").Change("type");
        page.WaitForElement("[aria-label='Condition 2.1: is']").Change("BILL");
        Press(page, "Add a group to group 2");
        page.WaitForElement("[aria-label='Field of condition 2.2.1']").Change("reference");
        page.WaitForElement("[aria-label='Condition 2.2.1: matches']").Change("petone");
        Press(page, "Add a condition to group 2.2");
        page.WaitForElement("[aria-label='Field of condition 2.2.2']").Change("account");
        page.WaitForElement("[aria-label='Condition 2.2.2: is']").Change("449, 453");
        page.Find(".rule-side form").Submit();

        var kept = Assert.Single(Books.Rules.Rules).Conditions!;
        Assert.Equal(5m, kept.All![0].Min);
        var none = kept.All[1].Not!.Any!;
        Assert.Equal(["BILL"], none[0].Is!);
        Assert.Equal(("petone", "449", "453"), (none[1].Any![0].Matches, none[1].Any![1].Is![0], none[1].Any![1].Is![1]));
        Assert.DoesNotContain(page.FindAll("textarea"), area => area.TextContent.Contains('{', StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_rule_has_in_groups_is_shown_and_a_part_is_taken_away()
    {
        Books.Rules.Add("zapco", "Fuel").Conditions = new RuleCondition { All = [new() { Field = "amount", Min = 5 }, new() { Any = [new() { Field = "type", Is = ["BILL", "SPEND"] }, new() { Not = new() { Field = "direction", Is = ["in"] } }] }] };
        var page = Open<RulesPage>($"/{Org}/rules");
        page.Find("[aria-label='Edit zapco']").Click();

        Assert.Equal("BILL", page.Find("[aria-label='Condition 2.1.1: is']").GetAttribute("value"));
        Assert.Equal("None", page.Find("[aria-label='How the conditions of group 2.2 hold together']").GetAttribute("value"));
        page.Find("[aria-label='Take group 2 away']").Click();
        page.Find(".rule-side form").Submit();

        Assert.Equal(5m, Assert.Single(Assert.Single(Books.Rules.Rules).Conditions!.All!).Min);
    }

    private static void Press(IRenderedComponent<RulesPage> page, string label) => page.WaitForElement($"[aria-label='{label}']").Click();
}
