using XeroCfo.Domain.Budgets;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Web.Shared.Files;

namespace XeroCfo.Web.Budgets;

/// <summary>An account's row of the grid, with an amount or nothing for each month of the year that is shown.</summary>
public sealed record SheetRow(Domain.Ledger.Account Account, StatementSection Section);

/// <summary>A budget while it is changed: accounts × months of one financial year at a time, the other years kept beside. It decides what may stand in a cell.</summary>
public sealed class BudgetSheet
{
    private static readonly StatementSection[] Order = [StatementSection.Income, StatementSection.CostOfSales, StatementSection.OtherIncome, StatementSection.OperatingExpenses];

    private readonly Dictionary<(Guid Account, Month Month), decimal> _amounts;
    private readonly Dictionary<(Guid Account, Month Month), decimal> _kept;

    /// <param name="view">The budget.</param>
    /// <param name="chart">All accounts.</param>
    /// <param name="months">Of the year that is shown.</param>
    /// <param name="all">Accounts without any amount too.</param>
    public BudgetSheet(BudgetView view, IReadOnlyList<Domain.Ledger.Account> chart, IReadOnlyList<Month> months, bool all)
    {
        _amounts = view.Lines.ToDictionary(line => (line.AccountId, Month.Of(line.Month)), line => line.Amount);
        (_kept, Months) = (new(_amounts), months);
        Rows = RowsOf(chart, all);
    }

    public IReadOnlyList<Month> Months { get; private set; }

    /// <summary>By section, then as the chart has them.</summary>
    public IReadOnlyList<SheetRow> Rows { get; private set; }

    public IEnumerable<StatementSection> Sections => Order.Where(section => Rows.Any(row => row.Section == section));

    /// <summary>How many amounts differ from what is kept.</summary>
    public int Changes => _amounts.Count(amount => !_kept.TryGetValue(amount.Key, out var kept) || kept != amount.Value) + _kept.Keys.Count(key => !_amounts.ContainsKey(key));

    /// <summary>All lines as they are to be, those of other years too.</summary>
    public IReadOnlyList<BudgetLineInput> Lines => [.. _amounts.OrderBy(amount => amount.Key.Account).ThenBy(amount => amount.Key.Month).Select(amount => new BudgetLineInput(amount.Key.Account, amount.Key.Month, amount.Value))];

    /// <summary>Shows another year, or other rows; what was changed stays changed.</summary>
    public void Show(IReadOnlyList<Domain.Ledger.Account> chart, IReadOnlyList<Month> months, bool all)
    {
        Months = months;
        Rows = RowsOf(chart, all);
    }

    public decimal? At(SheetRow row, Month month) => _amounts.TryGetValue((row.Account.AccountId, month), out var amount) ? amount : null;

    public decimal Total(SheetRow row) => Months.Sum(month => At(row, month) ?? 0);

    /// <summary>A section in a month; display sign.</summary>
    public decimal Total(StatementSection section, Month month) => Rows.Where(row => row.Section == section).Sum(row => At(row, month) ?? 0);

    /// <summary>Income less costs in a month.</summary>
    public decimal Profit(Month month) => Order.Sum(section => (section.IsCredit ? 1 : -1) * Total(section, month));

    /// <summary>Puts text into a cell; null: done, else what is wrong with it.</summary>
    public string? Set(SheetRow row, Month month, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            Put(row, month, null);
            return null;
        }

        var (amount, wrong) = BudgetText.Amount(text);
        if (wrong is not null)
        {
            return $"{row.Account.Name}, {BudgetWords.Of(month)}: “{TextRules.Limit(text.Trim(), 40)}” {wrong}";
        }

        Put(row, month, amount);
        return null;
    }

    /// <summary>Puts a block from a spreadsheet at a cell and to its right and below; all of it, or nothing and what is wrong by place.</summary>
    public (int Filled, IReadOnlyList<TableMessage> Wrong) Paste(int firstRow, int firstColumn, string text)
    {
        var wrong = new List<TableMessage>();
        var cells = new List<(SheetRow Row, Month Month, decimal? Amount)>();
        foreach (var (down, line) in DelimitedText.Read(text).Index())
        {
            foreach (var (right, cell) in line.Index())
            {
                var (row, column) = (firstRow + down, firstColumn + right);
                if (row >= Rows.Count || column >= Months.Count)
                {
                    if (cell.Trim().Length > 0)
                    {
                        wrong.Add(new TableMessage(down + 1, right + 1, row >= Rows.Count ? "is below the last account." : "is beyond the last month."));
                    }

                    continue;
                }

                var (amount, problem) = cell.Trim().Length == 0 ? (null, null) : Read(cell);
                cells.Add((Rows[row], Months[column], amount));
                if (problem is not null)
                {
                    wrong.Add(new TableMessage(down + 1, right + 1, $"“{TextRules.Limit(cell.Trim(), 40)}” {problem}"));
                }
            }
        }

        if (wrong.Count > 0)
        {
            return (0, wrong);
        }

        foreach (var (row, month, amount) in cells)
        {
            Put(row, month, amount);
        }

        return (cells.Count, []);
    }

    /// <summary>The amount of a cell in all later months of the year too.</summary>
    public void FillRight(SheetRow row, Month from)
    {
        var amount = At(row, from);
        foreach (var month in Months.Where(month => month > from))
        {
            Put(row, month, amount);
        }
    }

    private void Put(SheetRow row, Month month, decimal? amount)
    {
        if (amount is { } some)
        {
            _amounts[(row.Account.AccountId, month)] = some;
        }
        else
        {
            _amounts.Remove((row.Account.AccountId, month));
        }
    }

    private static (decimal? Amount, string? Wrong) Read(string cell)
    {
        var (amount, wrong) = BudgetText.Amount(cell);
        return wrong is null ? (amount, null) : (null, wrong);
    }

    private List<SheetRow> RowsOf(IReadOnlyList<Domain.Ledger.Account> chart, bool all)
    {
        var planned = _amounts.Keys.Concat(_kept.Keys).Select(key => key.Account).ToHashSet();
        return
        [
            .. from section in Order
               from account in chart
               where account.IsProfitAndLoss && StatementSection.Of(account) == section && (planned.Contains(account.AccountId) || (all && account.Status == "ACTIVE"))
               select new SheetRow(account, section),
        ];
    }
}
