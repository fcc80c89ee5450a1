using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Tests.Support;

/// <summary>Writes the chart and the documents of <see cref="SampleBooks"/>, each posted debit against credit.</summary>
internal sealed class SampleDocuments(SampleBooks books)
{
    private static readonly string[] Customers = ["Harbour Street Hospitality Group", "Northbound Grocers", "Lantern Café", "Bean There Espresso Bar", "Kererū Kitchen", "The Long Table"];
    private static readonly string[] Suppliers = ["Cordillera Green Coffee Inc.", "Southern Packaging", "Kahu Power", "Brightdesk Software", "Metro Courier NZ", "Pinnacle Fit-out"];
    private static readonly string[] SupplierAccounts = ["300", "305", "445", "463", "425", "429"];
    private static readonly string[] Sales = ["House blend, whole beans, weekly order", "Decaf and house blend, fortnightly order", "Single origin, Huila 2026", "Cold brew concentrate, 20 kegs"];
    private readonly Dictionary<string, Guid> _contacts = [];
    private int _number = 3000;

    public void Write()
    {
        Chart();
        var before = new DateOnly(2026, 4, 30);
        (string Code, decimal Amount)[] opening = [("090", 184_250.40m), ("610", 412_900m), ("630", 96_000m), ("730", 420_000m), ("731", -148_200m), ("800", -318_400m), ("820", -38_120.55m), ("900", -215_000m), ("970", -100_000m)];
        foreach (var (code, amount) in opening)
        {
            books.Post(before, code, amount, LineSources.Opening);
        }

        books.Post(before, "960", -opening.Sum(line => line.Amount), LineSources.Opening);
        for (var day = new DateOnly(2026, 5, 1); day <= SampleBooks.Today; day = day.AddDays(1))
        {
            Day(day);
        }
    }

    private void Chart()
    {
        books.Add("090", "Cheque", "BANK", "ASSET");
        books.Add("094", "Business Visa", "BANK", "ASSET");
        books.Add("610", "Accounts receivable", "CURRENT", "ASSET", SystemAccounts.Debtors);
        books.Add("630", "Stock", "INVENTORY", "ASSET");
        books.Add("730", "Roasting plant", "FIXED", "ASSET");
        books.Add("731", "Less depreciation on roasting plant", "FIXED", "ASSET");
        books.Add("800", "Accounts payable", "CURRLIAB", "LIABILITY", SystemAccounts.Creditors);
        books.Add("803", "Wages payable", "CURRLIAB", "LIABILITY", SystemAccounts.WagesPayable);
        books.Add("820", "GST", "CURRLIAB", "LIABILITY", SystemAccounts.SalesTax);
        books.Add("900", "Plant loan", "TERMLIAB", "LIABILITY");
        books.Add("960", "Retained earnings", "EQUITY", "EQUITY", SystemAccounts.RetainedEarnings);
        books.Add("970", "Share capital", "EQUITY", "EQUITY");
        books.Add("200", "Wholesale sales", "REVENUE", "REVENUE");
        books.Add("270", "Interest received", "OTHERINCOME", "REVENUE");
        books.Add("300", "Green beans", "DIRECTCOSTS", "EXPENSE");
        books.Add("305", "Packaging", "DIRECTCOSTS", "EXPENSE");
        books.Add("416", "Depreciation", "DEPRECIATN", "EXPENSE");
        books.Add("420", "Entertainment", "EXPENSE", "EXPENSE");
        books.Add("425", "Courier", "EXPENSE", "EXPENSE");
        books.Add("429", "General expenses", "EXPENSE", "EXPENSE");
        books.Add("445", "Power and gas", "EXPENSE", "EXPENSE");
        books.Add("463", "Software", "EXPENSE", "EXPENSE");
        books.Add("477", "Wages", "WAGESEXPENSE", "EXPENSE");
    }

    private void Day(DateOnly day)
    {
        if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
        {
            Sale(day);
            Bill(day, books.Pick(Suppliers.Length));
        }

        if (day.Day % 3 == 0)
        {
            Spend(day);
        }

        if (day.Month != day.AddDays(1).Month)
        {
            (string Debit, string Credit, decimal Amount, string Kind)[] atMonthEnd = [("477", "803", 84_500m, DifferenceKinds.Payroll), ("416", "731", 6_150m, DifferenceKinds.Depreciation)];
            foreach (var (debit, credit, amount, kind) in atMonthEnd)
            {
                books.Post(day, debit, amount, LineSources.XeroTrialBalance, kind: kind);
                books.Post(day, credit, -amount, LineSources.XeroTrialBalance, kind: kind);
            }
        }
    }

    private void Sale(DateOnly day)
    {
        var net = books.Between(2_500, 26_000);
        var paid = day < new DateOnly(2026, 10, 1);
        var sale = Make(TransactionTypes.Invoice, day, Customers[books.Pick(Customers.Length)], Sales[books.Pick(Sales.Length)], net, paid ? "PAID" : "AUTHORISED", Directions.In);
        sale.DueDate = new DateOnly(day.Year, day.Month, 20).AddMonths(1);
        sale.AmountDue = paid ? 0 : sale.Amount;
        Detail(sale, net, "200", "OUTPUT2", [books.Post(day, "610", sale.Amount, document: sale), books.Post(day, "200", -net, document: sale), books.Post(day, "820", net - sale.Amount, document: sale)]);
        if (paid)
        {
            Pay(sale, day.AddDays(28), "610");
        }
    }

    private void Bill(DateOnly day, int supplier)
    {
        var net = books.Between(supplier == 0 ? 4_000 : 120, supplier == 0 ? 18_000 : 2_400);
        var paid = day < new DateOnly(2026, 10, 5);
        var status = paid ? "PAID" : day > new DateOnly(2026, 11, 17) ? "DRAFT" : "AUTHORISED";
        var bill = Make(TransactionTypes.Bill, day, Suppliers[supplier], supplier == 0 ? "Huila EP, 2,400 kg at USD 7.90" : "Monthly account", net, status, Directions.Out);
        bill.DueDate = day.AddDays(30);
        bill.AmountDue = paid ? 0 : bill.Amount;
        LedgerLineView[] posted = status == "DRAFT"
            ? []
            : [books.Post(day, SupplierAccounts[supplier], net, document: bill), books.Post(day, "820", bill.Amount - net, document: bill), books.Post(day, "800", -bill.Amount, document: bill)];
        Detail(bill, net, SupplierAccounts[supplier], "INPUT2", posted);
        if (paid)
        {
            Pay(bill, day.AddDays(30), "800");
        }
    }

    private void Spend(DateOnly day)
    {
        var net = books.Between(12, 240);
        string[] texts = ["FUELCO 1423 PETONE", "METRO COURIER NZ 88121", "SQ *THE CORNER", "PARKWELL WGTN"];
        var spend = Make(TransactionTypes.Spend, day, null, texts[books.Pick(texts.Length)], net, "AUTHORISED", Directions.Out);
        spend.IsReconciled = day < new DateOnly(2026, 11, 5);
        Detail(spend, net, "420", "INPUT2", [books.Post(day, "420", net, document: spend), books.Post(day, "820", spend.Amount - net, document: spend), books.Post(day, "094", -spend.Amount, document: spend)]);
    }

    private void Pay(Transaction document, DateOnly day, string control)
    {
        var sign = document.Direction == Directions.In ? 1 : -1;
        var payment = Make(TransactionTypes.Payment, day, document.ContactName, $"Payment of {document.Number}", document.Amount, "AUTHORISED", document.Direction, taxed: false);
        (payment.Number, payment.IsReconciled) = (document.Number, true);
        Detail(payment, payment.Amount, null, null, [books.Post(day, "090", sign * payment.Amount, document: payment), books.Post(day, control, -sign * payment.Amount, document: payment)]);
        var allocation = new Allocation { TenantId = books.Company.Id, Id = payment.XeroId, SourceXeroId = payment.XeroId, TargetXeroId = document.XeroId, Amount = document.Amount, EffectiveDate = day };
        books.Transactions.Details[payment.Id] = books.Transactions.Details[payment.Id] with { Allocations = [new AllocationView(allocation, true, document)], Lines = [] };
        books.Transactions.Details[document.Id] = books.Transactions.Details[document.Id] with { Allocations = [new AllocationView(allocation, false, payment)] };
    }

    private Transaction Make(string type, DateOnly day, string? contact, string text, decimal net, string status, string direction, bool taxed = true)
    {
        var total = taxed ? Math.Round(net * 1.15m, 2) : net;
        var made = new Transaction
        {
            TenantId = books.Company.Id,
            XeroId = Guid.NewGuid(),
            Type = type,
            Date = day,
            ContactId = contact is null ? null : _contacts.TryGetValue(contact, out var known) ? known : _contacts[contact] = Guid.NewGuid(),
            ContactName = contact,
            Description = text,
            Reference = type == TransactionTypes.Bill ? $"PO-{_number % 700}" : null,
            Number = type == TransactionTypes.Invoice ? $"INV-{_number}" : type == TransactionTypes.Bill ? $"SP-{_number + 17_000}" : null,
            Amount = total,
            BaseAmount = direction == Directions.In ? total : -total,
            AbsoluteAmount = total,
            Status = status,
            Direction = direction,
            CurrencyCode = "NZD",
        };
        _number++;
        books.Transactions.Transactions.Add(made);
        return made;
    }

    private void Detail(Transaction document, decimal net, string? code, string? tax, LedgerLineView[] posted)
    {
        var line = new TransactionLine { TenantId = books.Company.Id, TransactionId = document.Id, LineNumber = 1, Description = document.Description, AccountCode = code, Quantity = 1, UnitPrice = net, Net = net, Tax = document.Amount - net, TaxType = tax };
        var url = XeroLinks.Document(books.Company.ShortCode, DocumentKind.Invoice, document.XeroId, document.Direction == Directions.In);
        books.Transactions.Details[document.Id] = new TransactionDetail(document, [line], [], posted, url);
    }
}
