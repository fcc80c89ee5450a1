using XeroCfo.Domain.Audit;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Accounts;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Reports.Drill;

/// <summary>
/// From a figure of a report to what makes it: accounts, then their ledger lines, then the document. Each level adds up to the one above. Who
/// sees no documents ends at accounts, who does not see payroll ends at payroll's accounts.
/// </summary>
public sealed class ReportDrillService(ITenantRepository tenants, ReportService reports, DrillBooks books, IDrillReader lines, AuditNotes notes)
{
    /// <summary>How many documents a difference names on either side; the others come together.</summary>
    public const int MostDrivers = 40;

    /// <summary>What makes the figure <paramref name="cell"/>, <c>row~column</c>, of a report as it was made.</summary>
    public async Task<Result<MakeUp>> OpenAsync(Caller caller, TenantId tenant, ReportDocument document, string cell, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ReportsRead, tenant) is { } refused)
        {
            return refused;
        }

        if (await tenants.FindAsync(tenant, ct) is not { } organisation)
        {
            return TenantProblems.Unknown;
        }

        if (Find(document, cell) is not ({ } row, { } column, { } amount))
        {
            return DrillProblems.NoSuchCell;
        }

        var parts = ReportTypes.IsAged(document.Type)
            ? await AgedAsync(caller, tenant, document, row, column, ct)
            : await PartsAsync(new DrillContext(organisation, document, column, await books.AccountsAsync(tenant, ct), await OptionsAsync(tenant, document, ct)), row, amount, ct);
        if (parts.Problem is { } problem)
        {
            return problem;
        }

        return new MakeUp(
            row, column, amount,
            [.. parts.Value.Where(part => part.Amount != 0 || parts.Value.Count == 1).OrderByDescending(part => Math.Abs(part.Amount)).Select(part => For(caller, part))],
            parts.Value.Count == 0 ? WordsOf(row)
                : StatementPeriods.IsPlanned(column.Key) && row.AccountId is not null ? "What the budget plans: no document stands behind it."
                : null);
    }

    /// <summary>A page of the lines that make a part of the figure.</summary>
    public async Task<Result<MakeUpLines>> LinesAsync(Caller caller, TenantId tenant, MakeUpPart part, string? cursor, int limit, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.LedgerRead, tenant) is { } refused)
        {
            return refused;
        }

        if (For(caller, part) is { ClosedBecause: not null } or { Lines: null })
        {
            return DrillProblems.NoSuchPart;
        }

        // Of payroll's accounts no line is told, whoever made the part.
        var accounts = await books.AccountsAsync(tenant, ct);
        if (accounts.FirstOrDefault(account => part.Lines!.Accounts.Contains(account.AccountId) && PayrollRules.IsPayroll(account)) is { } payroll)
        {
            if (PayrollRules.AreHiddenFrom(caller))
            {
                return DrillProblems.NoSuchPart;
            }

            await notes.PayrollSeenAsync(caller, tenant, $"figure of {payroll.Code} {payroll.Name}", ct);
        }

        var page = await lines.LinesAsync(tenant, part.Lines!, PayrollRules.AreHiddenFrom(caller), cursor, limit, ct);
        if (page.Problem is { } badCursor)
        {
            return badCursor;
        }

        var running = part.Sign * (await BroughtAsync(tenant, part.Lines!, ct) + (cursor is null || page.Value.Items is not [var top, ..]
            ? 0
            : await lines.SumAsync(tenant, part.Lines!, new LinePlace(top.Line.Date, top.Line.Id), ct)));
        var forward = running;
        var shown = new List<MakeUpLine>(page.Value.Items.Count);
        foreach (var view in page.Value.Items)
        {
            shown.Add(new MakeUpLine(view, part.Sign * view.Line.Amount, running += part.Sign * view.Line.Amount));
        }

        var rest = page.Value.Next is null ? part.Amount - running : 0;
        return new MakeUpLines(part, part.Lines!.From, forward, shown, rest, rest == 0 ? null : "Depreciation that was added back above", page.Value.Next);
    }

    /// <summary>What makes two figures differ, the largest cause first.</summary>
    public async Task<Result<WhyDifferent>> WhyAsync(Caller caller, TenantId tenant, ReportDocument document, string first, string second, DriverKind kind, CancellationToken ct)
    {
        var one = await OpenAsync(caller, tenant, document, first, ct);
        var other = one.Succeeded ? await OpenAsync(caller, tenant, document, second, ct) : one;
        if (other.Problem is { } problem)
        {
            return problem;
        }

        if (kind == DriverKind.Account)
        {
            return new WhyDifferent(one.Value, other.Value, kind, DriversByPart(one.Value, other.Value));
        }

        if (caller.Lacks(Permissions.LedgerRead, tenant) is not null)
        {
            return new WhyDifferent(one.Value, other.Value, kind, [], $"Your role ({caller.Role}) sees totals by account and no documents.");
        }

        if (one.Value.Parts.Concat(other.Value.Parts).Any(part => part.Lines is null && part.ClosedBecause is null))
        {
            return new WhyDifferent(one.Value, other.Value, kind, [], "These figures are sums of other rows: open one of those to see its contacts and documents.");
        }

        return new WhyDifferent(one.Value, other.Value, kind, await new DriverReading(lines, tenant, PayrollRules.AreHiddenFrom(caller), kind).OfAsync(one.Value, other.Value, ct));
    }

    private static List<Driver> DriversByPart(MakeUp first, MakeUp second) =>
    [
        .. first.Parts.Concat(second.Parts).Select(part => part.Key).Distinct()
            .Select(key => (First: first.Parts.FirstOrDefault(part => part.Key == key), Second: second.Parts.FirstOrDefault(part => part.Key == key)))
            .Select(pair => new Driver((pair.First ?? pair.Second)!.Label, pair.First?.Amount ?? 0, pair.Second?.Amount ?? 0, (pair.First ?? pair.Second)!.AccountId))
            .Where(driver => driver.Difference != 0)
            .OrderByDescending(driver => Math.Abs(driver.Difference)),
    ];

    private static (ReportRow? Row, ReportColumn? Column, decimal? Amount) Find(ReportDocument document, string cell)
    {
        var cut = cell.LastIndexOf('~');
        var row = cut < 0 ? null : document.Rows.FirstOrDefault(one => one.Key == cell[..cut]);
        var index = cut < 0 ? -1 : document.Columns.Index().Where(column => column.Item.Key == cell[(cut + 1)..] && column.Item.Kind == ReportColumnKind.Amount).Select(column => column.Index).FirstOrDefault(-1);
        return row is null || index < 0 || index >= row.Values.Count ? default : (row, document.Columns[index], row.Values[index].Number);
    }

    private async Task<IReadOnlyList<Guid>> OptionsAsync(TenantId tenant, ReportDocument document, CancellationToken ct) =>
        document.Parameters.TrackingCategoryId is { } category ? await books.OptionsAsync(tenant, category, ct) : [];

    private async Task<Result<IReadOnlyList<MakeUpPart>>> PartsAsync(DrillContext context, ReportRow row, decimal amount, CancellationToken ct)
    {
        if (await books.PartsAsync(context.Organisation, context.Document, row, context.Column, ct) is { } told)
        {
            return Result<IReadOnlyList<MakeUpPart>>.Of(told);
        }

        var rows = row.AccountId is not null ? [(row, 1)] : DrillRows.Of(context.Document, row.Key);
        return Result<IReadOnlyList<MakeUpPart>>.Of([.. rows.Select(part => context.Part(part.Row, part.Sign))]);
    }

    // Documents of a contact: the same report by document, which adds up to the same cell.
    private async Task<Result<IReadOnlyList<MakeUpPart>>> AgedAsync(Caller caller, TenantId tenant, ReportDocument document, ReportRow row, ReportColumn column, CancellationToken ct)
    {
        if (row.Key == "total")
        {
            return Result<IReadOnlyList<MakeUpPart>>.Of([.. DrillRows.Of(document, row.Key).Select(part => new MakeUpPart(part.Row.Key, part.Row.Label, AmountOf(document, part.Row, column.Key)) { RowKey = part.Row.Key })]);
        }

        if (!row.Key.StartsWith("contact:", StringComparison.Ordinal) || caller.Lacks(Permissions.TransactionsRead, tenant) is not null)
        {
            return Result<IReadOnlyList<MakeUpPart>>.Of([]);
        }

        var made = await reports.RunAsync(caller, tenant, document.Type, document.Parameters with { By = ReportWords.ByDocument }, ct);
        if (made.Problem is { } problem)
        {
            return problem;
        }

        var items = made.Value.Rows.SkipWhile(one => one.Key != row.Key).Skip(1).TakeWhile(one => one.Depth > 0).ToList();
        var known = await lines.TransactionsAsync(tenant, [.. items.Select(one => one.DocumentXeroId).OfType<Guid>()], ct);
        return Result<IReadOnlyList<MakeUpPart>>.Of(
        [
            .. items.Select(one => new MakeUpPart(one.Key, one.Label, AmountOf(made.Value, one, column.Key)) { TransactionId = one.DocumentXeroId is { } id && known.TryGetValue(id, out var ours) ? ours : null }),
        ]);
    }

    private static decimal AmountOf(ReportDocument document, ReportRow row, string column) =>
        row.Values[document.Columns.Index().First(one => one.Item.Key == column).Index].Number ?? 0;

    /// <summary>A part as the reader may open it.</summary>
    public static MakeUpPart For(Caller caller, MakeUpPart part) => part.Lines is null ? part
        : !caller.May(Permissions.LedgerRead) ? part with { Lines = null, ClosedBecause = $"Your role ({caller.Role}) sees totals by account and no documents" }
        : part.IsPayroll && PayrollRules.AreHiddenFrom(caller) ? part with { Lines = null, ClosedBecause = "Payroll: an accountant or an admin sees the lines" }
        : part;

    // Lines before the first day are one amount; a statement has none of them.
    private async Task<decimal> BroughtAsync(TenantId tenant, LineScope scope, CancellationToken ct) =>
        scope is { From: { } from, IsBalance: true } ? await lines.SumAsync(tenant, scope with { From = null, To = from.AddDays(-1) }, null, ct) : 0;

    private static string WordsOf(ReportRow row) => row.Key switch
    {
        "exchange" => "Gains and losses on the bank accounts' own currencies, and what Xero's month ends say of foreign bank accounts.",
        "unclassified" => "What fits nowhere: the bank's movement less everything above. It should be nil.",
        "investing:depreciation" => "Depreciation was added back to net profit; what of it no purchase took is taken out of investing here.",
        "investing:xeroOnly" => "What only Xero's trial balance says of fixed assets, less the depreciation of it that was added back.",
        "revaluation" => "What Xero's revaluation of foreign documents adds on the control account; it belongs to no document.",
        "restOfProfit" => "Other options of the category, documents without one, and what only Xero's trial balance knows. A column for each option tells them apart.",
        "wholeProfit" => "All income and expense. The same report without tracking opens it by account.",
        "prepayments" => "Money paid ahead. It does not stand on the control account and is not in the total.",
        _ => "There are no parts to show.",
    };
}
