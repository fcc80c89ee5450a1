namespace XeroCfo.Domain.Xero.Consents;

/// <summary>One right at Xero, and what it is for.</summary>
/// <param name="Name">Xero's word for it.</param>
/// <param name="Unlocks">What the product does with it.</param>
/// <param name="WithoutIt">What does not work when it is missing.</param>
/// <param name="IsNeeded">No sync ends well without it.</param>
public sealed record XeroScope(string Name, string Unlocks, string WithoutIt, bool IsNeeded = true);

/// <summary>The rights that the product asks for: read-only ones, and the one that keeps a connection alive.</summary>
public static class XeroScopes
{
    public const string Offline = "offline_access";

    /// <summary>All that the product knows what to do with.</summary>
    public static readonly IReadOnlyList<XeroScope> All =
    [
        new("openid", "Tells Xero which person gives the consent", "nothing: it may be left out", false),
        new("profile", "The person's name at Xero", "nothing: it may be left out", false),
        new("email", "The person's address at Xero", "nothing: it may be left out", false),
        new(Offline, "Keeps the connection alive", "the connection ends after 30 minutes"),
        new("accounting.settings.read", "Organisation, chart of accounts, tax rates, currencies, tracking", "nothing can be read"),
        new("accounting.contacts.read", "Customers and suppliers", "the sync stops at contacts"),
        new("accounting.invoices.read", "Invoices, bills and credit notes", "the sync stops at invoices"),
        new("accounting.payments.read", "Payments, prepayments and overpayments", "the sync stops at payments"),
        new("accounting.banktransactions.read", "Money spent and received, bank transfers", "the sync stops at bank transactions"),
        new("accounting.manualjournals.read", "Manual journals", "the sync stops at manual journals"),
        new("accounting.budgets.read", "Xero's budgets", "no budgets from Xero; all else works", false),
        new("accounting.reports.trialbalance.read", "The tie-out: every account beside Xero's own balance", "the sync stops before it compares, and no figure can be proved"),
        new("accounting.reports.profitandloss.read", "Xero's own profit and loss beside ours", "no comparison with Xero's profit and loss; all else works", false),
        new("accounting.reports.balancesheet.read", "Xero's own balance sheet beside ours", "no comparison with Xero's balance sheet; all else works", false),
    ];

    /// <summary>What is asked for: the setting's list, or all of <see cref="All"/>.</summary>
    public static IReadOnlyList<string> Of(XeroOptions xero) => Read(xero.Scopes) is { Count: > 0 } chosen ? chosen : [.. All.Select(scope => scope.Name)];

    /// <summary>What a custom connection asks for: there is no person and nothing to keep alive.</summary>
    public static IReadOnlyList<string> OfCustom(XeroOptions xero) => [.. Of(xero).Where(name => name.StartsWith("accounting.", StringComparison.Ordinal))];

    /// <summary>The names in a list as Xero writes it.</summary>
    public static IReadOnlyList<string> Read(string? list) => [.. (list ?? "").Split([' ', ',', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];

    /// <summary>What the product knows of a name; for one that it does not know, that.</summary>
    public static XeroScope Describe(string name) =>
        All.FirstOrDefault(scope => scope.Name == name) ?? new XeroScope(name, "Nothing that XeroCfo knows of", "nothing changes", false);

    /// <summary>
    /// Whether a consent holds a right. A writing right reads too, and older apps hold broad ones in place of many.
    /// </summary>
    public static bool Holds(IReadOnlyCollection<string> granted, string name)
    {
        if (granted.Contains(name) || (name.EndsWith(".read", StringComparison.Ordinal) && granted.Contains(name[..^".read".Length])))
        {
            return true;
        }

        var broad = name switch
        {
            "accounting.invoices.read" or "accounting.payments.read" or "accounting.banktransactions.read" or "accounting.manualjournals.read" => "accounting.transactions",
            _ when name.StartsWith("accounting.reports.", StringComparison.Ordinal) => "accounting.reports",
            _ => null,
        };
        return broad is not null && (granted.Contains(broad) || granted.Contains(broad + ".read"));
    }

    /// <summary>Those of <paramref name="asked"/> that a text of Xero's names; all of them when it names none.</summary>
    public static IReadOnlyList<string> NamedIn(string? words, IReadOnlyList<string> asked)
    {
        var spoken = (words ?? "").Split([' ', ',', ';', ':', '"', '\'', '(', ')', '[', ']', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries).Select(word => word.TrimEnd('.')).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var named = asked.Where(spoken.Contains).ToList();
        return named.Count > 0 ? named : asked;
    }
}
