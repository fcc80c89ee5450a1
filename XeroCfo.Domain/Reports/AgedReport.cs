using XeroCfo.Domain.Ledger;

namespace XeroCfo.Domain.Reports;

/// <summary>A bucket of age.</summary>
public sealed record AgeBucket(string Key, string Title);

/// <summary>How old something is at a day (FINANCE 7). Pure.</summary>
public static class Ageing
{
    /// <summary>As in Xero.</summary>
    public static readonly IReadOnlyList<AgeBucket> Months =
    [
        new("current", "Current"), new("lt1", "< 1 month"), new("m1", "1 month"), new("m2", "2 months"), new("m3", "3 months"), new("older", "Older"),
    ];

    public static readonly IReadOnlyList<AgeBucket> Days =
    [
        new("current", "Current"), new("d30", "1–30 days"), new("d60", "31–60 days"), new("d90", "61–90 days"), new("older", "90+ days"),
    ];

    /// <summary>Which of <see cref="Months"/>: months are always added to the day itself, so that the 31st ages like a month's end.</summary>
    /// <param name="due">The day it ages from.</param>
    /// <param name="date">The report's day.</param>
    /// <param name="dayIsCurrent">What is due on the very day is current.</param>
    public static int ByMonths(DateOnly due, DateOnly date, bool dayIsCurrent)
    {
        if (due > date || (due == date && dayIsCurrent))
        {
            return 0;
        }

        var months = 0;
        while (months < 4 && due.AddMonths(months + 1) <= date)
        {
            months++;
        }

        return months + 1;
    }

    /// <summary>Which of <see cref="Days"/>.</summary>
    public static int ByDays(DateOnly due, DateOnly date, bool dayIsCurrent) => (date.DayNumber - due.DayNumber) switch
    {
        < 0 => 0,
        0 => dayIsCurrent ? 0 : 1,
        <= 30 => 1,
        <= 60 => 2,
        <= 90 => 3,
        _ => 4,
    };
}

/// <summary>Aged receivables or payables from open documents. Pure. Display signs: what is owed to us, or by us, is positive; credit is negative.</summary>
public sealed class AgedReport(ReportPlan plan)
{
    private readonly ReportParameters _asked = plan.Parameters;
    private readonly bool _isSale = plan.Type == ReportTypes.AgedReceivables;

    private IReadOnlyList<AgeBucket> Buckets => _asked.Buckets == ReportWords.Days ? Ageing.Days : Ageing.Months;

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
    /// <param name="items">What is open at the day.</param>
    /// <param name="revaluation">What Xero's revaluation adds on the control account, debit +; null where amounts are not in base currency.</param>
    /// <param name="prepayments">Open prepayments; they are not on the control account.</param>
    public IReadOnlyList<ReportRow> Rows(IReadOnlyList<OpenItem> items, decimal? revaluation, IReadOnlyList<OpenItem> prepayments)
    {
        var rows = new List<ReportRow>();
        foreach (var contact in Merged(items).GroupBy(item => (item.Document.ContactId, Hidden: item.Document.PayrollHidden)).Select(group => (Id: group.Key.ContactId, group.Key.Hidden, Name: NameOf(group), Items: group.ToList()))
            .OrderBy(contact => contact.Name, StringComparer.OrdinalIgnoreCase).ThenBy(contact => contact.Id))
        {
            rows.Add(Row(contact.Id is { } id ? $"contact:{id:D}" : contact.Hidden ? "contact:hidden" : "contact:none", contact.Name, ByDocument ? ReportRowKind.Subtotal : ReportRowKind.Line, 0, contact.Items) with { ContactId = contact.Id });
            rows.AddRange(ByDocument && !contact.Hidden ? contact.Items.OrderBy(AgedFrom).ThenBy(item => item.Document.Number, StringComparer.Ordinal).Select(Document) : []);
        }

        rows.Add(Row("total", "Total", ReportRowKind.Total, 0, items));
        if (revaluation is { } amount)
        {
            rows.Add(Memo("revaluation", "Revaluation of foreign documents", _isSale ? amount : -amount));
        }

        rows.Add(Memo("prepayments", "Prepayments, not in the total", prepayments.Sum(Amount)));
        return rows;
    }

    /// <summary>In base currency at the document's rate, or in the one currency that was asked for.</summary>
    public decimal Amount(OpenItem item) => (_isSale ? 1 : -1) * (_asked.Currency is null ? item.BaseOpen : item.Open);

    // Credit ages by its own day, a payment before its invoice by the payment's; what has no due date by its date.
    private DateOnly AgedFrom(OpenItem item) => item.PaidOn
        ?? (item.Kind == OpenItemKind.Invoice && _asked.AgeBy == ReportWords.DueDate ? item.Document.DueDate : null)
        ?? item.Document.Date;

    private int BucketOf(OpenItem item)
    {
        var (from, isCurrent) = (AgedFrom(item), _asked.IncludeReportDateInCurrent != false);
        return _asked.Buckets == ReportWords.Days ? Ageing.ByDays(from, plan.Date, isCurrent) : Ageing.ByMonths(from, plan.Date, isCurrent);
    }

    // Several payments of a day before one invoice are one row.
    private static IEnumerable<OpenItem> Merged(IReadOnlyList<OpenItem> items) => items.GroupBy(item => (item.Kind, item.Document.Id, item.PaidOn))
        .Select(group => group.First() with { Open = group.Sum(item => item.Open), BaseOpen = group.Sum(item => item.BaseOpen) });

    private ReportRow Document(OpenItem item) => Row(
        item.Kind == OpenItemKind.PaidBeforeInvoice ? $"paidBefore:{item.Document.XeroId:D}:{item.PaidOn:yyyy-MM-dd}" : $"document:{item.Document.XeroId:D}",
        Label(item), ReportRowKind.Line, 1, [item]) with
    {
        ContactId = item.Document.ContactId,
        DocumentXeroId = item.Document.XeroId,
        Values = [.. Values([item]), Day(item.PaidOn ?? item.Document.Date), Day(item.Document.DueDate), item.Document.CurrencyCode, (_isSale ? 1 : -1) * item.Open],
    };

    private ReportRow Row(string key, string label, ReportRowKind kind, int depth, IReadOnlyList<OpenItem> items) => new()
    {
        Key = key,
        Label = label,
        Kind = kind,
        Depth = depth,
        Values = [.. Values(items), .. Blank()],
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

    private IEnumerable<ReportValue> Values(IReadOnlyList<OpenItem> items)
    {
        var sums = new decimal[Buckets.Count];
        foreach (var item in items)
        {
            sums[BucketOf(item)] += Amount(item);
        }

        return [.. sums.Select(sum => (ReportValue)sum), sums.Sum()];
    }

    private IReadOnlyList<decimal?> NoXeroOnly() => [.. Columns().Select(_ => (decimal?)null)];

    private ReportValue[] Blank() => ByDocument ? [ReportValue.None, ReportValue.None, ReportValue.None, ReportValue.None] : [];

    private static string NameOf(IEnumerable<OpenItem> items) => items.OrderBy(item => item.Document.Date).Last().Document switch
    {
        { PayrollHidden: true } => "Hidden: payroll",
        { ContactName: { Length: > 0 } name } => name,
        _ => "No contact",
    };

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
