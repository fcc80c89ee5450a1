using System.Globalization;
using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Reports.View;

/// <summary>The parameters of a report in one line. Each goes to the address at once; what is wrong with one stands under it.</summary>
public sealed partial class ReportParametersBar
{
    private static readonly (string Value, string Words)[] Ages = [(ReportWords.DueDate, "Due date"), (ReportWords.Date, "Document date")];
    private static readonly (string Value, string Words)[] Rows = [(ReportWords.ByContact, "Contacts"), (ReportWords.ByDocument, "Documents")];
    private static readonly (string Value, string Words)[] Methods = [(ReportWords.Indirect, "Indirect"), (ReportWords.Direct, "Direct")];

    private static readonly (string Value, string Words)[] Intervals =
        [(ReportWords.None, "Whole"), (ReportWords.Month, "Months"), (ReportWords.Quarter, "Quarters"), (ReportWords.Year, "Years")];

    private static readonly (string Value, string Words)[] KpiPeriods = [(ReportWords.Month, "Month"), (ReportWords.Quarter, "Quarter"), (ReportWords.Year, "Year")];

    private static readonly (string Value, string Words)[] Comparisons =
    [
        (ReportWords.None, "Nothing"), ("lastYear", "Last year"), ("previous:1", "Period before"), ("previous:2", "2 before"), ("previous:3", "3 before"), ("previous:6", "6 before"), ("previous:12", "12 before"), ("previous:24", "24 before"),
    ];

    private static readonly string[] Fields =
        ["from", "to", "date", "ageBy", "by", "buckets", "currency", "interval", "compare", "method", "trackingCategoryId", "trackingOptionId", "layoutId", "materialShare", "materialAmount"];

    [Parameter, EditorRequired]
    public Caller Caller { get; set; } = default!;

    [Parameter, EditorRequired]
    public ReportKind Kind { get; set; } = default!;

    [Parameter, EditorRequired]
    public XeroTenant Organisation { get; set; } = default!;

    [Parameter, EditorRequired]
    public DateOnly Today { get; set; }

    /// <summary>As the address has them.</summary>
    [Parameter, EditorRequired]
    public ReportParameters Asked { get; set; } = default!;

    /// <summary>As the report on the page has them, with everything filled in.</summary>
    [Parameter]
    public ReportParameters? Shown { get; set; }

    [Parameter]
    public IReadOnlyList<TrackingCategory> Categories { get; set; } = [];

    [Parameter]
    public Problem? Wrong { get; set; }

    /// <summary>What of <see cref="ReportWordsOnPage"/> is switched on.</summary>
    [Parameter]
    public IReadOnlySet<string> Look { get; set; } = new HashSet<string>();

    /// <summary>Documents may be seen.</summary>
    [Parameter]
    public bool ByDocument { get; set; }

    [Parameter]
    public bool Busy { get; set; }

    [Parameter]
    public EventCallback<IReadOnlyDictionary<string, object?>> OnChanged { get; set; }

    private bool IsKpis => Kind.Type == ReportTypes.KpiDashboard;

    private bool IsAtADay => ReportTypes.IsAtADay(Kind.Type) || IsKpis;

    private bool IsAged => ReportTypes.IsAged(Kind.Type);

    private IReadOnlyList<ReportPreset> Presets => IsAtADay ? ReportPresets.At(Organisation, Today) : ReportPresets.Over(Organisation, Today);

    private string Preset => Presets.FirstOrDefault(preset => preset.To == (IsAtADay ? Shown?.Date : Shown?.To) && (IsAtADay || preset.From == Shown?.From)).Name ?? "";

    private string Tracked => Asked.TrackingCategoryId is not { } category ? "" : Asked.TrackingOptionId is { } option ? $"{category:D}/{option:D}" : $"{category:D}";

    private int ShownCount => new[] { Asked.PercentOfIncome == true, Asked.ManagementLines == true, Asked.ShowZero == true, Asked.OverdraftsInLiabilities == true, Asked.IncludeReportDateInCurrent == false, Asked.MaterialShare is not null || Asked.MaterialAmount is not null }.Count(on => on) + Look.Count(one => one.Length > 0 && one != ReportWordsOnPage.Cents);

    private string? Said(string field) => Wrong?.Field == field ? ReportWordsOnPage.Sentence(Wrong.Message) : null;

    private RenderFragment? ErrorAt(string field) => Said(field) is not { } words ? null : builder =>
    {
        builder.OpenElement(0, "span");
        builder.AddAttribute(1, "class", "field-error");
        builder.AddAttribute(2, "role", "alert");
        builder.AddContent(3, words);
        builder.CloseElement();
    };

    private bool Compares => Kind.Type == ReportTypes.BudgetVariance || (Asked.Compare ?? Shown?.Compare) is not (null or ReportWords.None);

    private static string? Percent(decimal? share) => Plain(share * 100);

    private static string? Plain(decimal? number) => number?.ToString("0.####", CultureInfo.InvariantCulture);

    // What is no number goes to the address as it is, and is told there.
    private static string? Fraction(object? percent) => decimal.TryParse(percent as string, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? (number / 100).ToString(CultureInfo.InvariantCulture) : percent as string;

    private static string? Upper(object? value) => value as string is { Length: > 0 } text ? text.Trim().ToUpperInvariant() : null;

    private Task Set(string name, string? value) => OnChanged.InvokeAsync(new Dictionary<string, object?> { [name] = value });

    private Task Choose(ChangeEventArgs change)
    {
        var preset = Presets.FirstOrDefault(one => one.Name == change.Value as string);
        return preset.Name is null ? Task.CompletedTask : Show(new Days(preset.From, preset.To));
    }

    private Task Track(ChangeEventArgs change)
    {
        var parts = (change.Value as string ?? "").Split('/');
        var isColumns = parts is [{ Length: > 0 }];
        var query = new Dictionary<string, object?> { ["trackingCategoryId"] = parts[0].Length > 0 ? parts[0] : null, ["trackingOptionId"] = parts.Length > 1 ? parts[1] : null };
        if (isColumns)
        {
            // A column for each option leaves no room for others.
            (query["interval"], query["compare"]) = (null, null);
        }

        return OnChanged.InvokeAsync(query);
    }

    private Task Switch(string look)
    {
        var looks = Look.Where(one => one.Length > 0).ToHashSet();
        if (!looks.Remove(look))
        {
            looks.Add(look);
        }

        return Set("look", looks.Count == 0 ? null : string.Join(',', looks.Order(StringComparer.Ordinal)));
    }

    // Whole months move by whole months; a period in progress is followed by none.
    private Days? Step(int back)
    {
        if (Shown is not { } shown)
        {
            return null;
        }

        if (IsAtADay)
        {
            var day = shown.Date is { } date ? Month.Of(date).End == date || back > 0 ? Month.Of(date).Add(-back).End : Month.Of(date).End : Today;
            return Possible(new Days(day, day));
        }

        return shown is { From: { } from, To: { } to } && ReportPeriods.Previous(new Days(from, to), back, Organisation.FinancialYear) is { } days ? Possible(days) : null;
    }

    private Days? Possible(Days days) => days.Last > Today
        ? days.First <= Today && !IsAtADay ? days with { Last = Today } : null
        : Organisation.BooksStart is { } start && days.First < (IsAtADay ? start.AddDays(-1) : start) ? null : days;

    private Task Move(int back) => Step(back) is { } days ? Show(days) : Task.CompletedTask;

    private Task Show(Days days) => OnChanged.InvokeAsync(IsAtADay
        ? new Dictionary<string, object?> { ["date"] = DateWords.Iso(days.Last) }
        : new Dictionary<string, object?> { ["from"] = DateWords.Iso(days.First), ["to"] = DateWords.Iso(days.Last) });
}
