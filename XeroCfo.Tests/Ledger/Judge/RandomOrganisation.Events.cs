using XeroCfo.Data.Xero.Demo;

namespace XeroCfo.Tests.Ledger.Judge;

internal sealed partial class RandomOrganisation
{
    private void Happen(int what)
    {
        switch (what)
        {
            case 0 or 1 or 2:
                Keep(_invoices, Books.Invoice(Document("Customer", "OUTPUT2")));
                break;
            case 3 or 4 or 5:
                Keep(_invoices, Books.Bill(Document("Supplier", "INPUT2")));
                break;
            case 6:
                Keep(_notes, Books.CreditNote(Document("Customer", "OUTPUT2")));
                break;
            case 7:
                Keep(_notes, Books.SupplierCredit(Document("Supplier", "INPUT2")));
                break;
            case 8 or 9:
                Keep(_credits, Prepay());
                break;
            case 10:
                Keep(_credits, Overpay());
                break;
            case 11:
                Keep(_bank, Chance(50) ? Books.Spend(Money("INPUT2", true)) : Books.Receive(Money("OUTPUT2", true)));
                break;
            case 12:
                Transfer();
                break;
            case 13:
                Journal();
                break;
            case 14 or 15 or 16:
                Pay();
                break;
            case 17 or 18 or 19:
                Allocate();
                break;
            case 20:
                Refund();
                break;
            case 21:
                Batch();
                break;
            case 22:
                Void();
                break;
            case 23:
                Edit();
                break;
            case 24 when Open(_notes, _credits) is { } taken:
                Books.RemoveAllocations(taken, Day());
                break;
            default:
                Housekeeping();
                break;
        }
    }

    private static void Keep(List<Guid> list, Guid id) => list.Add(id);

    private Guid Prepay()
    {
        var sale = Chance(60);
        var money = Money(sale ? "OUTPUT2" : "INPUT2", false);
        return sale ? Books.ReceivePrepayment(money) : Books.SpendPrepayment(money);
    }

    private Guid Overpay()
    {
        var currency = Pick(Currencies);
        return Chance(60)
            ? Books.ReceiveOverpayment(Day(), BankOf(currency), "Customer 1", Amount(), Rate(currency))
            : Books.SpendOverpayment(Day(), BankOf(currency), "Supplier 1", Amount(), Rate(currency));
    }

    private void Transfer()
    {
        var (from, to) = (Pick(Currencies), Pick(Currencies));
        var bank = BankOf(to) == BankOf(from) ? "091" : BankOf(to);
        _others.Add(Books.Transfer(new FakeTransfer(Day(), BankOf(from), bank, Amount())
        {
            Received = bank == "091" && from == "NZD" ? null : Amount(),
            FromRate = Rate(from),
            ToRate = bank == "091" ? 1m : Rate(to),
            FromTracking = Chance(30) ? [("Region", "North")] : [],
        }));
    }

    // The last line makes it balance, tax included.
    private void Journal()
    {
        var types = Pick(["NoTax", "Exclusive", "Inclusive"]);
        var (first, second) = (Amount(), -Amount());
        decimal[] taxes = types switch
        {
            "Exclusive" => [Cents(first * 0.15m), 0m],
            _ => [0m, 0m],
        };
        Keep(_journals, Books.ManualJournal(new FakeManualJournal(Day(), "Journal", new FakeLine("429", first, "INPUT2"), new FakeLine("no code", second), new FakeLine("803", -(first + second + taxes.Sum())))
        {
            LineAmountTypes = types,
            Status = Chance(15) ? "DRAFT" : "POSTED",
        }));
    }

    private void Pay()
    {
        if (Open(_invoices) is not { } invoice || Books.Due(invoice) is var due && due <= 0m)
        {
            return;
        }

        var currency = CurrencyOf("Invoices", invoice);
        var bank = Chance(70) ? BankOf(currency) : Pick(["090", "092", "093"]);
        if (Books.Payment(invoice, Day(), bank, Chance(50) ? null : Part(due), rate: Rate(currency), bankRate: bank == "090" || bank == BankOf(currency) ? null : Rate("USD")) is { } payment)
        {
            _others.Add(payment);
        }
    }

    private void Allocate()
    {
        if (Open(_notes, _credits) is not { } credit || Books.Remaining(credit) is var left && left <= 0m || !Stands(credit))
        {
            return;
        }

        var fitting = _invoices.Where(invoice => !_gone.Contains(invoice) && Books.Due(invoice) > 0m && Stands(invoice) && Fits(credit, invoice)).ToList();
        if (fitting.Count > 0)
        {
            var invoice = Pick(fitting);
            var most = Math.Min(left, Books.Due(invoice));
            Books.Allocate(credit, invoice, Day(), Chance(60) ? most : Part(most));
        }
    }

    private void Refund()
    {
        if (Open(_notes, _credits) is not { } credit || Books.Remaining(credit) is var left && left <= 0m || !Stands(credit))
        {
            return;
        }

        var currency = CurrencyOf(EndpointOf(credit), credit);
        var bank = Chance(70) ? BankOf(currency) : "090";
        _others.Add(Books.Refund(credit, Day(), bank, Chance(60) ? left : Part(left), Rate(currency)));
    }

    private void Batch()
    {
        var bills = _invoices.Where(id => !_gone.Contains(id) && Stands(id) && Books.Due(id) > 0m && CurrencyOf("Invoices", id) == "NZD")
            .GroupBy(id => (string)Books.Organisation.Find("Invoices", id)!["Type"]!).FirstOrDefault();
        if (bills is not null)
        {
            _others.Add(Books.BatchPayment(Day(), "090", [.. bills.Take(3)]));
        }
    }

    private void Void()
    {
        if (Open(_invoices, _notes, _credits, _bank, _journals, _others) is not { } id)
        {
            return;
        }

        try
        {
            Books.Void(id, Day());
            _gone.Add(id);
        }
        catch (InvalidOperationException)
        {
            // Paid or used: Xero refuses.
        }
    }

    // Documents that are paid or used keep their amounts, as Xero has it; other accounts may still be chosen for their lines.
    private void Edit()
    {
        if (Open(_invoices, _notes) is { } document)
        {
            var json = Books.Organisation.Find(EndpointOf(document), document)!;
            var untouched = EndpointOf(document) == "Invoices" ? (decimal)json["AmountPaid"]! + (decimal)json["AmountCredited"]! == 0m : (decimal)json["RemainingCredit"]! == (decimal)json["Total"]!;
            Books.Edit(document, old => untouched && old.Status == "AUTHORISED"
                ? old with { Date = Day(), Lines = Lines("INPUT2"), RoundingDifference = 0m }
                : old with { Lines = [.. old.Lines.Select(line => line with { Account = Pick(LineAccounts) })] }, Day());
        }

        if (Open(_bank) is { } money)
        {
            Books.EditBankTransaction(money, old => old with { Lines = Lines("OUTPUT2", true), Date = Day() }, Day());
        }

        if (Open(_journals) is { } journal)
        {
            Books.EditManualJournal(journal, old => old with { Date = Day(), Status = "POSTED" }, Day());
        }
    }

    private void Housekeeping()
    {
        switch (_random.Below(4))
        {
            case 0:
                Books.MergeContact($"Merged {_merges++}", "Customer 0", Day());
                break;
            case 1:
                Books.ArchiveAccount("no code", Day());
                break;
            case 2:
                Books.RepeatingInvoice(new FakeRepeatingInvoice(true, Document("Customer", "OUTPUT2"), Day()));
                break;
            default:
                Books.MergeContact("Customer 4", "Customer 3", Day());
                break;
        }
    }

    private decimal Part(decimal whole) => Math.Max(0.01m, Cents(whole * _random.Between(1, 99) / 100m));

    private static decimal Cents(decimal amount) => decimal.Round(amount, 2, MidpointRounding.AwayFromZero);

    private bool Stands(Guid id) => (string)Books.Organisation.Find(EndpointOf(id), id)!["Status"]! is "AUTHORISED" or "PAID";

    private bool Fits(Guid credit, Guid invoice)
    {
        var isSale = (string)Books.Organisation.Find(EndpointOf(credit), credit)!["Type"]! is "ACCRECCREDIT" or "RECEIVE-OVERPAYMENT" or "RECEIVE-PREPAYMENT";
        return isSale == ((string)Books.Organisation.Find("Invoices", invoice)!["Type"]! == "ACCREC") && CurrencyOf(EndpointOf(credit), credit) == CurrencyOf("Invoices", invoice);
    }

    private string CurrencyOf(string endpoint, Guid id) => (string)Books.Organisation.Find(endpoint, id)!["CurrencyCode"]!;

    private string EndpointOf(Guid id) => _invoices.Contains(id) ? "Invoices"
        : _notes.Contains(id) ? "CreditNotes"
        : Books.Organisation.Find("Prepayments", id) is null ? "Overpayments" : "Prepayments";
}
