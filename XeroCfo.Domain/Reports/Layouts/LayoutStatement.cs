using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives.Formulas;

namespace XeroCfo.Domain.Reports.Layouts;

/// <summary>The amounts that a column has for the rows of a layout. Debit +.</summary>
/// <param name="Movements">What accounts moved by; null: the column has no figures.</param>
/// <param name="Balances">What stands at its last day; null: the column has none, such as a budget.</param>
public sealed record LayoutColumn(IReadOnlyDictionary<Guid, SourcedAmount>? Movements, IReadOnlyDictionary<Guid, SourcedAmount>? Balances);

/// <summary>The rows of a custom report over all columns. Pure.</summary>
public sealed class LayoutStatement
{
    private readonly IReadOnlyList<LayoutRow> _rows;
    private readonly LayoutAccounts _accounts;
    private readonly IReadOnlyList<LayoutColumn> _columns;
    private readonly bool _showZero;
    private readonly Dictionary<string, LayoutRow> _byId;
    private readonly Dictionary<string, IReadOnlyList<SourcedAmount?>> _amounts = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Row, int Column), string> _reasons = [];

    /// <param name="rows">Of the layout, checked.</param>
    /// <param name="accounts">Its accounts.</param>
    /// <param name="columns">In their order.</param>
    /// <param name="showZero">Accounts without any amount too.</param>
    public LayoutStatement(IReadOnlyList<LayoutRow> rows, LayoutAccounts accounts, IReadOnlyList<LayoutColumn> columns, bool showZero)
    {
        (_rows, _accounts, _columns, _showZero) = (rows, accounts, columns, showZero);
        _byId = rows.ToDictionary(row => row.Id, StringComparer.Ordinal);
        Rows = [.. rows.SelectMany(Of)];
    }

    public IReadOnlyList<StatementRow> Rows { get; }

    /// <summary>Why a row has no amount in a column.</summary>
    public IReadOnlyList<(LayoutRow Row, int Column, string Reason)> Empty =>
        [.. from row in _rows from column in Enumerable.Range(0, _columns.Count) where _reasons.ContainsKey((row.Id, column)) select (row, column, _reasons[(row.Id, column)])];

    private IEnumerable<StatementRow> Of(LayoutRow row)
    {
        var favour = _accounts.FavourOf(row);
        switch (row.Kind)
        {
            case LayoutRowKinds.Heading:
                yield return new StatementRow($"row:{row.Id}", row.Label, ReportRowKind.Section, 0, null, [], Favour.Neutral);
                break;
            case LayoutRowKinds.Group when row.ShowAccounts != false && Lines(row, favour).ToList() is { Count: > 0 } lines:
                yield return new StatementRow($"row:{row.Id}:heading", row.Label, ReportRowKind.Section, 0, null, [], Favour.Neutral);
                foreach (var line in lines)
                {
                    yield return line;
                }

                yield return new StatementRow($"row:{row.Id}", $"Total {Lower(row.Label)}", ReportRowKind.Subtotal, 0, null, Amounts(row), favour);
                break;
            case LayoutRowKinds.Group:
                yield return new StatementRow($"row:{row.Id}", row.Label, ReportRowKind.Line, 0, null, Amounts(row), favour);
                break;
            default:
                yield return new StatementRow($"row:{row.Id}", row.Label, row.Kind == LayoutRowKinds.Percent ? ReportRowKind.Line : ReportRowKind.Total, 0, null, Amounts(row), favour) { Unit = UnitOf(row) };
                break;
        }
    }

    /// <summary>What the numbers of a row are; null: money.</summary>
    public static string? UnitOf(LayoutRow row) => row.Kind == LayoutRowKinds.Percent ? ReportUnits.Percent : row.Unit is null or ReportUnits.Money ? null : row.Unit;

    // What opens a row's lines later is told by its key: movement or balance, by the account's own side or not.
    private IEnumerable<StatementRow> Lines(LayoutRow row, Favour favour)
    {
        var kind = (LayoutAccounts.IsBalance(row), _accounts.IsMixed(row)) switch { (false, false) => "account", (false, true) => "effect", (true, false) => "balance", _ => "net" };
        return _accounts.Of(row)
            .Select(account => new StatementRow($"row:{row.Id}:{kind}:{account.AccountId:D}", account.Name, ReportRowKind.Line, 1, account.AccountId, Each(column => Shown(row, column, [account])), favour))
            .Where(line => _showZero || StatementTable.HasAmount(line));
    }

    private IReadOnlyList<SourcedAmount?> Amounts(LayoutRow row)
    {
        if (_amounts.TryGetValue(row.Id, out var known))
        {
            return known;
        }

        // Rows are in no circle: that was checked when the layout was kept.
        IReadOnlyList<SourcedAmount?> amounts = row.Kind switch
        {
            LayoutRowKinds.Group => Each(column => Shown(row, column, _accounts.Of(row))),
            LayoutRowKinds.Subtotal => Each(column => Sum(row, column)),
            _ => Each(column => Computed(row, column)),
        };
        return _amounts[row.Id] = amounts;
    }

    private SourcedAmount? Shown(LayoutRow row, int column, IReadOnlyList<Account> accounts)
    {
        var amounts = LayoutAccounts.IsBalance(row) ? _columns[column].Balances : _columns[column].Movements;
        if (amounts is null)
        {
            return null;
        }

        var sum = accounts.Aggregate(default(SourcedAmount), (sum, account) => sum + amounts.GetValueOrDefault(account.AccountId));
        return _accounts.SignOf(row) < 0 ? -sum : sum;
    }

    private SourcedAmount? Sum(LayoutRow row, int column)
    {
        var sum = default(SourcedAmount);
        foreach (var id in row.Of!)
        {
            if (Amounts(_byId[id])[column] is not { } part)
            {
                return null;
            }

            sum += part;
        }

        return sum;
    }

    private SourcedAmount? Computed(LayoutRow row, int column)
    {
        var number = row.Kind == LayoutRowKinds.Percent ? Share(row, column) : LayoutFormula.Parse(row.Formula!).Formula!.Compute(id => Number(id, column));
        if (number.Value is { } value)
        {
            return new SourcedAmount(0, Math.Round(value, UnitOf(row) is null ? 4 : 6, MidpointRounding.AwayFromZero), 0);
        }

        if (number.Reason is { } reason)
        {
            _reasons[(row.Id, column)] = reason;
        }

        return null;
    }

    private FormulaNumber Share(LayoutRow row, int column)
    {
        var (part, whole) = (Number(row.Part!, column), Number(row.Whole!, column));
        return part.Value is not { } some ? part
            : whole.Value is not { } all ? whole
            : all == 0 ? FormulaNumber.None($"{_byId[row.Whole!].Label} is 0")
            : FormulaNumber.Of(Variance.Fraction(some, all)!.Value);
    }

    private FormulaNumber Number(string id, int column) => Amounts(_byId[id])[column] is { } amount ? FormulaNumber.Of(amount.Total)
        : FormulaNumber.None(_reasons.TryGetValue((id, column), out var reason) ? $"{_byId[id].Label} has none: {reason}" : null);

    private IReadOnlyList<SourcedAmount?> Each(Func<int, SourcedAmount?> amount) => [.. Enumerable.Range(0, _columns.Count).Select(amount)];

    // "Total wages", but "Total IT and GST".
    private static string Lower(string label) => label.Length > 1 && char.IsUpper(label[0]) && char.IsLower(label[1]) ? char.ToLowerInvariant(label[0]) + label[1..] : label;
}
