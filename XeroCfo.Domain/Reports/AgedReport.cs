using XeroCfo.Domain.Ledger;

namespace XeroCfo.Domain.Reports;

/// <summary>Aged receivables or payables from open documents. Pure. Display signs: what is owed to us, or by us, is positive; credit is negative.</summary>
public sealed class AgedReport(ReportPlan plan)
{
    private readonly ReportParameters _asked = plan.Parameters;
    private readonly bool _isSale = plan.Type == ReportTypes.AgedReceivables;

    private readonly IReadOnlyList<DateOnly> _cuts = Cuts(plan);

    private IReadOnlyList<AgeBucket> Buckets => Ageing.BucketsOf(_asked.Buckets);

    private bool ByDocument => _asked.By == ReportWords.ByDocument;

    public IReadOnlyList<ReportColumn> Columns() =>
    [
        .. Buckets.Select(bucket => new ReportColumn(bucket.Key, bucket.Title, null, plan.Date, ReportColumnKind.Amount)),
        new ReportColumn("total", "Total", null, plan.Date, ReportColumnKind.Amount),
        .. ByDocument
            ? [
                new ReportColumn("date", "Date", null, null, ReportColumnKind.Text), new ReportColumn("dueDate", "Due", null, null, ReportColumnKind.Text),
                new ReportColumn("documentCurrency", "Currency", null, null, ReportColumnKind.Text), new ReportColumn("documentAmount", "In its currency", null, null, ReportColumnKind.Amount),
            ]
            : Array.Empty<ReportColumn>(),
    ];

    /// <summary>Rows by contact, each with its documents where they are asked for, their total, and the memo rows below it.</summary>
    /// <param name="items">What is open at the day, document by document.</param>
    /// <param name="sums">What is open besides, by contact and age; none where documents are asked for.</param>
    /// <param name="revaluation">What Xero's revaluation adds on the control account, debit +; null where amounts are not in base currency.</param>
    /// <param name="prepayments">Open prepayments; they are not on the control account.</param>
    public IReadOnlyList<ReportRow> Rows(IReadOnlyList<OpenItem> items, IReadOnlyList<OpenSum> sums, decimal? revaluation, IReadOnlyList<OpenItem> prepayments)
    {
        var rows = new List<ReportRow>();
        foreach (var contact in Contacts(Merged(items), sums))
        {
            rows.Add(Row(contact.Key, contact.Name, ByDocument ? ReportRowKind.Subtotal : ReportRowKind.Line, 0, Values(contact.Items, contact.Sums)) with { ContactId = contact.Id });
            rows.AddRange(ByDocument && !contact.Hidden ? contact.Items.OrderBy(AgedFrom).ThenBy(item => item.Document.Number, StringComparer.Ordinal).Select(Document) : []);
        }

        rows.Add(Row("total", "Total", ReportRowKind.Total, 0, Values(items, sums)));
        if (revaluation is { } amount)
        {
            rows.Add(Memo("revaluation", "Revaluation of foreign documents", _isSale ? amount : -amount));
        }

        rows.Add(Memo("prepayments", "Prepayments, not in the total", prepayments.Sum(Amount)));
        return rows;
    }

    /// <summary>The cuts between the buckets that are asked for.</summary>
    public static IReadOnlyList<DateOnly> Cuts(ReportPlan plan) => Ageing.CutsOf(plan.Parameters.Buckets, plan.Date, plan.Parameters.IncludeReportDateInCurrent != false);

    /// <summary>Display sign of what is summed; always in base currency.</summary>
    public decimal Amount(OpenSum sum) => (_isSale ? 1 : -1) * sum.BaseOpen;

    /// <summary>In base currency at the document's rate, or in the one currency that was asked for.</summary>
    public decimal Amount(OpenItem item) => (_isSale ? 1 : -1) * (_asked.Currency is null ? item.BaseOpen : item.Open);

    // Credit ages by its own day, a payment before its invoice by the payment's; what has no due date by its date.
    private DateOnly AgedFrom(OpenItem item) => item.PaidOn
        ?? (item.Kind == OpenItemKind.Invoice && _asked.AgeBy == ReportWords.DueDate ? item.Document.DueDate : null)
        ?? item.Document.Date;

    private sealed record Contact(Guid? Id, bool Hidden, string Name, List<OpenItem> Items, List<OpenSum> Sums)
    {
        public string Key => Id is { } id ? $"contact:{id:D}" : Hidden ? "contact:hidden" : "contact:none";
    }

    private static IEnumerable<Contact> Contacts(IEnumerable<OpenItem> items, IReadOnlyList<OpenSum> sums)
    {
        var single = items.ToLookup(item => (item.Document.ContactId, Hidden: item.Document.PayrollHidden));
        var summed = sums.ToLookup(sum => (sum.ContactId, Hidden: false));
        return single.Select(group => group.Key).Union(summed.Select(group => group.Key))
            .Select(key => new Contact(key.ContactId, key.Hidden, NameOf(key, single[key], summed[key]), [.. single[key]], [.. summed[key]]))
            .OrderBy(contact => contact.Name, StringComparer.OrdinalIgnoreCase).ThenBy(contact => contact.Id);
    }

    // Several payments of a day before one invoice are one row.
    private static IEnumerable<OpenItem> Merged(IReadOnlyList<OpenItem> items) => items.GroupBy(item => (item.Kind, item.Document.Id, item.PaidOn))
        .Select(group => group.First() with { Open = group.Sum(item => item.Open), BaseOpen = group.Sum(item => item.BaseOpen) });

    private ReportRow Document(OpenItem item) => Row(
        item.Kind == OpenItemKind.PaidBeforeInvoice ? $"paidBefore:{item.Document.XeroId:D}:{item.PaidOn:yyyy-MM-dd}" : $"document:{item.Document.XeroId:D}",
        Label(item), ReportRowKind.Line, 1, Values([item], [])) with
    {
        ContactId = item.Document.ContactId,
        DocumentXeroId = item.Document.XeroId,
        Values = [.. Values([item], []), Day(item.PaidOn ?? item.Document.Date), Day(item.Document.DueDate), item.Document.CurrencyCode, (_isSale ? 1 : -1) * item.Open],
    };

    private ReportRow Row(string key, string label, ReportRowKind kind, int depth, IEnumerable<ReportValue> values) => new()
    {
        Key = key,
        Label = label,
        Kind = kind,
        Depth = depth,
        Values = [.. values, .. Blank()],
        XeroOnly = NoXeroOnly(),
    };

    private ReportRow Memo(string key, string label, decimal amount) => new()
    {
        Key = key,
        Label = label,
        Kind = ReportRowKind.Text,
        Values = [.. Buckets.Select(_ => ReportValue.None), amount, .. Blank()],
        XeroOnly = NoXeroOnly(),
    };

    private IEnumerable<ReportValue> Values(IReadOnlyList<OpenItem> items, IReadOnlyList<OpenSum> open)
    {
        var sums = new decimal[Buckets.Count];
        foreach (var item in items)
        {
            sums[Ageing.Of(AgedFrom(item), _cuts)] += Amount(item);
        }

        foreach (var sum in open)
        {
            sums[sum.Age] += Amount(sum);
        }

        return [.. sums.Select(sum => (ReportValue)sum), sums.Sum()];
    }

    private IReadOnlyList<decimal?> NoXeroOnly() => [.. Columns().Select(_ => (decimal?)null)];

    private ReportValue[] Blank() => ByDocument ? [ReportValue.None, ReportValue.None, ReportValue.None, ReportValue.None] : [];

    private static string NameOf((Guid? ContactId, bool Hidden) key, IEnumerable<OpenItem> items, IEnumerable<OpenSum> sums)
    {
        var name = sums.FirstOrDefault()?.ContactName ?? items.OrderBy(item => item.Document.Date).LastOrDefault()?.Document.ContactName;
        return key.Hidden ? "Hidden: payroll" : key.ContactId is null || string.IsNullOrEmpty(name) ? "No contact" : name;
    }

    private static string Label(OpenItem item)
    {
        var number = item.Document.Number ?? item.Document.Reference;
        return item.Kind switch
        {
            OpenItemKind.PaidBeforeInvoice => $"Paid before invoice {number}",
            OpenItemKind.CreditNote => $"Credit note {number}",
            OpenItemKind.Overpayment => $"Overpayment {number}",
            _ => number ?? "No number",
        };
    }

    private static ReportValue Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
