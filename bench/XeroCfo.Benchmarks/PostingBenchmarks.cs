using BenchmarkDotNet.Attributes;
using XeroCfo.Domain.Ledger;

namespace XeroCfo.Benchmarks;

/// <summary>The posting rules alone: one invoice of two lines.</summary>
[MemoryDiagnoser]
public class PostingBenchmarks
{
    private static readonly Account Sales = Account("200", "REVENUE", null);

    private readonly ChartOfAccounts _chart = new([Sales, Account("610", "CURRENT", SystemAccounts.Debtors), Account("820", "CURRLIAB", SystemAccounts.SalesTax)]);

    private readonly Invoice _invoice = new()
    {
        XeroId = Guid.NewGuid(),
        Date = new DateOnly(2026, 10, 1),
        Status = "AUTHORISED",
        IsSale = true,
        Total = 115m,
        Lines = [new DocumentLine { AccountId = Sales.AccountId, Net = 60m, Tax = 9m }, new DocumentLine { AccountId = Sales.AccountId, Net = 40m, Tax = 6m }],
    };

    [Benchmark]
    public int Post() => PostingRules.Post(_invoice, _chart, "NZD").Value.Lines.Count;

    private static Account Account(string code, string type, string? system) =>
        new() { AccountId = Guid.NewGuid(), Code = code, Name = code, Type = type, Class = "ASSET", SystemAccount = system };
}
