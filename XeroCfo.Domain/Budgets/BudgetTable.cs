using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;

namespace XeroCfo.Domain.Budgets;

/// <summary>What is wrong at a place of a table. Rows and columns count from 1, as a spreadsheet shows them.</summary>
/// <param name="Row">The row.</param>
/// <param name="Column">The column; null: it is about the whole row.</param>
/// <param name="Text">For people.</param>
public sealed record TableMessage(int Row, int? Column, string Text)
{
    /// <summary>"Row 3, column D".</summary>
    public string Place => Column is { } column ? $"Row {Row}, column {Letters(column)}" : $"Row {Row}";

    private static string Letters(int column) => column <= 26 ? ((char)('A' + column - 1)).ToString() : Letters((column - 1) / 26) + Letters(((column - 1) % 26) + 1);
}

/// <summary>A table as it was read: lines, or what keeps it from being taken. Nothing is taken while a message stands.</summary>
/// <param name="Lines">By account and month; display sign.</param>
/// <param name="Messages">What is wrong, by place.</param>
/// <param name="Passed">Rows that are totals or headings and were passed over.</param>
public sealed record TableReading(IReadOnlyList<BudgetLineInput> Lines, IReadOnlyList<TableMessage> Messages, int Passed)
{
    /// <summary>How many accounts have lines.</summary>
    public int Accounts => Lines.Select(line => line.AccountId).Distinct().Count();
}

/// <summary>
/// Reads a budget out of a table: a row for each account, a column for each month; or a row for each amount, with the columns account, month
/// and amount. Pure.
/// </summary>
public sealed class BudgetTable
{
    private static readonly string[] CodeHeads = ["code", "account code", "accountcode", "account no", "account number"];
    private static readonly string[] NameHeads = ["account", "account name", "accountname", "name", "*account"];
    private static readonly string[] IdHeads = ["accountid", "account id"];
    private static readonly string[] MonthHeads = ["month", "period"];
    private static readonly string[] AmountHeads = ["amount", "budget", "value"];
    private static readonly string[] OtherHeads = ["", "total", "year", "full year", "sum", "type", "class", "section", "notes", "note", "source", "tag"];
    // Whole names only: an account that nobody knows must be told, not dropped because its name begins like a sum.
    private static readonly HashSet<string> SumRows = new(StringComparer.OrdinalIgnoreCase)
    {
        "total", "totals", "grand total", "gross profit", "gross surplus", "gross margin", "operating profit", "operating surplus", "ebit", "ebitda", "profit before tax", "net profit before tax",
        "net profit", "net profit after tax", "net profit (loss)", "net profit/(loss)", "net profit or loss", "net loss", "net income", "net surplus", "surplus", "surplus (deficit)", "surplus/(deficit)", "deficit",
    };

    // Behind "total".
    private static readonly HashSet<string> SummedSections = new(StringComparer.OrdinalIgnoreCase)
    {
        "income", "revenue", "sales", "turnover", "trading income", "operating income", "other income", "cost of sales", "cost of goods sold", "direct costs", "costs", "expenses", "operating expenses", "overheads",
        "other expenses", "budget",
    };

    private readonly IReadOnlyList<IReadOnlyList<string>> _cells;
    private readonly BudgetAccountFinder _accounts;
    private readonly List<TableMessage> _messages = [];
    private readonly Dictionary<(Guid Account, Month Month), (decimal Amount, int Row)> _lines = [];
    private readonly Dictionary<int, Month> _months = [];
    private int _passed;
    private (int Code, int Name, int Id, int Month, int Amount) _places = (-1, -1, -1, -1, -1);

    private BudgetTable(IReadOnlyList<IReadOnlyList<string>> cells, IReadOnlyList<Account> chart) => (_cells, _accounts) = (cells, new BudgetAccountFinder(chart));

    /// <param name="cells">Row by row, as text; the first row with anything names the columns.</param>
    /// <param name="chart">The accounts.</param>
    public static TableReading Read(IReadOnlyList<IReadOnlyList<string>> cells, IReadOnlyList<Account> chart) => new BudgetTable(cells, chart).Read();

    private TableReading Read()
    {
        var head = _cells.Index().Where(row => row.Item.Any(cell => !string.IsNullOrWhiteSpace(cell))).Select(row => row.Index).FirstOrDefault(-1);
        if (head < 0)
        {
            return new TableReading([], [new TableMessage(1, null, "The table is empty.")], 0);
        }

        for (var row = ReadHead(head) ? head + 1 : _cells.Count; row < _cells.Count; row++)
        {
            ReadRow(row);
        }

        if (_messages.Count == 0 && _lines.Count == 0)
        {
            _messages.Add(new TableMessage(head + 1, null, "No row below has an amount."));
        }

        if (_lines.Count > BudgetService.MostLines)
        {
            _messages.Add(new TableMessage(head + 1, null, $"These are {_lines.Count} amounts; a budget has at most {BudgetService.MostLines}."));
        }

        return new TableReading([.. _lines.Select(line => new BudgetLineInput(line.Key.Account, line.Key.Month, line.Value.Amount))], _messages, _passed);
    }

    // False where nothing below can be understood.
    private bool ReadHead(int row)
    {
        var cells = _cells[row];
        var heads = cells.Select(cell => cell.Trim().TrimStart('*').ToLowerInvariant()).ToList();
        _places = (At(heads, CodeHeads), At(heads, NameHeads), At(heads, IdHeads), At(heads, MonthHeads), At(heads, AmountHeads));
        var isLong = _places is { Month: >= 0, Amount: >= 0 };
        for (var column = 0; column < cells.Count && !isLong; column++)
        {
            ReadMonth(row, column, cells[column], heads[column]);
        }

        if (_places is { Code: < 0, Name: < 0, Id: < 0 })
        {
            _messages.Insert(0, new TableMessage(row + 1, null, "No column names the accounts: call one Code or Account."));
            return false;
        }

        if (!isLong && _months.Count == 0)
        {
            _messages.Insert(0, new TableMessage(row + 1, null, "No column is a month: call them like 2026-04 or Apr 2026."));
            return false;
        }

        return true;
    }

    private void ReadMonth(int row, int column, string cell, string head)
    {
        if (column == _places.Code || column == _places.Name || column == _places.Id || OtherHeads.Contains(head))
        {
            return;
        }

        if (BudgetText.Month(cell) is not { } month)
        {
            _messages.Add(new TableMessage(row + 1, column + 1, $"“{Short(cell)}” is no month: write it like 2026-04 or Apr 2026."));
        }
        else if (_months.ContainsValue(month))
        {
            _messages.Add(new TableMessage(row + 1, column + 1, $"{month} is there twice."));
        }
        else
        {
            _months[column] = month;
        }
    }

    private void ReadRow(int row)
    {
        var amounts = _places is { Month: >= 0, Amount: >= 0 } ? [(_places.Amount, Cell(row, _places.Amount))] : _months.Keys.Select(column => (Column: column, Text: Cell(row, column))).ToList();
        var filled = amounts.FindAll(amount => amount.Item2.Length > 0);
        var name = Named(row);
        if (name.Length == 0 && filled.Count == 0)
        {
            return;
        }

        var (account, wrong) = _accounts.Find(Cell(row, _places.Id), Cell(row, _places.Code), Cell(row, _places.Name));
        if (account is null)
        {
            // A heading, or a sum of what stands above.
            if (filled.Count == 0 || IsSum(name))
            {
                _passed++;
                return;
            }

            _messages.Add(new TableMessage(row + 1, AccountColumn, wrong!));
            return;
        }

        if (!account.IsProfitAndLoss && filled.Count > 0)
        {
            _messages.Add(new TableMessage(row + 1, AccountColumn, $"{account.Name} stands on the balance sheet: a budget plans income and expenses."));
            return;
        }

        foreach (var (column, text) in filled)
        {
            ReadAmount(row, column, text, account);
        }
    }

    private void ReadAmount(int row, int column, string text, Account account)
    {
        var month = _months.TryGetValue(column, out var known) ? known : BudgetText.Month(Cell(row, _places.Month));
        if (month is not { } planned)
        {
            _messages.Add(new TableMessage(row + 1, _places.Month + 1, $"“{Short(Cell(row, _places.Month))}” is no month: write it like 2026-04 or Apr 2026."));
            return;
        }

        var (amount, wrong) = BudgetText.Amount(text);
        if (wrong is not null)
        {
            _messages.Add(new TableMessage(row + 1, column + 1, $"“{Short(text)}” {wrong}"));
        }
        else if (!_lines.TryAdd((account.AccountId, planned), (amount, row)))
        {
            _messages.Add(new TableMessage(row + 1, column + 1, $"{account.Name} has an amount for {planned} in row {_lines[(account.AccountId, planned)].Row + 1} already."));
        }
    }

    private int? AccountColumn => new[] { _places.Code, _places.Name, _places.Id }.Where(place => place >= 0).Select(place => (int?)place + 1).FirstOrDefault();

    private static bool IsSum(string name)
    {
        var words = name.Trim().TrimEnd(':');
        return SumRows.Contains(words) || (words.StartsWith("total ", StringComparison.OrdinalIgnoreCase) && SummedSections.Contains(words[6..].Trim()));
    }

    private string Named(int row) => Cell(row, _places.Name) is { Length: > 0 } name ? name : Cell(row, _places.Code) is { Length: > 0 } code ? code : Cell(row, _places.Id);

    private string Cell(int row, int column) => column >= 0 && column < _cells[row].Count ? _cells[row][column].Trim() : "";

    private static int At(List<string> heads, string[] words) => heads.FindIndex(head => words.Contains(head));

    private static string Short(string text) => TextRules.Limit(text.Trim(), 40);
}
