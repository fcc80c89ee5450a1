namespace XeroCfo.Data.Xero.Demo;

/// <summary>A customer with the rhythm it is invoiced in and its weight among its peers.</summary>
internal sealed record DemoCustomer(string Name, DemoCustomer.Rhythm Invoiced, string Region, decimal Weight)
{
    internal enum Rhythm
    {
        Weekly,
        Fortnightly,
        Monthly,
        NowAndThen,
    }
}

/// <summary>The 120 contacts, all invented: 72 customers, 34 suppliers, 14 others.</summary>
internal static class DemoContacts
{
    public const string Harbour = "Harbour Street Hospitality Group", Northbound = "Northbound Grocers", Lantern = "Lantern Café";
    public const string InlandRevenue = "Inland Revenue", Bank = "Southern Cross Trust Bank", Landlord = "Pito-One Properties", CardCustomers = "Card sales";
    public const string Staff = "Roastery staff", Shareholders = "Ash family trust", AccLevies = "ACC levies office";
    public const string Cordillera = "Cordillera Green Coffee Inc.", Highlands = "Sidama Highlands Trading", Estate = "Finca Las Nubes Export";
    public const string Packaging = "Southern Packaging", Cartons = "Carton & Valve Supplies", Brightdesk = "Brightdesk Software", Power = "Kahu Power";
    public const string BeanThere = "Bean There Espresso Bar", PinnacleFitOut = "Pinnacle Fit-out", Winery = "Vine Terrace Winery", RoasterMaker = "Anvil & Drum Roasters Inc.";

    public const string Marketplace = "Marketplace Australia", Mistaken = "Birchwood Tearoom";

    private static readonly string[] Weekly = [Harbour, Northbound, "Pantry & Pine Stores", "Cuba Quarter Cafés", "Tasman Deli Group", "Greenstone Kitchens"];

    private static readonly string[] Fortnightly =
        [Lantern, "Rātā Room", "The Copper Ladle", "Wharf Shed Eatery", "Moana Bakehouse", "Fernleaf Provisions", "Old Post Espresso", "Summit Canteen"];

    private static readonly string[] Monthly =
    [
        "Brunswick Lane Importers", "Yarra Bend Roast Supply", BeanThere, "Two Gulls Café", "Kākā Corner", "The Quiet Cup", "Tussock & Tide",
        "Millhouse Kitchen", "Petone Pier Kiosk", "Sable & Thyme", "Hilltop Pantry", "Bay View Motor Lodge", "Redwood Rest Café", "Station Yard Eatery",
        "Paperbark Books & Coffee", "Northern Lights Bistro", "Clay Oven Pizzeria", "Riverbend Golf Club",
    ];

    private static readonly string[] Places =
    [
        "Aro Hill", "Birchwood", "Cobblers Lane", "Dry Creek", "Eastbourne Road", "Foxglove", "Gumtree", "Highfield", "Ivy Lane", "Juniper", "Karaka Point", "Lupin Hill",
        "Maple Court", "Nikau Grove", "Orchard End", "Pōhutukawa Bay", "Quarry Road", "Rimu Street", "Saltmarsh", "Tōtara Flat",
    ];

    private static readonly string[] Kinds = ["Tearoom", "Lunch Bar"];

    private static readonly string[] Suppliers =
    [
        Cordillera, Highlands, Estate, Packaging, Cartons, Brightdesk, Power, "Harbourline Freight Forwarders", "Tideway Customs Brokers", "Swiftcart Couriers",
        "Longlane Transport", "Greyhill Logistics", "Brightside Media", "Signal & Spark", "Market Square Events", "Kererū Insurance Brokers", "Ledger & Lamb Accountants",
        "Ballard Quill Law", "Spotless Hutt Cleaning", "Hutt Van Service", "Roastworks Engineering", "Copperline Plumbing", "Clearwave Telecom", "Inkwell Office Supplies",
        "Stackhouse Cloud", "Tillpoint Systems", "Fuelco", "Metro Courier NZ", "Parkwell", "Hardware Barn", "Skyline Travel Desk", "The Corner Table", PinnacleFitOut,
        "Valley Van Leasing",
    ];

    private static readonly string[] Others =
        [InlandRevenue, Bank, Landlord, CardCustomers, Staff, Shareholders, AccLevies, "Aroha", "Ben", "Charlotte", "Dev", Marketplace, RoasterMaker, Winery];

    /// <summary>First names on the pay run; thirteen staff.</summary>
    public static IReadOnlyList<string> StaffNames { get; } =
        ["Aroha", "Ben", "Charlotte", "Dev", "Emere", "Finn", "Grace", "Hemi", "Isla", "Jonas", "Kiri", "Lucas", "Mele"];

    public static IReadOnlyList<DemoCustomer> Customers { get; } =
    [
        .. Weekly.Select((name, i) => Customer(name, DemoCustomer.Rhythm.Weekly, i, 1.7m)),
        .. Fortnightly.Select((name, i) => Customer(name, DemoCustomer.Rhythm.Fortnightly, i, 1.2m)),
        .. Monthly.Select((name, i) => Customer(name, DemoCustomer.Rhythm.Monthly, i, 1.0m)),
        .. Kinds.SelectMany(kind => Places.Select(place => $"{place} {kind}")).Select((name, i) => Customer(name, DemoCustomer.Rhythm.NowAndThen, i, 0.45m)),
    ];

    /// <summary>The Melbourne customers; invoiced without GST.</summary>
    public static IReadOnlyList<DemoCustomer> Exports { get; } = [.. Customers.Where(customer => customer.Region == "Export")];

    public static void Write(FakeBooks books)
    {
        foreach (var customer in Customers)
        {
            books.Contact(customer.Name, customer: true, email: Email("accounts", customer.Name), number: "C" + Number(customer.Name));
        }

        foreach (var name in Suppliers)
        {
            books.Contact(name, supplier: true, email: Email("billing", name), number: "S" + Number(name));
        }

        foreach (var name in Others)
        {
            books.Contact(name, email: Email("mail", name));
        }
    }

    private static DemoCustomer Customer(string name, DemoCustomer.Rhythm rhythm, int i, decimal weight)
    {
        var region = rhythm == DemoCustomer.Rhythm.Monthly && i < 2 ? "Export" : (i % 5) switch { 0 or 1 or 3 => "Wellington", 2 => "Auckland", _ => "South Island" };
        return new DemoCustomer(name, rhythm, region, weight * DemoRandom.For(1, "customer-size", name).Factor(0.7m, 1.35m));
    }

    private static string Number(string name) => DemoRandom.For(1, "contact-number", name).Between(1000, 9999).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Plain letters only, by a table: Unicode normalisation differs where no ICU is installed.</summary>
    private static string Email(string box, string name) =>
        $"{box}@{string.Concat(name.ToLowerInvariant().Select(Plain).Where(char.IsAsciiLetterOrDigit))}.example";

    private static char Plain(char letter) => "āēīōūé".IndexOf(letter, StringComparison.Ordinal) is var at and >= 0 ? "aeioue"[at] : letter;
}
