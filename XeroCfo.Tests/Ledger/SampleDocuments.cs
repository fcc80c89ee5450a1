using XeroCfo.Domain.Ledger;
using static XeroCfo.Tests.Ledger.UsualChart;

namespace XeroCfo.Tests.Ledger;

/// <summary>One document of each kind, for tests of pure rules.</summary>
internal static class SampleDocuments
{
    public static readonly DateOnly Day = new(2026, 6, 10);

    public static DocumentLine Line(string code, decimal net, decimal tax = 0) => new() { AccountId = Id(code), AccountCode = code, Net = net, Tax = tax };

    public static Invoice Sale(decimal total, params DocumentLine[] lines) => Invoice(true, total, lines);

    public static Invoice Bill(decimal total, params DocumentLine[] lines) => Invoice(false, total, lines);

    public static BankTransaction Bank(string type, decimal total, params DocumentLine[] lines) => new()
    {
        XeroId = Id("2"),
        Date = Day,
        Status = "AUTHORISED",
        CurrencyCode = "NZD",
        Total = total,
        Lines = lines,
        XeroType = type,
        BankAccountId = Id("090"),
    };

    public static Payment Pay(string type, decimal amount) => new()
    {
        XeroId = Id("3"),
        Date = Day,
        Status = "AUTHORISED",
        CurrencyCode = "NZD",
        Total = amount,
        PaymentType = type,
        BankAccountId = Id("090"),
        SettledXeroId = Id("1"),
    };

    public static BankTransfer Transfer(decimal amount) => new()
    {
        XeroId = Id("4"),
        Date = Day,
        Status = "AUTHORISED",
        Total = amount,
        FromAccountId = Id("090"),
        ToAccountId = Id("091"),
    };

    public static ManualJournal Journal(params DocumentLine[] lines) => new() { XeroId = Id("5"), Date = Day, Status = "POSTED", Lines = lines };

    /// <summary>A credit note; amounts positive.</summary>
    public static CreditNote Credit(bool isSale, decimal total, params DocumentLine[] lines) => new()
    {
        XeroId = Id("6"),
        Date = Day,
        Status = "AUTHORISED",
        CurrencyCode = "NZD",
        Total = total,
        Lines = lines,
        IsSale = isSale,
    };

    private static Invoice Invoice(bool isSale, decimal total, DocumentLine[] lines) => new()
    {
        XeroId = Id("1"),
        Date = Day,
        Status = "AUTHORISED",
        CurrencyCode = "NZD",
        Total = total,
        Lines = lines,
        IsSale = isSale,
    };
}
