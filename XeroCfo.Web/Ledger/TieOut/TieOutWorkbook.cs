using System.Globalization;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Tenants;
using XeroCfo.Web.Shared;
using XeroCfo.Web.Shared.Files;

namespace XeroCfo.Web.Ledger.TieOut;

/// <summary>The tie-out as a workbook: a sheet for each month, the same rows and sums as on the page. Pure.</summary>
public static class TieOutWorkbook
{
    private const int HeadRow = 5;
    private const int FirstMoney = 4;

    private static readonly (string Text, double Width)[] Columns =
    [
        ("Code", 9), ("Account", 34), ("Type", 18), ("Class", 12), ("Opening", 16), ("Documents", 16), ("Expected Xero-only", 21), ("Unexplained", 14), ("Ours", 16), ("Xero", 16), ("Difference", 13),
    ];

    /// <summary>"Tui-and-Ash_Tie-out_2024-09_2026-10.xlsx".</summary>
    public static string FileName(XeroTenant organisation, IReadOnlyList<TieOutMonth> months) =>
        $"{FileNames.Plain(organisation.Name)}_Tie-out_{months[0].Month}_{months[^1].Month}.xlsx";

    /// <summary>The sheet of a month.</summary>
    public static Sheet Of(XeroTenant organisation, TieOutMonth month)
    {
        var rows = new List<IReadOnlyList<Cell>>
        {
            new Cell[] { new($"{organisation.Name}: tie-out to Xero at {DateWords.Of(month.Balance.Date)}", CellLook.Title) },
            new Cell[] { new(TieOutWords.Hero(month, MoneyFormat.Of(organisation.CountryCode)), CellLook.Note) },
            new Cell[] { new(AsOf(organisation, month), CellLook.Note) },
            Array.Empty<Cell>(),
            Columns.Select((column, index) => new Cell(column.Text, index >= FirstMoney ? CellLook.HeadRight : CellLook.Head)).ToArray(),
        };
        foreach (var section in TrialBalanceView.Of(month.Balance, TrialBalanceShow.All, MoneyFormat.Neutral).Sections)
        {
            rows.Add([.. Columns.Select((_, index) => new Cell(index == 1 ? section.Heading : null, CellLook.Section))]);
            var first = rows.Count + 1;
            rows.AddRange(section.Rows.Select(row => Account(row, section.Heading)));
            rows.Add(Sum($"Total {section.Heading.ToLowerInvariant()}", section.Totals, first, rows.Count, CellLook.SubtotalText));
        }

        rows.Add(Sum("Total", month.Balance.Totals, HeadRow + 1, rows.Count, CellLook.TotalText));
        AddParts(rows, month);
        return new Sheet(month.Month.ToString(), [.. Columns.Select(column => column.Width)], rows, HeadRow, 2);
    }

    private static string AsOf(XeroTenant organisation, TieOutMonth month) => string.Create(
        CultureInfo.InvariantCulture,
        $"{organisation.BaseCurrency}, debit positive, credit negative. Xero read {Instant(month.Balance.XeroReadAt)}, documents to {Instant(organisation.DataAsOf)}, ledger version {organisation.LedgerVersion}. "
        + $"Stands on documents: {Word(month.Balance.StandsOnDocuments)}; {month.ToConfirm} expected parts not confirmed.");

    private static string Instant(DateTime? utc) => utc?.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) ?? "never";

    private static string Word(CheckStatus status) => status switch
    {
        CheckStatus.Pass => "yes",
        CheckStatus.Fail => "no",
        _ => "not known",
    };

    private static Cell[] Account(TrialBalanceRow row, string heading) =>
    [
        new(row.Code), new(row.Name), new(LedgerWords.AccountType(row.Type)), new(heading),
        .. new decimal?[] { row.Opening, row.Documents, row.ExpectedXeroOnly, row.Unexplained, row.Balance, row.XeroBalance, row.Difference }.Select(amount => new Cell(amount, CellLook.Money)),
    ];

    // Subtotals leave each other out, so that the last row adds up accounts only, as the others do.
    private static Cell[] Sum(string words, TrialBalanceTotals totals, int first, int last, CellLook text)
    {
        var money = text == CellLook.TotalText ? CellLook.TotalMoney : CellLook.SubtotalMoney;
        decimal?[] sums = [totals.Opening, totals.Documents, totals.ExpectedXeroOnly, totals.Unexplained, totals.Balance, totals.XeroBalance, totals.Difference];
        return
        [
            new(null, text), new(words, text), new(null, text), new(null, text),
            .. sums.Select((sum, index) => new Cell(sum, money) { Formula = $"SUBTOTAL(9,{Sheet.Letters(FirstMoney + index)}{first}:{Sheet.Letters(FirstMoney + index)}{last})" }),
        ];
    }

    private static void AddParts(List<IReadOnlyList<Cell>> rows, TieOutMonth month)
    {
        var accounts = month.Balance.Rows.ToDictionary(row => row.AccountId);
        var parts = month.Parts.SelectMany(account => account).Where(part => accounts.ContainsKey(part.AccountId)).ToList();
        if (parts.Count == 0)
        {
            return;
        }

        rows.Add([]);
        rows.Add([Cell.Empty, new("What only Xero's trial balance knows", CellLook.Title)]);
        string[] heads = ["Code", "Account", "Month end", "Kind", "Amount", "State", "Confirmed by", "Note"];
        rows.Add([.. heads.Select((head, index) => new Cell(head, index == FirstMoney ? CellLook.HeadRight : CellLook.Head))]);
        rows.AddRange(parts.OrderBy(part => part.Date).ThenBy(part => accounts[part.AccountId].Code, StringComparer.Ordinal).Select(part => new Cell[]
        {
            new(accounts[part.AccountId].Code), new(accounts[part.AccountId].Name), new(part.Date, CellLook.Day), new(TieOutWords.Kind(part.Kind)), new(part.Amount, CellLook.Money),
            new(TieOutWords.State(part.State).Words), new(part.ConfirmedBy), new(part.Note),
        }));
    }
}
