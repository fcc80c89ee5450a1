using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Reports.View;

/// <summary>How a report is looked at; none of it changes a figure.</summary>
/// <param name="Codes">Account codes before names, by account; null: not wanted.</param>
/// <param name="XeroOnly">A row below each for what only Xero's trial balance knows.</param>
/// <param name="Variance">Change, percent and word beside a comparison.</param>
public sealed record ReportLook(IReadOnlyDictionary<Guid, string>? Codes = null, bool XeroOnly = false, bool Variance = true);

/// <summary>A column with its heading.</summary>
/// <param name="Index">Its place among the values of a row.</param>
/// <param name="Column">The document's.</param>
/// <param name="Title">Short.</param>
/// <param name="Until">"to 20 Nov" while its period is not over.</param>
/// <param name="EmptyBecause">Why it holds no figures.</param>
/// <param name="IsCompared">Stands under the heading of the comparison.</param>
/// <param name="IsAhead">Stands under the heading of what lies ahead.</param>
public sealed record ColumnView(int Index, ReportColumn Column, string Title, string? Until, string? EmptyBecause, bool IsCompared, bool IsAhead)
{
    public bool IsAmount => Column.Kind is ReportColumnKind.Amount or ReportColumnKind.Variance;

    /// <summary>A figure of it can be opened.</summary>
    public bool Opens => Column.Kind == ReportColumnKind.Amount && EmptyBecause is null && Column.Key is not ("documentAmount" or "value" or "previous" or "target");
}

/// <summary>A row as it stands on the page.</summary>
/// <param name="Row">The document's; of an added row the one that it belongs to.</param>
/// <param name="Label">With its code where codes are wanted.</param>
/// <param name="Notes">Numbers of the notes about it.</param>
/// <param name="IsXeroOnly">An added row: the part from Xero's trial balance only.</param>
/// <param name="IsMaterial">Its change is worth a look.</param>
public sealed record RowView(ReportRow Row, string Label, IReadOnlyList<int> Notes, bool IsXeroOnly, bool IsMaterial)
{
    public ReportValue ValueAt(ColumnView column) => IsXeroOnly ? ReportValue.Of(XeroOnlyAt(column)) : column.Index < Row.Values.Count ? Row.Values[column.Index] : ReportValue.None;

    public decimal? XeroOnlyAt(ColumnView column) => column.Index < Row.XeroOnly.Count ? Row.XeroOnly[column.Index] : null;
}

/// <summary>Rows that fold together.</summary>
/// <param name="Key">Stable; null where nothing folds.</param>
/// <param name="Heading">Stays when folded; a contact's own row, or a heading without figures.</param>
/// <param name="Lines">What folds.</param>
/// <param name="Total">Stays when folded.</param>
public sealed record SectionView(string? Key, RowView? Heading, IReadOnlyList<RowView> Lines, RowView? Total);

/// <summary>A report document laid out for the page. Pure: it decides what stands where, never an amount.</summary>
public sealed class ReportView
{
    private const string XeroOnlyWords = "of it from Xero's trial balance only";

    // What a change is measured by.
    private static readonly string[] Measures = ["income", "totalAssets", "closingCash"];

    private static readonly string[] Ahead = [StatementPeriods.Outlook, StatementPeriods.YearBudget];

    private readonly ReportLook _look;
    private readonly NoteNumbers _notes;
    private readonly int _main;
    private readonly int _compared;
    private readonly int _variance;

    public ReportView(ReportDocument document, ReportLook look)
    {
        (Document, _look) = (document, look);
        _notes = new NoteNumbers(document);
        _variance = IndexOf("variance");
        _compared = IndexOf("compare1") is >= 0 and var compared ? compared : IndexOf(StatementPeriods.Budget);
        _main = _compared < 0 ? -1 : Enumerable.Range(0, _compared).Last(index => document.Columns[index].Kind == ReportColumnKind.Amount);
        Limit = document.Parameters.MaterialAmount ?? LimitOf();
        Columns = [.. document.Columns.Index().Where(column => look.Variance || column.Item.Kind is not (ReportColumnKind.Variance or ReportColumnKind.Favourable) && column.Item.Key != "variancePercent").Select(column => Column(column.Index, column.Item))];
        Sections = [.. SectionsOf()];
    }

    public ReportDocument Document { get; }

    public IReadOnlyList<ColumnView> Columns { get; }

    public IReadOnlyList<SectionView> Sections { get; }

    public bool Compares => _compared >= 0;

    /// <summary>The first column that the main one is compared with.</summary>
    public string? ComparedKey => _compared < 0 ? null : Document.Columns[_compared].Key;

    public bool IsAgainstBudget => ComparedKey == StatementPeriods.Budget;

    /// <summary>The column that the report is about.</summary>
    public string MainKey => _main >= 0 ? Document.Columns[_main].Key : Document.Type == ReportTypes.KpiDashboard ? "value" : Document.Columns.LastOrDefault(column => column is { Kind: ReportColumnKind.Amount, Key: not "documentAmount" })?.Key ?? "";

    /// <summary>The part of its comparator from which on a change is material, if it also reaches <see cref="Limit"/>.</summary>
    public decimal MaterialShare => Document.Parameters.MaterialShare ?? Variance.MaterialShare;

    /// <summary>"at least 5 % and 2,000".</summary>
    public string MaterialWords(MoneyFormat format) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"at least {MaterialShare * 100:0.##} % and {format.Text(Limit, false)}");

    /// <summary>The amount from which on a change is material: what was asked for, else one percent of income, of assets, or of cash, in two figures.</summary>
    public decimal Limit { get; }

    public bool HasMaterial => Sections.Any(section => Rows(section).Any(row => row.IsMaterial));

    /// <summary>What is material must be told: something is, or somebody asked from where on it would be.</summary>
    public bool TellsMaterial => HasMaterial || (Compares && (Document.Parameters.MaterialShare is not null || Document.Parameters.MaterialAmount is not null));

    public bool HasXeroOnly => Document.Rows.Any(row => row.XeroOnly.Any(part => part is not null));

    /// <summary>True when no account has an amount.</summary>
    public bool IsEmpty => Document.Rows.All(row => row.Kind is ReportRowKind.Section || row.Values.All(value => value.Number is null or 0));

    /// <summary>What stands in a percent's place where there is none: there was nothing to compare with, or shares differ by points.</summary>
    public string? NoPercent(RowView row)
    {
        if (row.Row.Values.Count == 0 || _compared < 0 || row.Row.Values[_main].Number is not { } actual || row.Row.Values[_compared].Number is not { } comparator)
        {
            return null;
        }

        return comparator == 0 ? actual == 0 ? "–" : "new" : "—";
    }

    /// <summary>Why a row has no value in a column, where the report says so.</summary>
    public string? NoValue(RowView row, ColumnView column) =>
        (from note in Document.Notes
         where note.Kind == "no-value"
         from head in new[] { $"{row.Row.Label} has no value in {column.Column.Title}: ", $"{row.Row.Label} has no value: " }
         where note.Text.StartsWith(head, StringComparison.Ordinal) && (column.Column.Key is not ("previous" or "target"))
         select note.Text[head.Length..].TrimEnd('.')).FirstOrDefault();

    /// <summary>Up, down or the same, by the change itself.</summary>
    public int Direction(RowView row) => _variance >= 0 && _variance < row.Row.Values.Count ? Math.Sign(row.Row.Values[_variance].Number ?? 0) : 0;

    /// <summary>"Oct 2026" for a whole month; else the column's own title.</summary>
    public static string ShortTitle(ReportColumn column) => TitleOf(column, null);

    private static IEnumerable<RowView> Rows(SectionView section) => section.Lines.Append(section.Heading).Append(section.Total).OfType<RowView>();

    private int IndexOf(string key) => Document.Columns.Index().Where(column => column.Item.Key == key).Select(column => column.Index).FirstOrDefault(-1);

    private decimal LimitOf()
    {
        if (_main < 0)
        {
            return 0;
        }

        var whole = Measures.Select(key => Document.Rows.FirstOrDefault(row => row.Key == key && row.Values.Count > _main))
            .OfType<ReportRow>().Select(row => Math.Abs(row.Values[_main].Number ?? 0)).FirstOrDefault();
        // Rows of one's own have no usual measure: the largest of them is it.
        whole = whole > 0 ? whole : Document.Rows.Where(row => row.Unit is null && row.Values.Count > _main).Select(row => Math.Abs(row.Values[_main].Number ?? 0)).DefaultIfEmpty(0).Max();
        var one = whole / 100;
        var step = 1m;
        while (one >= step * 100)
        {
            step *= 10;
        }

        return Math.Max(1, Math.Round(one / step, MidpointRounding.AwayFromZero) * step);
    }

    private ColumnView Column(int index, ReportColumn column)
    {
        var empty = Document.Notes.FirstOrDefault(note => note.Kind == "before-books-start" && note.Date == column.To && note.Text.StartsWith(column.Title, StringComparison.Ordinal))?.Text;
        var until = column is { Complete: false, To: { } to, Kind: ReportColumnKind.Amount } && empty is null && column.From is not null
            ? $"to {to.ToString("d MMM", System.Globalization.CultureInfo.InvariantCulture)}"
            : null;
        return new ColumnView(index, column, TitleOf(column, until), until, empty is { } text ? text[(text.IndexOf(": ", StringComparison.Ordinal) + 2)..].TrimEnd('.') : null, _compared >= 0 && index >= _compared && !IsAhead(column), IsAhead(column));
    }

    private static bool IsAhead(ReportColumn column) => Ahead.Contains(column.Key.Split(':')[0]);

    private static string TitleOf(ReportColumn column, string? until)
    {
        if (column is { From: { } from, To: { } to, Kind: ReportColumnKind.Amount } && (column.Key == "actual" || column.Key.StartsWith("compare", StringComparison.Ordinal)) && Month.Of(from) == Month.Of(to) && from.Day == 1)
        {
            return Month.Of(to).End == to || until is not null ? from.ToString("MMM yyyy", System.Globalization.CultureInfo.InvariantCulture) : column.Title;
        }

        return until is not null && column.Title.IndexOf(", to ", StringComparison.Ordinal) is > 0 and var cut ? column.Title[..cut] : column.Title;
    }

    private IEnumerable<SectionView> SectionsOf()
    {
        var rows = Document.Rows;
        for (var index = 0; index < rows.Count;)
        {
            var head = rows[index];
            var isContact = head is { Kind: ReportRowKind.Subtotal, Depth: 0 } && index + 1 < rows.Count && rows[index + 1].Depth == 1;
            if (head.Kind != ReportRowKind.Section && !isContact)
            {
                yield return new SectionView(null, null, [.. Views(head)], null);
                index++;
                continue;
            }

            var end = index + 1;
            while (end < rows.Count && rows[end].Depth > 0)
            {
                end++;
            }

            var total = !isContact && end < rows.Count && rows[end].Key + ":heading" == head.Key ? rows[end] : null;
            var lines = rows.Skip(index + 1).Take(end - index - 1).SelectMany(Views).ToList();
            yield return new SectionView(head.Key, View(head), lines, total is null ? null : View(total));
            index = total is null ? end : end + 1;
        }
    }

    private IEnumerable<RowView> Views(ReportRow row)
    {
        yield return View(row);
        if (_look.XeroOnly && row is { Kind: ReportRowKind.Line, AccountId: not null } && row.XeroOnly.Any(part => part is not null))
        {
            yield return new RowView(row with { Depth = row.Depth + 1 }, XeroOnlyWords, [], true, false);
        }
    }

    private RowView View(ReportRow row)
    {
        var code = row.AccountId is { } account ? _look.Codes?.GetValueOrDefault(account) : null;
        return new RowView(row, code is null ? row.Label : $"{code} {row.Label}", _notes.Of(row), false, IsMaterial(row));
    }

    private bool IsMaterial(ReportRow row)
    {
        return _variance >= 0 && row.Unit is null && row.Values.Count > _variance && row.Values[_variance].Number is { } change && row.Values[_compared].Number is { } comparator
            && Variance.IsMaterial(change, comparator, MaterialShare, Limit);
    }
}
