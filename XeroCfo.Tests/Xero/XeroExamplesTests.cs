using System.Text.Json;
using XeroCfo.Data.Xero;
using XeroCfo.Data.Xero.Payloads;
using XeroCfo.Domain.Xero;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Xero;

/// <summary>The example answers of Xero's documentation go through the client's readers without loss.</summary>
public sealed class XeroExamplesTests
{
    private static readonly DateTime Now = new(2026, 6, 30, 0, 0, 0, DateTimeKind.Utc);

    private static readonly Dictionary<string, string> IdMembers = new()
    {
        ["BatchPayments"] = "BatchPaymentID",
        ["Budgets"] = "BudgetID",
        ["CreditNotes"] = "CreditNoteID",
        ["Items"] = "ItemID",
        ["Journals"] = "JournalID",
        ["Overpayments"] = "OverpaymentID",
        ["Prepayments"] = "PrepaymentID",
        ["Users"] = "UserID",
        ["Accounts"] = "AccountID",
        ["Contacts"] = "ContactID",
        ["TrackingCategories"] = "TrackingCategoryID",
        ["Organisations"] = "OrganisationID",
    };

    [XeroExamplesFact]
    public void Every_record_is_kept_byte_for_byte()
    {
        var read = 0;
        foreach (var (file, list, json) in Lists())
        {
            var kind = Enum.GetValues<DocumentKind>().Where(kind => kind + "s" == list).Cast<DocumentKind?>().FirstOrDefault();
            if (!IdMembers.TryGetValue(list, out var id) && (kind is null || !Posts(kind.Value)))
            {
                continue;
            }

            var endpoint = id is null ? XeroEndpoint.Of(kind!.Value) : new XeroEndpoint(list, id, true, null);
            var page = XeroPages.Read(File.ReadAllBytes(file), endpoint, 1, 100, Now)!;
            Assert.Empty(page.Unreadable);
            Assert.Equal(Elements(json.GetProperty(list)).Select(element => element.GetRawText()), page.Records.Select(record => record.Raw));
            read += page.Records.Count;
        }

        Assert.True(read > 30, $"{read} records");
    }

    [XeroExamplesFact]
    public void Every_record_of_the_kinds_that_post_is_mapped()
    {
        var kinds = new HashSet<DocumentKind>();
        foreach (var (file, list, _) in Lists())
        {
            foreach (var kind in Enum.GetValues<DocumentKind>().Where(kind => Posts(kind) && kind + "s" == list))
            {
                foreach (var record in XeroPages.Read(File.ReadAllBytes(file), XeroEndpoint.Of(kind), 1, 100, Now)!.Records)
                {
                    var document = XeroMapping.Read(kind, record.Raw);
                    Assert.True(document.Succeeded, $"{Path.GetFileName(file)} {record.XeroId}: {document.Problem?.Message}");
                    Assert.Equal(record.XeroId, document.Value.XeroId);
                    Assert.Equal(record.Date, document.Value.Date);
                    kinds.Add(kind);
                }
            }
        }

        Assert.Equal(5, kinds.Count);
    }

    [XeroExamplesFact]
    public void Master_data_is_read_without_loss()
    {
        foreach (var (file, list, json) in Lists())
        {
            var body = File.ReadAllBytes(file);
            var (items, unreadable) = list switch
            {
                "Accounts" => Read(body, list, WireJson.Default.AccountPayload),
                "Contacts" => Read(body, list, WireJson.Default.ContactPayload),
                "TaxRates" => Read(body, list, WireJson.Default.TaxRatePayload),
                "Currencies" => Read(body, list, WireJson.Default.CurrencyPayload),
                "TrackingCategories" => Read(body, list, WireJson.Default.TrackingCategoryPayload),
                "Organisations" => Read(body, list, WireJson.Default.OrganisationPayload),
                _ => (-1, 0),
            };
            Assert.True(items == -1 || (items == Elements(json.GetProperty(list)).Count() && unreadable == 0), $"{Path.GetFileName(file)}: {items} read, {unreadable} not");
        }
    }

    [XeroExamplesFact]
    public void The_trial_balance_adds_up_to_its_stated_total()
    {
        var file = Directory.GetFiles(Needs.XeroExamples!, "*trialbalance*.json").Single();

        var balance = XeroReports.TrialBalance(File.ReadAllBytes(file), new DateOnly(2026, 6, 30), Now);

        Assert.Null(balance.Problem);
        Assert.Equal((46_019.00m, -46_019.00m), (balance.Value.Balances.Values.Where(amount => amount > 0).Sum(), balance.Value.Balances.Values.Where(amount => amount < 0).Sum()));
    }

    private static bool Posts(DocumentKind kind) =>
        kind is DocumentKind.Invoice or DocumentKind.Payment or DocumentKind.BankTransaction or DocumentKind.BankTransfer or DocumentKind.ManualJournal;

    private static (int Items, int Unreadable) Read<T>(byte[] body, string list, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        var read = WireList<T>.Read(body, list, "Id", type, Now)!;
        return (read.Items.Count, read.Unreadable.Count);
    }

    private static IEnumerable<(string File, string List, JsonElement Json)> Lists() =>
        from file in Directory.GetFiles(Needs.XeroExamples!, "*.json").Order(StringComparer.Ordinal)
        let json = JsonDocument.Parse(File.ReadAllBytes(file)).RootElement
        from member in json.EnumerateObject()
        where member.Value.ValueKind is JsonValueKind.Array or JsonValueKind.Object && member.Name != "pagination"
        select (file, member.Name, json);

    private static IEnumerable<JsonElement> Elements(JsonElement list) =>
        (list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : Enumerable.Repeat(list, 1)).Where(element => element.ValueKind == JsonValueKind.Object);
}
