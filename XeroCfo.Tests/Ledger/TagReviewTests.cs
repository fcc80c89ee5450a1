using Bunit;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Accounts;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Ledger.Accounts;
using XeroCfo.Web.Xero;

namespace XeroCfo.Tests.Ledger;

/// <summary>Suggested tags in the steps of connecting: the same service, decided in a table.</summary>
public sealed class TagReviewTests : PageTest
{
    private IRenderedComponent<TagReview> Review() => Render<TagReview>(tags => tags.Add(review => review.Organisation, Books.Company).Add(review => review.Caller, Who.Caller));

    // As a sync would have left them: four are sure, the loan without a term is not.
    private void Suggest()
    {
        Books.Ledger.Accounts.Add(new Domain.Ledger.Account { TenantId = Org, AccountId = Guid.NewGuid(), Code = "855", Name = "Loan of the owner", Type = "CURRLIAB", Class = "LIABILITY", Status = "ACTIVE" });
        Books.Ledger.Accounts.ForEach(account => account.Tag = AccountTags.Suggest(account));
    }

    private Domain.Ledger.Account Loan => Books.Ledger.Accounts.Single(account => account.Code == "855");

    [Fact]
    public void Each_suggestion_stands_with_its_reason_and_those_that_need_a_look_come_first()
    {
        Suggest();

        var page = Review();

        Assert.Equal(5, page.FindAll("tbody tr").Count);
        Assert.Contains("0 of 5 decided · 4 of 5 suggestions are sure", page.Markup, StringComparison.Ordinal);
        var first = page.Find("tbody tr");
        Assert.Contains("855 Loan of the owner", first.TextContent, StringComparison.Ordinal);
        Assert.Contains("Its name says “Loan”; not sure", first.TextContent, StringComparison.Ordinal);
        Assert.Equal(AccountTags.DebtShort, first.QuerySelector("select")!.GetAttribute("value"));
        Assert.Equal("Confirm all 4 sure ones", page.Find(".chips button").TextContent);
    }

    [Fact]
    public void One_is_confirmed_another_changed_and_a_third_refused()
    {
        Suggest();
        var page = Review();

        page.Find("button[aria-label='Confirm Short-term debt for Loan of the owner']").Click();
        page.WaitForAssertion(() => Assert.Contains("Short-term debt confirmed for Loan of the owner", page.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.Equal((AccountTags.DebtShort, Who.Caller.UserId), (Loan.Tag, Loan.TagConfirmedBy));
        Assert.Contains("✓Short-term debt", page.Find("tbody tr .chip.good").TextContent, StringComparison.Ordinal);

        var wages = Books.Account("477");
        page.Find($"tr:contains('{wages.Name}') select").Change(AccountTags.NonRecurring);
        page.Find($"button[aria-label='Confirm Non-recurring for {wages.Name}']").Click();
        page.WaitForAssertion(() => Assert.Equal((AccountTags.NonRecurring, Who.Caller.UserId), (wages.Tag, wages.TagConfirmedBy)));

        var third = Books.Ledger.Accounts.First(account => AccountsView.IsSuggestion(account));
        page.Find($"button[aria-label='Not this: no tag for {third.Name}']").Click();
        page.WaitForAssertion(() => Assert.Contains("3 of 5 decided", page.Markup, StringComparison.Ordinal));
        Assert.Equal((null, Who.Caller.UserId), (third.Tag, third.TagConfirmedBy));
        Assert.Equal(5, page.FindAll("tbody tr").Count);

        page.Find($"button[aria-label='Suggest again for {third.Name}']").Click();
        page.WaitForAssertion(() => Assert.Contains("2 of 5 decided", page.Markup, StringComparison.Ordinal));
        Assert.Null(third.TagConfirmedBy);
    }

    [Fact]
    public void All_sure_ones_and_those_that_were_changed_are_confirmed_at_once_and_the_doubtful_one_waits()
    {
        Suggest();
        var wages = Books.Account("477");
        var page = Review();

        page.Find($"tr:contains('{wages.Name}') select").Change("");
        page.Find(".chips button").Click();

        page.WaitForAssertion(() => Assert.Equal("4 confirmed", page.Find("[role=status]").TextContent));
        Assert.Equal((null, Who.Caller.UserId), (wages.Tag, wages.TagConfirmedBy));
        Assert.Equal(4, Books.Ledger.Accounts.Count(account => account.TagConfirmedBy == Who.Caller.UserId));
        Assert.Null(Loan.TagConfirmedBy);
        Assert.Empty(page.FindAll(".chips button"));
        page.Find("tr:contains('Loan of the owner') select").Change(AccountTags.DebtLong);
        Assert.Equal("Confirm all 1", page.Find(".chips button").TextContent);
    }

    [Fact]
    public void Keys_of_a_row_confirm_and_refuse_and_do_nothing_where_all_is_said()
    {
        Suggest();
        var page = Review();

        page.Find("tbody tr").KeyDown("c");
        page.WaitForAssertion(() => Assert.Equal(AccountTags.DebtShort, Loan.Tag));
        Assert.NotNull(Loan.TagConfirmedBy);
        page.Find("tbody tr").KeyDown("n");
        Assert.Equal(AccountTags.DebtShort, Loan.Tag);

        page.FindAll("tbody tr")[1].KeyDown("n");
        page.WaitForAssertion(() => Assert.Contains("2 of 5 decided", page.Markup, StringComparison.Ordinal));
        Assert.Contains("No tag", page.FindAll("tbody tr")[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_word_says_why_and_keeps_what_was_chosen()
    {
        Suggest();
        Books.AccountBook.Refusal = AccountTagProblems.SyncInProgress;
        var page = Review();
        page.Find("tbody select").Change(AccountTags.DebtLong);

        page.Find("tbody button").Click();

        page.WaitForAssertion(() => Assert.Contains("Say it again when it has ended", page.Find(".notice").TextContent, StringComparison.Ordinal));
        Assert.Equal(AccountTags.DebtLong, page.Find("tbody select").GetAttribute("value"));
        page.Find(".chips button").Click();
        page.WaitForAssertion(() => Assert.Contains("Say it again", page.Find(".notice").TextContent, StringComparison.Ordinal));
        Assert.All(Books.Ledger.Accounts, account => Assert.Null(account.TagConfirmedBy));
    }

    [Fact]
    public void While_a_sync_runs_tags_are_shown_and_held()
    {
        Suggest();
        Books.Company.SyncInProgress = true;

        var page = Review();

        Assert.Contains("Tags can be confirmed when it has ended", page.Find(".notice").TextContent, StringComparison.Ordinal);
        Assert.All(page.FindAll("button, select"), control => Assert.True(control.HasAttribute("disabled")));
        page.Find("tbody tr").KeyDown("c");
        Assert.Null(Loan.TagConfirmedBy);
    }

    [Fact]
    public void Those_who_may_not_say_it_read_it_and_those_who_may_not_read_accounts_are_refused()
    {
        Suggest();
        SignInAs(Roles.ReadOnly);
        var reader = Review();
        Assert.NotEmpty(reader.FindAll(".chip.suggestion"));
        Assert.Empty(reader.FindAll("button, select"));
        Assert.Contains("An accountant or an admin confirms tags", reader.Markup, StringComparison.Ordinal);

        SignInAs(Roles.Executive);
        Assert.Contains("Your role (Executive)", Review().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void It_shows_bones_while_it_loads_and_says_when_nothing_is_suggested()
    {
        var gate = new TaskCompletionSource();
        Books.Ledger.Gate = gate.Task;
        Books.Ledger.Accounts.RemoveAll(account => AccountTags.Suggest(account) is not null);
        var page = Review();
        Assert.NotEmpty(page.FindAll(".bone-row"));

        gate.SetResult();

        page.WaitForAssertion(() => Assert.Contains("No account's name or type suggests a tag", page.Markup, StringComparison.Ordinal));
        Assert.EndsWith("/accounts", page.Find("a").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public void Confirming_in_the_steps_leads_on_to_the_tie_out_and_the_table_stays_open()
    {
        Suggest();
        (Books.Company.Connection, Loan.Tag) = (ConnectionStatus.Connected, null);
        Books.Ledger.Accounts.Remove(Loan);
        var page = Render<ConnectStepsPage>();
        Assert.Equal("Confirm tags", page.Find("li.now h2").TextContent);
        Assert.Contains("0 of 4 confirmed", page.Find("summary").TextContent, StringComparison.Ordinal);
        Assert.True(page.Find("details.explain").HasAttribute("open"));

        page.Find("li.now button.primary").Click();

        page.WaitForAssertion(() => Assert.Equal("Does it tie to Xero?", page.Find("li.now h2").TextContent));
        Assert.Contains("4 of 4 confirmed", page.Find("summary").TextContent, StringComparison.Ordinal);
        Assert.True(page.Find("details.explain").HasAttribute("open"));
        Assert.Equal(4, page.FindAll("details.explain .chip.good").Count);
    }
}
