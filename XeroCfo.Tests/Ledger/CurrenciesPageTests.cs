using Bunit;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Users;
using XeroCfo.Tests.Support;
using XeroCfo.Web.Ledger.Currencies;

namespace XeroCfo.Tests.Ledger;

public sealed class CurrenciesPageTests : PageTest
{
    private IRenderedComponent<CurrenciesPage> Page(string query = "?date=2026-10-31") => Open<CurrenciesPage>($"/{Org}/currencies{query}");

    [Fact]
    public void Open_documents_stand_by_side_and_currency_with_their_rates_and_the_average()
    {
        Owed(true, "USD", 100m, 200m);
        Owed(true, "USD", 60m, 100m);
        Owed(false, "AUD", -50m, -55m);

        var page = Page();

        Assert.Equal(["Owed to us in USD", "We owe in AUD"], page.FindAll("h2").Select(head => head.TextContent).Where(text => text.Contains(" in ", StringComparison.Ordinal) && text.Contains("open documents", StringComparison.Ordinal)).Select(text => text.Split(" open")[0]));
        Assert.Equal([["160.00", "0.533333", "300.00"], ["50.00", "0.909091", "55.00"]], page.FindAll("tr.total").Select(row => row.QuerySelectorAll("td.num").Select(cell => cell.TextContent.Trim()).ToArray()));
    }

    [Fact]
    public void A_bank_account_in_another_currency_shows_what_it_holds_and_what_it_is_worth()
    {
        var bank = Books.Add("092", "USD account", "BANK", "ASSET");
        bank.CurrencyCode = "USD";
        Books.Ledger.Accounts.Add(bank);
        var line = Books.Post(new DateOnly(2026, 10, 2), "092", 100m).Line;
        (line.CurrencyCode, line.ForeignAmount) = ("USD", 40m);
        Books.Post(new DateOnly(2026, 10, 31), "092", -20m, LineSources.XeroTrialBalance, kind: DifferenceKinds.Currency);

        var cells = Page().FindAll("tbody tr td").Select(cell => cell.TextContent.Trim()).ToList();

        Assert.Equal(["USD40.00", "100.00", "(20.00)", "80.00", "0.50"], cells[..5].Select((cell, place) => place == 4 ? cell[..4] : cell));
    }

    [Fact]
    public void Without_anything_foreign_it_says_so()
    {
        Assert.Contains("Everything is in one currency", Page().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_day_beyond_the_calendar_is_refused_in_words()
    {
        Assert.Contains("Choose a day from 1900 to 2199.", Page("?date=2300-01-01").Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void An_executive_is_refused_in_words()
    {
        SignInAs(Roles.Executive);

        Assert.Contains("Your role (Executive)", Page().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void It_shows_bones_while_it_loads()
    {
        Books.Ledger.Gate = new TaskCompletionSource().Task;

        Assert.NotEmpty(Page().FindAll(".bone-row"));
    }

    private void Owed(bool isSale, string currency, decimal open, decimal baseOpen)
    {
        var type = isSale ? TransactionTypes.Invoice : TransactionTypes.Bill;
        var document = new Transaction
        {
            Type = type,
            Status = "AUTHORISED",
            Direction = isSale ? Directions.In : Directions.Out,
            CurrencyCode = currency,
            CurrencyRate = new FxRate(open / baseOpen),
            Date = new DateOnly(2026, 10, 1),
            Number = $"{currency}-1",
        };
        Books.OpenItems.Items.Add((isSale, new OpenItem(OpenItemKind.Invoice, document, open, baseOpen)));
    }
}
