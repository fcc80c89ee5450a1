using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Reports;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Shared;
using XeroCfo.Web.Shell;

namespace XeroCfo.Web.Reports.View;

/// <summary>A report as it is now: its parameters, its proofs, its figures and what makes them. All of it stands in the address.</summary>
public sealed partial class ReportPage(ReportService reports, ITrackingReader tracking, ILedgerReader ledger, TimeProvider clock) : TenantPage
{
    private ReportParameters _asked = new();
    private ReportDocument? _document;
    private ReportView? _view;
    private ReportTrend? _trend;
    private ReportDocument? _trendOf;
    private Problem? _wrong;
    private HashSet<string> _looks = [];
    private IReadOnlyList<TrackingCategory> _categories = [];
    private (Guid Org, string Type, ReportParameters Asked) _shown;

    /// <summary>The figure that is opened: <c>row~column</c>.</summary>
    [SupplyParameterFromQuery]
    public string? Cell { get; set; }

    /// <summary>The one that it is compared with.</summary>
    [SupplyParameterFromQuery]
    public string? With { get; set; }

    /// <summary>The account whose lines are opened.</summary>
    [SupplyParameterFromQuery]
    public Guid? Account { get; set; }

    [SupplyParameterFromQuery]
    public string? After { get; set; }

    private ReportKind Kind => ReportKinds.BySlug(new Uri(Navigation.Uri).Segments[^1].TrimEnd('/')) ?? ReportKinds.All[0];

    private DateOnly Today => Organisation!.Today(clock);

    // The first days that the books hold, where those that were asked for they do not; else what the kind opens with.
    private ReportParameters Fallback => _wrong?.Code == "before-books-start" && Organisation!.BooksStart is { } first
        ? ReportTypes.IsAtADay(Kind.Type) || Kind.Type == ReportTypes.KpiDashboard ? new ReportParameters { Date = first.AddDays(-1) } : new ReportParameters { From = first, To = Earlier(Month.Of(first).End, Today) }
        : ReportKinds.Sensible(Kind.Type, Organisation!, Today);

    private string FallbackWords => Fallback is { From: { } from, To: { } to } ? ReportPeriods.Words(new Days(from, to)) : DateWords.Of(Fallback.Date ?? Today);

    protected override async Task<Problem?> LoadAsync(CancellationToken ct)
    {
        var query = QueryHelpers.ParseQuery(new Uri(Navigation.Uri).Query);
        var read = ReportQuery.Read(query);
        _looks = query.TryGetValue("look", out var looks) ? [.. looks.ToString().Split(',')] : [];
        _categories = ReportTypes.IsProfit(Kind.Type) ? await tracking.CategoriesAsync(Tenant, ct) : [];
        if (read.Problem is { } unreadable)
        {
            return Keep(unreadable);
        }

        _asked = read.Value;
        if (_document is null || _shown != (Org, Kind.Type, _asked))
        {
            var made = await reports.RunAsync(Caller, Tenant, Kind.Type, _asked, ct);
            if (made.Problem is { } refused)
            {
                return refused.Field is null ? refused : Keep(refused);
            }

            (_document, _shown) = (made.Value, (Org, Kind.Type, _asked));
        }

        _wrong = null;
        _view = new ReportView(_document, await LookAsync(ct));
        await DrawAsync(_document, ct);
        return null;
    }

    // Only on request, and of the same report only once.
    private async Task DrawAsync(ReportDocument document, CancellationToken ct)
    {
        if (!_looks.Contains(ReportWordsOnPage.Trend))
        {
            (_trend, _trendOf) = (null, null);
        }
        else if (_trendOf != document)
        {
            _trend = ReportTrend.Of(document);
            if (_trend is null && ReportTrend.Longer(document, Organisation!) is var (type, asked))
            {
                var longer = await reports.RunAsync(Caller, Tenant, type, asked, ct);
                _trend = longer.Succeeded ? ReportTrend.Of(longer.Value, 2) : null;
            }

            _trendOf = document;
        }
    }

    private async Task<ReportLook> LookAsync(CancellationToken ct) => new(
        _looks.Contains(ReportWordsOnPage.Codes)
            ? (await ledger.AccountsAsync(Tenant, ct)).Where(account => account.Code is not null).ToDictionary(account => account.AccountId, account => account.Code!)
            : null,
        _looks.Contains(ReportWordsOnPage.XeroOnly),
        !_looks.Contains(ReportWordsOnPage.NoVariance));

    // What is wrong stands at its field; the last report of the same kind and organisation stays.
    private Problem? Keep(Problem wrong)
    {
        (_wrong, Cell) = (wrong, null);
        if (_shown.Org != Org || _shown.Type != Kind.Type)
        {
            (_document, _view) = (null, null);
        }

        return null;
    }

    // Other figures: what was opened of the last ones closes.
    private void Change(IReadOnlyDictionary<string, object?> query) =>
        ShowAs(new Dictionary<string, object?>(query) { ["cell"] = null, ["with"] = null, ["account"] = null, ["after"] = null });

    private string CellLink(string cell) => PanelLink(cell, null, null, null);

    private string PanelLink(string? cell, string? other, Guid? account, string? after) => Navigation.GetUriWithQueryParameters(
        new Dictionary<string, object?> { ["cell"] = cell, ["with"] = other, ["account"] = account, ["after"] = after });

    private static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;
}
