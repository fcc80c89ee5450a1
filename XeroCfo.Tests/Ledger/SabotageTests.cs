using System.Text.Json.Nodes;
using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Ledger;

/// <summary>Books are spoilt on purpose: within one sync the trial balance names account, month and amount, and nothing stays green.</summary>
public sealed class SabotageTests
{
    /// <summary>The documents of June 2025: a sale of 105 + tax, a bill, money spent.</summary>
    private const int June = 5;

    private static readonly DateOnly May31 = SmallBooks.MonthEnd(June - 1);
    private static readonly DateOnly June30 = SmallBooks.MonthEnd(June);
    private static readonly DateOnly July31 = SmallBooks.MonthEnd(June + 1);

    /// <summary>What happens on the wire while Xero's own books stay right, and what is unexplained at the end of June.</summary>
    private static readonly Dictionary<string, (Action<SmallBooks> Spoil, string Unexplained)> Table = new()
    {
        ["a dropped sale"] = (small => small.Books.Hide(small.Invoices[June]), "200 -105.00, 610 120.75, 820 -15.75"),
        ["a dropped bill"] = (small => small.Books.Hide(small.Bills[June]), "300 40.00, 429 5.55, 800 -51.55, 820 6.00"),
        ["dropped money spent"] = (small => small.Books.Hide(small.Spends[June]), "090 -23.00, 429 20.00, 820 3.00"),
        ["a doubled sale"] = (small => small.Books.DoubleOnWire(small.Invoices[June]), "200 105.00, 610 -120.75, 820 15.75"),
        ["doubled money spent"] = (small => small.Books.DoubleOnWire(small.Spends[June]), "090 23.00, 429 -20.00, 820 -3.00"),
        ["a sale taken for a bill"] = (small => Set(small, "Invoices", small.Invoices[June], sale => sale["Type"] = "ACCPAY"), "200 -210.00, 610 120.75, 800 120.75, 820 -31.50"),
        ["a bill taken for a sale"] = (small => Set(small, "Invoices", small.Bills[June], bill => bill["Type"] = "ACCREC"), "300 80.00, 429 11.10, 610 -51.55, 800 -51.55, 820 12.00"),
        ["money spent taken for received"] = (small => Set(small, "BankTransactions", small.Spends[June], bank => bank["Type"] = "RECEIVE"), "090 -46.00, 429 40.00, 820 6.00"),
        ["a line on another account"] = (small => Set(small, "Invoices", small.Invoices[June], sale => Recode(small, sale, "300")), "200 -105.00, 300 105.00"),
        ["a line of another amount"] = (small => Set(small, "Invoices", small.Invoices[June], sale => sale["LineItems"]![0]!["LineAmount"] = 100.00m), "200 -5.00, 860 5.00"),
        ["a total of another amount"] = (small => Set(small, "Invoices", small.Invoices[June], sale => sale["Total"] = 120.74m), "610 0.01, 860 -0.01"),
        ["other tax"] = (small => Set(small, "Invoices", small.Invoices[June], sale => sale["LineItems"]![0]!["TaxAmount"] = 10.00m), "820 -5.75, 860 5.75"),
        ["tax taken for included"] = (small => Set(small, "Invoices", small.Invoices[June], sale => sale["LineAmountTypes"] = "Inclusive"), "200 -15.75, 860 15.75"),
        ["a date in July"] = (small => Set(small, "Invoices", small.Invoices[June], Redate), "200 -105.00, 610 120.75, 820 -15.75"),
        ["a status that does not post"] = (small => Set(small, "Invoices", small.Invoices[June], sale => sale["Status"] = "DRAFT"), "200 -105.00, 610 120.75, 820 -15.75"),
    };

    /// <summary>The same in May, where payments, transfers and journals stand.</summary>
    private static readonly Dictionary<string, (Action<SmallBooks> Spoil, string Unexplained)> MayTable = new()
    {
        ["a doubled payment"] = (small => small.Books.DoubleOnWire(small.Payments[4]), "090 -119.60, 610 119.60"),
        ["a dropped payment"] = (small => small.Books.Hide(small.Payments[5]), "090 -20.00, 800 20.00"),
        ["a customer's payment taken for a payment of a bill"] = (small => Set(small, "Payments", small.Payments[4], Swap("PaymentType", "ACCPAYPAYMENT")), "090 239.20, 610 -119.60, 800 -119.60"),
        ["a payment of a bill taken for a refund"] = (small => Set(small, "Payments", small.Payments[5], Swap("PaymentType", "APCREDITPAYMENT")), "090 -40.00, 800 40.00"),
        ["a customer's payment taken for a refund"] = (small => Set(small, "Payments", small.Payments[4], Swap("PaymentType", "ARCREDITPAYMENT")), "090 239.20, 610 -239.20"),
        ["a transfer the wrong way"] = (small => Set(small, "BankTransfers", small.Transfers[2], TurnRound), "090 -60.00, 091 60.00"),
        ["a journal with its sides changed"] = (small => Set(small, "ManualJournals", small.Journals[2], TurnSides), "300 -14.00, 429 14.00"),
    };

    public static TheoryData<string> Names => [.. Table.Keys];

    public static TheoryData<string> MayNames => [.. MayTable.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Of_June_is_seen(string name) => await AssertSeenAsync(Table[name], June30, May31, TestDatabaseKind.Sqlite);

    [Theory]
    [MemberData(nameof(MayNames))]
    public async Task Of_May_is_seen(string name) => await AssertSeenAsync(MayTable[name], May31, SmallBooks.MonthEnd(3), TestDatabaseKind.Sqlite);

    [PostgresFact]
    public async Task Is_seen_on_PostgreSQL_too()
    {
        await AssertSeenAsync(Table["a dropped sale"], June30, May31, TestDatabaseKind.Postgres);
        await AssertSeenAsync(MayTable["a doubled payment"], May31, SmallBooks.MonthEnd(3), TestDatabaseKind.Postgres);
    }

    [Fact]
    public async Task Books_that_were_green_turn_red_with_the_next_sync_and_green_again_when_it_is_undone()
    {
        var small = new SmallBooks();
        await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock);
        await books.SyncWellAsync();
        (await books.TrialBalanceAsync(June30)).AssertGreen();
        small.Clock.Advance(TimeSpan.FromMinutes(10));
        small.Books.Organisation.Change("Invoices", small.Invoices[June], sale => Recode(small, sale, "300"), small.Clock.Now);

        await books.SyncWellAsync();

        Assert.Equal(CheckStatus.Fail, (await books.TrialBalanceAsync(June30)).StandsOnDocuments);
        Assert.Equal(new Dictionary<string, decimal> { ["200"] = -105m, ["300"] = 105m }, (await books.TrialBalanceAsync(June30)).Unexplained());
        small.Clock.Advance(TimeSpan.FromMinutes(10));
        small.Books.Organisation.Change("Invoices", small.Invoices[June], sale => Recode(small, sale, "200"), small.Clock.Now);
        await books.SyncWellAsync();
        (await books.TrialBalanceAsync(June30)).AssertGreen();
    }

    [Fact]
    public async Task A_dropped_document_is_gone_with_the_next_full_load()
    {
        var small = new SmallBooks();
        await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock);
        await books.SyncWellAsync();
        small.Books.Hide(small.Invoices[June]);

        await books.SyncWellAsync(full: true);

        Assert.Equal(Table["a dropped sale"].Unexplained, Text(await books.TrialBalanceAsync(June30)));
        (await books.TrialBalanceAsync(May31)).AssertGreen();
    }

    private static async Task AssertSeenAsync((Action<SmallBooks> Spoil, string Unexplained) row, DateOnly month, DateOnly before, TestDatabaseKind kind)
    {
        var small = new SmallBooks();
        row.Spoil(small);
        await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock, kind);

        await books.SyncWellAsync();

        (await books.TrialBalanceAsync(before)).AssertGreen();
        var balance = await books.TrialBalanceAsync(month);
        balance.AssertBalanced();
        Assert.Equal(CheckStatus.Fail, balance.StandsOnDocuments);
        Assert.Equal(row.Unexplained, Text(balance));

        // The line that stands for it carries the month; what was expected stays expected.
        var lines = (await books.Get<ILedgerReader>().LinesAsync(books.Tenant, new LedgerLineFilter { From = month, To = month, Source = LineSources.XeroTrialBalance }, PagePlace.First, 100, default)).Value.Items;
        Assert.Equal(row.Unexplained, string.Join(", ", lines.Where(line => line.Line.Kind == DifferenceKinds.Unexplained).OrderBy(line => line.AccountCode, StringComparer.Ordinal).Select(line => $"{line.AccountCode} {line.Line.Amount:0.00}")));
        Assert.Equal("477 50.00, 803 -50.00", string.Join(", ", lines.Where(line => line.Line.Kind == DifferenceKinds.Payroll).OrderBy(line => line.AccountCode, StringComparer.Ordinal).Select(line => $"{line.AccountCode} {line.Line.Amount:0.00}")));
    }

    private static string Text(TrialBalance balance) =>
        string.Join(", ", balance.Unexplained().OrderBy(row => row.Key, StringComparer.Ordinal).Select(row => $"{row.Key} {row.Value:0.00}"));

    private static void Set(SmallBooks small, string endpoint, Guid id, Action<JsonObject> change) =>
        small.Books.Organisation.Change(endpoint, id, change, small.Clock.Now.AddDays(-1));

    private static void Recode(SmallBooks small, JsonObject document, string code)
    {
        document["LineItems"]![0]!["AccountCode"] = code;
        document["LineItems"]![0]!["AccountID"] = small.Books.IdOf(code).ToString();
    }

    private static Action<JsonObject> Swap(string name, string value) => document => document[name] = value;

    private static void Redate(JsonObject document)
    {
        document["DateString"] = July31.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) + "T00:00:00";
        document["Date"] = $"/Date({new DateTimeOffset(July31, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeMilliseconds()}+0000)/";
    }

    private static void TurnRound(JsonObject transfer)
    {
        var (from, to) = (transfer["FromBankAccount"]!.DeepClone(), transfer["ToBankAccount"]!.DeepClone());
        (transfer["FromBankAccount"], transfer["ToBankAccount"]) = (to, from);
    }

    private static void TurnSides(JsonObject journal)
    {
        foreach (var line in journal["JournalLines"]!.AsArray())
        {
            line!["LineAmount"] = -(decimal)line["LineAmount"]!;
        }
    }
}
