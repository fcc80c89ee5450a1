using System.Globalization;
using System.Net;
using System.Text;
using System.Web;

namespace XeroCfo.Benchmarks;

/// <summary>
/// A local Xero of any size that makes its pages while they are asked for, so that it costs little time and no memory: of ten documents
/// five are invoices, three of them paid in full, and two money spent, over three years. Its trial balance follows from the same formula.
/// </summary>
internal sealed class BenchXero(int documents) : HttpMessageHandler
{
    public static readonly DateOnly Start = new(2024, 1, 1);
    public static readonly DateOnly Today = new(2026, 11, 20);

    private const int Days = 1050;
    private const int Changed = 10;
    public static readonly Guid Bank = Id(1, 0);
    private static readonly Guid Sales = Id(1, 1), General = Id(1, 2), Debtors = Id(1, 3), Creditors = Id(1, 4), Gst = Id(1, 5), Retained = Id(1, 6), Rounding = Id(1, 7);

    // Sums of the first n documents' amounts, so that a trial balance costs nothing.
    private readonly decimal[] _net = Sums(documents, Net);
    private readonly decimal[] _tax = Sums(documents, Tax);

    // Each answer is written into the same bytes, so that this Xero leaves little to collect beside what the sync does.
    private byte[] _answer = new byte[2 * 1024 * 1024];

    /// <summary>How often the organisation was asked for: each run begins with that.</summary>
    private int _runs;

    public static Guid Customer(int i) => Id(3, i);

    private int Invoices => documents / 2;

    private int Payments => documents * 3 / 10;

    private int Spends => documents - Invoices - Payments;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var query = HttpUtility.ParseQueryString(request.RequestUri!.Query);
        StringBuilder body = request.RequestUri.Segments[^1].TrimEnd('/') switch
        {
            "Organisation" when ++_runs > 0 => new("""{"Organisations":[{"Name":"Bench Limited","BaseCurrency":"NZD","FinancialYearEndDay":31,"FinancialYearEndMonth":12,"CountryCode":"NZ","Timezone":"UTC"}]}"""),
            "Accounts" => new(Accounts()),
            "Invoices" => List("Invoices", Invoices, query, request, Invoice),
            "Payments" => List("Payments", Payments, query, request, Payment),
            "BankTransactions" => List("BankTransactions", Spends, query, request, Spend),
            "TrialBalance" => new(TrialBalance(DateOnly.ParseExact(query["date"]!, "yyyy-MM-dd", CultureInfo.InvariantCulture))),
            var other => new($$"""{"{{other}}":[],"pagination":{"page":1,"pageSize":1000,"pageCount":1,"itemCount":0} }"""),
        };
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(_answer, 0, Write(body)) });
    }

    private int Write(StringBuilder body)
    {
        var length = 0;
        foreach (var chunk in body.GetChunks())
        {
            if (length + Encoding.UTF8.GetMaxByteCount(chunk.Length) > _answer.Length)
            {
                Array.Resize(ref _answer, _answer.Length * 2);
            }

            length += Encoding.UTF8.GetBytes(chunk.Span, _answer.AsSpan(length));
        }

        return length;
    }

    // Documents are spread evenly: number i stands on day i × Days / count, so windows of dates are windows of numbers.
    private static DateOnly Day(int i, int count) => Start.AddDays((int)((long)i * Days / count));

    private static int FirstOn(DateOnly day, int count) => (int)Math.Clamp(Math.Ceiling((double)(day.DayNumber - Start.DayNumber) * count / Days), 0, count);

    private static decimal[] Sums(int count, Func<int, decimal> amount)
    {
        var sums = new decimal[count + 1];
        for (var i = 0; i < count; i++)
        {
            sums[i + 1] = sums[i] + amount(i);
        }

        return sums;
    }

    private static decimal Net(int i) => 100 + (i % 900);

    private static decimal Tax(int i) => Math.Round(Net(i) * 0.15m, 2, MidpointRounding.AwayFromZero);

    private static Guid Id(int kind, int i) => new(i, (short)kind, 0x4000, 0x80, 0, 0, 0, 0, 0, 0, 1);

    private static StringBuilder List(string name, int count, System.Collections.Specialized.NameValueCollection query, HttpRequestMessage request, Func<int, string> record)
    {
        var (first, last) = (0, count);
        var where = query["where"] ?? "";
        if (where.Contains("VOIDED", StringComparison.Ordinal) || where.Contains("DELETED", StringComparison.Ordinal))
        {
            last = 0;
        }

        first = Bound(where, ">=DateTime(", first, count);
        last = Math.Min(last, Bound(where, "<DateTime(", last, count));
        if (request.Headers.Contains("If-Modified-Since"))
        {
            // Ten invoices have changed since the run before.
            first = name == "Invoices" ? Math.Max(0, count - Changed) : last;
        }

        var page = int.Parse(query["page"] ?? "1", CultureInfo.InvariantCulture);
        var size = int.Parse(query["pageSize"] ?? "100", CultureInfo.InvariantCulture);
        var items = Math.Max(0, last - first);
        var text = new StringBuilder($$"""{"Status":"OK","pagination":{"page":{{page}},"pageSize":{{size}},"pageCount":{{(items + size - 1) / size}},"itemCount":{{items}} },"{{name}}":[""");
        for (var i = first + ((page - 1) * size); i < Math.Min(last, first + (page * size)); i++)
        {
            text.Append(i > first + ((page - 1) * size) ? "," : "").Append(record(i));
        }

        return text.Append("]}");
    }

    private static int Bound(string where, string mark, int otherwise, int count)
    {
        var at = where.IndexOf(mark, StringComparison.Ordinal);
        if (at < 0)
        {
            return otherwise;
        }

        var parts = where[(at + mark.Length)..where.IndexOf(')', at)].Split(',').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return FirstOn(new DateOnly(parts[0], parts[1], parts[2]), count);
    }

    private string Invoice(int i)
    {
        var (day, net, tax) = (Day(i, Invoices), Net(i), Tax(i));
        return $$"""
            {"Type":"ACCREC","InvoiceID":"{{Id(2, i)}}","InvoiceNumber":"INV-{{i}}","Reference":"PO {{i * 7}}{{(i >= Invoices - Changed ? $"/{_runs}" : "")}}","AmountDue":{{(i < Payments ? 0 : net + tax)}},"CurrencyRate":1,"Contact":{"ContactID":"{{Id(3, i % 500)}}","Name":"Customer {{i % 500}}"},"DateString":"{{day:yyyy-MM-dd}}T00:00:00","DueDateString":"{{day.AddDays(20):yyyy-MM-dd}}T00:00:00","Status":"{{(i < Payments ? "PAID" : "AUTHORISED")}}","LineAmountTypes":"Exclusive","LineItems":[{"Description":"Roast {{i % 40}}","UnitAmount":{{net - 40}},"TaxType":"OUTPUT2","TaxAmount":{{tax - 6}},"LineAmount":{{net - 40}},"AccountCode":"200","Tracking":[],"Quantity":1},{"Description":"Freight","UnitAmount":40,"TaxType":"OUTPUT2","TaxAmount":6,"LineAmount":40,"AccountCode":"200","Tracking":[],"Quantity":1}],"SubTotal":{{net}},"TotalTax":{{tax}},"Total":{{net + tax}},"UpdatedDateUTC":"/Date(1763600000000+0000)/","CurrencyCode":"NZD"}
            """;
    }

    private string Payment(int i) => $$"""
        {"PaymentID":"{{Id(4, i)}}","Date":"/Date({{Ms(Day(i, Payments))}}+0000)/","BankAmount":{{Net(i) + Tax(i)}},"Amount":{{Net(i) + Tax(i)}},"CurrencyRate":1,"PaymentType":"ACCRECPAYMENT","Status":"AUTHORISED","IsReconciled":true,"Account":{"AccountID":"{{Bank}}","Code":"090"},"Invoice":{"Type":"ACCREC","InvoiceID":"{{Id(2, i)}}","InvoiceNumber":"INV-{{i}}","Contact":{"ContactID":"{{Id(3, i % 500)}}","Name":"Customer {{i % 500}}"},"CurrencyCode":"NZD"},"UpdatedDateUTC":"/Date(1763600000000+0000)/"}
        """;

    private string Spend(int i) => $$"""
        {"BankTransactionID":"{{Id(5, i)}}","BankAccount":{"AccountID":"{{Bank}}","Code":"090"},"Type":"SPEND","Reference":"","IsReconciled":true,"Contact":{"ContactID":"{{Id(6, i % 300)}}","Name":"Supplier {{i % 300}}"},"DateString":"{{Day(i, Spends):yyyy-MM-dd}}T00:00:00","Status":"AUTHORISED","LineAmountTypes":"Inclusive","LineItems":[{"Description":"FUELCO {{i % 1000}}","UnitAmount":{{Net(i) + Tax(i)}},"TaxType":"INPUT2","TaxAmount":{{Tax(i)}},"LineAmount":{{Net(i) + Tax(i)}},"AccountCode":"429","Quantity":1}],"Total":{{Net(i) + Tax(i)}},"UpdatedDateUTC":"/Date(1763600000000+0000)/","CurrencyCode":"NZD"}
        """;

    private static long Ms(DateOnly day) => new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private static string Accounts()
    {
        string Account(Guid id, string code, string name, string type, string @class, string? system = null) =>
            $$"""{"AccountID":"{{id}}","Code":"{{code}}","Name":"{{name}}","Type":"{{type}}","Class":"{{@class}}","Status":"ACTIVE"{{(system is null ? "" : $",\"SystemAccount\":\"{system}\"")}}}""";
        string[] accounts =
        [
            Account(Bank, "090", "Cheque", "BANK", "ASSET"), Account(Sales, "200", "Sales", "REVENUE", "REVENUE"), Account(General, "429", "General", "EXPENSE", "EXPENSE"),
            Account(Debtors, "610", "Receivables", "CURRENT", "ASSET", "DEBTORS"), Account(Creditors, "800", "Payables", "CURRLIAB", "LIABILITY", "CREDITORS"),
            Account(Gst, "820", "GST", "CURRLIAB", "LIABILITY", "GST"), Account(Retained, "960", "Retained earnings", "EQUITY", "EQUITY", "RETAINEDEARNINGS"),
            Account(Rounding, "860", "Rounding", "CURRLIAB", "LIABILITY", "ROUNDING"),
        ];
        return $$"""{"Accounts":[{{string.Join(',', accounts)}}]}""";
    }

    private string TrialBalance(DateOnly date)
    {
        (decimal Net, decimal Tax) Sum(int count, DateOnly until)
        {
            var numbers = FirstOn(until.AddDays(1), count);
            return (_net[numbers], _tax[numbers]);
        }

        var before = new DateOnly(date.Year - 1, 12, 31);
        var (sold, spent, paid) = (Sum(Invoices, date), Sum(Spends, date), Sum(Payments, date));
        var (soldBefore, spentBefore) = (Sum(Invoices, before).Net, Sum(Spends, before).Net);
        var rows = new (Guid Account, decimal Balance)[]
        {
            (Bank, paid.Net + paid.Tax - spent.Net - spent.Tax), (Sales, -(sold.Net - soldBefore)), (General, spent.Net - spentBefore), (Debtors, sold.Net + sold.Tax - paid.Net - paid.Tax),
            (Gst, spent.Tax - sold.Tax), (Retained, spentBefore - soldBefore),
        };
        var cells = rows.Select(row => $$"""
            {"RowType":"Row","Cells":[{"Value":"a","Attributes":[{"Value":"{{row.Account}}","Id":"account"}]},{"Value":""},{"Value":""},{"Value":"{{Math.Max(row.Balance, 0)}}"},{"Value":"{{Math.Max(-row.Balance, 0)}}"}]}
            """);
        return $$"""
            {"Reports":[{"ReportName":"Trial Balance","Rows":[{"RowType":"Header","Cells":[{"Value":"Account"},{"Value":"Debit"},{"Value":"Credit"},{"Value":"YTD Debit"},{"Value":"YTD Credit"}]},{"RowType":"Section","Title":"","Rows":[{{string.Join(',', cells)}}]}]}]}
            """;
    }
}
