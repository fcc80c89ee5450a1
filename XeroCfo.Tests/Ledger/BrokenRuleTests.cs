using Microsoft.EntityFrameworkCore;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Xero;
using XeroCfo.Tests.Support;

namespace XeroCfo.Tests.Ledger;

/// <summary>The books that Xero keeps by itself catch a posting rule that is wrong, whichever it is and however little.</summary>
public sealed class BrokenRuleTests
{
    private static readonly Dictionary<string, Func<IReadOnlyList<LedgerLine>, IEnumerable<LedgerLine>>> Mistakes = new()
    {
        ["signs turned"] = lines => lines.Select(line => With(line, line.AccountId, -line.Amount)),
        ["posted twice"] = lines => [.. lines, .. lines],
        ["not posted"] = _ => [],
        ["two accounts mixed up"] = lines => lines.Select((line, i) => With(line, i == 0 ? lines[1].AccountId : i == 1 ? lines[0].AccountId : line.AccountId, line.Amount)),
        ["a cent too much"] = lines => lines.Select((line, i) => With(line, line.AccountId, line.Amount + (i == 0 ? 0.01m : i == 1 ? -0.01m : 0))),
    };

    public static TheoryData<DocumentKind> Kinds => [DocumentKind.Invoice, DocumentKind.Payment, DocumentKind.BankTransaction, DocumentKind.BankTransfer, DocumentKind.ManualJournal];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_broken_rule_is_unexplained_in_each_month_that_it_touches(DocumentKind kind)
    {
        var small = new SmallBooks();
        await using var books = await SyncedBooks.OfAsync(small.Books, small.Clock);
        await books.SyncWellAsync();
        await using var db = books.Open();
        var lines = await db.LedgerLines.AsNoTracking().Where(line => line.Source == LineSources.Document).OrderBy(line => line.Id).ToListAsync();
        var chart = new ChartOfAccounts(await db.Accounts.AsNoTracking().ToListAsync());
        var readings = (await db.XeroTrialBalances.AsNoTracking().ToListAsync()).ToLookup(row => row.Date);
        var tieOut = new TieOut((await books.OrganisationAsync()).FinancialYear, chart, "NZD", []);

        for (var month = new Month(2025, 1); month <= new Month(2026, 2); month = month.Next)
        {
            var posted = lines.Where(line => Month.Of(line.Date) == month).ToList();
            Assert.DoesNotContain(Differences(month, posted), line => line.Kind == DifferenceKinds.Unexplained);
            foreach (var (name, mistake) in Mistakes.Where(_ => posted.Exists(line => line.DocumentKind == kind)))
            {
                var wrong = posted.GroupBy(line => (line.DocumentKind, line.DocumentXeroId))
                    .SelectMany(document => document.Key.DocumentKind == kind ? mistake([.. document]) : document);
                Assert.True(Differences(month, wrong).Any(line => line.Kind == DifferenceKinds.Unexplained), $"{name} in {month}");
            }
        }

        List<XeroOnlyLine> Differences(Month month, IEnumerable<LedgerLine> posted) =>
        [
            .. tieOut.Lines(
                Reading(month.Previous.End),
                Reading(month.End),
                new DocumentPiece(month.Previous.End, month.End, posted.GroupBy(line => line.AccountId).ToDictionary(account => account.Key, account => account.Sum(line => line.Amount))),
                LineSources.XeroTrialBalance),
        ];

        StoredTrialBalance Reading(DateOnly day) => new(day, DateTime.UnixEpoch, readings[day].ToDictionary(row => row.AccountId, row => row.Balance));
    }

    private static LedgerLine With(LedgerLine line, Guid account, decimal amount) => new() { AccountId = account, Amount = amount, Source = line.Source };
}
