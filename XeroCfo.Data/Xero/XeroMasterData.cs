using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using XeroCfo.Data.Xero.Payloads;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Xero;

/// <summary>A list of Xero, each element read by itself so that one bad element loses only itself.</summary>
/// <param name="Items">The elements that could be read.</param>
/// <param name="Unreadable">Those that could not.</param>
/// <param name="Length">How many there were, nulls too.</param>
/// <param name="ItemCount">How many the whole query has, where Xero says so.</param>
/// <param name="PageCount">On how many pages, where Xero says so.</param>
/// <param name="ServerTime">Xero's clock, UTC.</param>
internal sealed record WireList<T>(
    IReadOnlyList<T> Items, IReadOnlyList<UnreadableRecord> Unreadable, int Length, int? ItemCount, int? PageCount, DateTime ServerTime)
{
    /// <summary>Null when the body is no JSON or holds no such list.</summary>
    public static WireList<T>? Read(ReadOnlyMemory<byte> body, string name, string idMember, JsonTypeInfo<T> type, DateTime now)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            if (XeroPages.Elements(root, name) is not { } elements)
            {
                return null;
            }

            var items = new List<T>();
            var unreadable = new List<UnreadableRecord>();
            foreach (var element in elements.Where(element => element.ValueKind == JsonValueKind.Object))
            {
                try
                {
                    items.Add(element.Deserialize(type)!);
                }
                catch (JsonException exception)
                {
                    var id = element.TryGetProperty(idMember, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
                    unreadable.Add(new UnreadableRecord(XeroEndpoint.KindOf(name), id, "record-unreadable", $"Its member {exception.Path} cannot be read."));
                }
            }

            return new WireList<T>(
                items, unreadable, elements.Count, XeroPages.Count(root, "itemCount"), XeroPages.Count(root, "pageCount"), XeroPages.ServerTime(root) ?? now);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Turns the lists that Xero gives whole into our words. Pure.</summary>
internal static class XeroMasterData
{
    public static MasterData Of(
        WireList<AccountPayload> accounts, WireList<TaxRatePayload> rates, WireList<CurrencyPayload> currencies, WireList<TrackingCategoryPayload> tracking) => new(
        [
            .. from account in accounts.Items
               where account.AccountID is not null
               select new XeroAccount(
                   account.AccountID!.Value, Text(account.Code, 50), Text(account.Name, 255) ?? "", Text(account.Type, 50) ?? "", Text(account.Class, 20) ?? ClassOf(account.Type),
                   Text(account.SystemAccount, 50), Text(account.Status, 20) ?? "ACTIVE", Text(account.CurrencyCode, 3), Text(account.TaxType, 50)),
        ],
        [.. from rate in rates.Items where rate.TaxType is not null select new XeroTaxRate(rate.TaxType!, rate.Name ?? "", rate.EffectiveRate ?? 0, rate.Status ?? "ACTIVE")],
        [.. from currency in currencies.Items where currency.Code is not null select new XeroCurrency(currency.Code!, currency.Description)],
        [
            .. from category in tracking.Items
               where category.TrackingCategoryID is not null
               from option in category.Options ?? []
               where option?.TrackingOptionID is not null
               select new XeroTrackingOption(
                   option!.TrackingOptionID!.Value, category.TrackingCategoryID!.Value, category.Name ?? "", option.Name ?? "", option.Status ?? "ACTIVE"),
        ],
        [.. accounts.Unreadable, .. rates.Unreadable, .. currencies.Unreadable, .. tracking.Unreadable, .. WithoutId(accounts)]);

    public static ContactPage Contacts(WireList<ContactPayload> list, int page) => new(
        [
            .. from contact in list.Items
               where contact.ContactID is not null
               select new XeroContact(
                   contact.ContactID!.Value, Text(contact.Name, 500) ?? "", Text(contact.EmailAddress, 255), contact.IsCustomer ?? false, contact.IsSupplier ?? false,
                   contact.ContactStatus ?? "ACTIVE", contact.MergedToContactID),
        ],
        [.. list.Unreadable, .. WithoutId(list)],
        list.PageCount is { } pages ? page >= pages : list.Length < XeroQuery.LargestPage,
        list.ItemCount,
        list.ServerTime);

    private static IEnumerable<UnreadableRecord> WithoutId(WireList<AccountPayload> accounts) =>
        from account in accounts.Items
        where account.AccountID is null
        select new UnreadableRecord("Account", null, "record-without-id", $"The account '{account.Code} {account.Name}' has no AccountID.");

    private static IEnumerable<UnreadableRecord> WithoutId(WireList<ContactPayload> contacts) =>
        from contact in contacts.Items
        where contact.ContactID is null
        select new UnreadableRecord("Contact", null, "record-without-id", $"The contact '{contact.Name}' has no ContactID.");

    // Xero's class is sometimes left out; the type tells it.
    private static string ClassOf(string? type) => type switch
    {
        "REVENUE" or "SALES" or "OTHERINCOME" => "REVENUE",
        "DIRECTCOSTS" or "EXPENSE" or "OVERHEADS" or "DEPRECIATN" or "WAGESEXPENSE" or "SUPERANNUATIONEXPENSE" => "EXPENSE",
        "EQUITY" => "EQUITY",
        "CURRLIAB" or "LIABILITY" or "TERMLIAB" or "PAYG" or "PAYGLIABILITY" or "SUPERANNUATIONLIABILITY" or "WAGESPAYABLELIABILITY" => "LIABILITY",
        _ => "ASSET",
    };

    private static string? Text(string? text, int length) => string.IsNullOrEmpty(text) ? null : text.Length > length ? text[..length] : text;
}
