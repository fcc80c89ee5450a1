using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using XeroCfo.Data.Xero.Payloads;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Data.Xero;

internal sealed class XeroSession(XeroHttp http, int largestPage, TimeProvider clock) : IXeroSession
{
    private const string BrokenJson = "malformed-json";

    private const int MostReadings = 2;

    public int Calls => http.Calls;

    public bool IsPaged(DocumentKind kind) => XeroEndpoint.Of(kind).Paged;

    public async Task<Result<OrganisationFacts>> OrganisationAsync(CancellationToken ct)
    {
        var list = await ListAsync("Organisation", "Organisations", "OrganisationID", WireJson.Default.OrganisationPayload, null, ct);
        if (!list.Succeeded)
        {
            return list.Problem!;
        }

        if (list.Value.Items is not [{ BaseCurrency: { Length: > 0 } currency } wire, ..])
        {
            return XeroProblems.Away("it did not say which organisation this is.");
        }

        return new OrganisationFacts
        {
            Name = wire.Name ?? "",
            BaseCurrency = currency,
            FinancialYearEndDay = (int)(wire.FinancialYearEndDay ?? 31),
            FinancialYearEndMonth = (int)(wire.FinancialYearEndMonth ?? 12),
            CountryCode = wire.CountryCode,
            TimeZone = wire.Timezone,
            ShortCode = wire.ShortCode,
            SalesTaxBasis = wire.SalesTaxBasis,
            SalesTaxPeriod = wire.SalesTaxPeriod,
            PeriodLockDate = wire.PeriodLockDate,
            EndOfYearLockDate = wire.EndOfYearLockDate,
        };
    }

    public async Task<Result<MasterData>> MasterDataAsync(CancellationToken ct)
    {
        var accounts = await ListAsync("Accounts", "Accounts", "AccountID", WireJson.Default.AccountPayload, null, ct);
        var rates = accounts.Succeeded ? await ListAsync("TaxRates", "TaxRates", "TaxType", WireJson.Default.TaxRatePayload, null, ct) : accounts.Problem!;
        var currencies = rates.Succeeded ? await ListAsync("Currencies", "Currencies", "Code", WireJson.Default.CurrencyPayload, null, ct) : rates.Problem!;
        var tracking = currencies.Succeeded
            ? await ListAsync("TrackingCategories?includeArchived=true", "TrackingCategories", "TrackingCategoryID", WireJson.Default.TrackingCategoryPayload, null, ct)
            : currencies.Problem!;
        return tracking.Succeeded
            ? XeroMasterData.Of(accounts.Value, rates.Value, currencies.Value, tracking.Value)
            : tracking.Problem!;
    }

    public async Task<Result<ContactPage>> ContactsAsync(DateTime? modifiedSince, int page, CancellationToken ct)
    {
        var address = $"Contacts?page={page}&pageSize={XeroQuery.LargestPage}&includeArchived=true" + (modifiedSince is null ? "&order=ContactID%20ASC" : "");
        var list = await ListAsync(address, "Contacts", "ContactID", WireJson.Default.ContactPayload, modifiedSince, ct);
        return list.Succeeded ? XeroMasterData.Contacts(list.Value, page) : list.Problem!;
    }

    public async Task<Result<XeroPage>> PageAsync(XeroQuery query, CancellationToken ct)
    {
        query = query.PageSize > largestPage ? query with { PageSize = largestPage } : query;
        var endpoint = XeroEndpoint.Of(query.Kind);
        var answer = await http.GetAsync(endpoint.Address(query), endpoint.KnowsChanges ? query.ModifiedSince : null, ct);
        if (!answer.Succeeded)
        {
            return answer.Problem!;
        }

        using var body = answer.Value;
        return XeroPages.Read(body.Bytes, endpoint, query.Page, query.PageSize, clock.UtcNow()) is { } page
            ? page
            : await NarrowAsync(query, endpoint, body.Bytes, ct);
    }

    public async Task<Result<int?>> CountAsync(XeroQuery query, CancellationToken ct)
    {
        var page = await PageAsync(query with { Page = 1, PageSize = 1 }, ct);
        return page.Succeeded ? page.Value.ItemCount : page.Problem!;
    }

    public async Task<Result<XeroPage>> RecordAsync(DocumentKind kind, Guid xeroId, CancellationToken ct)
    {
        var endpoint = XeroEndpoint.Of(kind);
        var answer = await http.GetAsync(endpoint.Address(xeroId), null, ct);
        if (!answer.Succeeded)
        {
            return answer.Problem == XeroProblems.NoSuchRecord ? new XeroPage([], [], true, 0, clock.UtcNow()) : answer.Problem!;
        }

        using var body = answer.Value;
        return XeroPages.Read(body.Bytes, endpoint, 1, 1, clock.UtcNow()) ?? new XeroPage([], [Broken(endpoint, xeroId.ToString("D"))], true, null, clock.UtcNow());
    }

    public async Task<Result<XeroBudgets>> BudgetsAsync(Days days, CancellationToken ct)
    {
        var list = await BudgetListAsync("Budgets", ct);
        if (!list.Succeeded)
        {
            return list.Problem!;
        }

        var (budgets, unreadable) = (new List<XeroBudget>(), list.Value.Unreadable.ToList());
        foreach (var id in list.Value.Items.Select(budget => budget.BudgetID).OfType<Guid>().Distinct())
        {
            // Lines come with one budget at a time, and of so many months at once.
            var windows = new List<BudgetPayload>();
            foreach (var window in XeroBudgetReading.Windows(days))
            {
                var read = await BudgetListAsync(XeroBudgetReading.Address(id, window), ct);
                if (read.Problem is { } problem && problem != XeroProblems.NoSuchRecord)
                {
                    return problem;
                }

                if (!read.Succeeded || read.Value.Items is not [var payload, ..])
                {
                    unreadable.AddRange(read.Succeeded ? read.Value.Unreadable : []);
                    windows.Clear();
                    break;
                }

                windows.Add(payload);
            }

            if (windows.Count > 0)
            {
                budgets.Add(XeroBudgetReading.Of(id, windows, unreadable));
            }
        }

        return new XeroBudgets(budgets, unreadable);
    }

    public Task<Result<StoredTrialBalance>> TrialBalanceAsync(DateOnly date, CancellationToken ct) =>
        ReadAsync($"Reports/TrialBalance?date={date:yyyy-MM-dd}", null, body => XeroReports.TrialBalance(body, date, clock.UtcNow()), ct);

    public Task<Result<XeroStatement>> ProfitAndLossAsync(DateOnly from, DateOnly to, CancellationToken ct) =>
        ReadAsync($"Reports/ProfitAndLoss?fromDate={from:yyyy-MM-dd}&toDate={to:yyyy-MM-dd}&standardLayout=true", null, body => XeroReports.Statement(body, clock.UtcNow()), ct);

    public Task<Result<XeroStatement>> BalanceSheetAsync(DateOnly date, CancellationToken ct) =>
        ReadAsync($"Reports/BalanceSheet?date={date:yyyy-MM-dd}&standardLayout=true", null, body => XeroReports.Statement(body, clock.UtcNow()), ct);

    /// <summary>
    /// A page that is no JSON is read again in ever smaller pages, until the broken record stands alone: it becomes an issue and the rest is in.
    /// </summary>
    private async Task<Result<XeroPage>> NarrowAsync(XeroQuery query, XeroEndpoint endpoint, ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        if (!endpoint.Paged || query.PageSize == 1)
        {
            return endpoint.Paged && XeroPages.FindId(body, endpoint) is { } id
                ? new XeroPage([], [Broken(endpoint, id)], false, null, clock.UtcNow())
                : XeroProblems.Away($"its answer for {endpoint.Path} is no valid JSON.");
        }

        const int parts = 10;
        const int mostBroken = 10;
        var records = new List<XeroRecord>();
        var unreadable = new List<UnreadableRecord>();
        var (last, count, time) = (true, (int?)null, clock.UtcNow());
        for (var part = 1; part <= parts; part++)
        {
            var answer = await PageAsync(query with { PageSize = query.PageSize / parts, Page = ((query.Page - 1) * parts) + part }, ct);
            if (!answer.Succeeded)
            {
                return answer;
            }

            records.AddRange(answer.Value.Records);
            unreadable.AddRange(answer.Value.Unreadable);
            if (unreadable.Count(record => record.Code == BrokenJson) > mostBroken)
            {
                return XeroProblems.Away($"its answers for {endpoint.Path} are no valid JSON.");
            }

            // The largest count: if a record left the list between two parts, the ids do not add up and all is read again.
            count = answer.Value.ItemCount is { } now && (count is null || now > count) ? now : count;
            (last, time) = (answer.Value.IsLast, answer.Value.ServerTime);
            if (last)
            {
                break;
            }
        }

        return new XeroPage(records, unreadable, last, count, time);
    }

    private static UnreadableRecord Broken(XeroEndpoint endpoint, string id) =>
        new(endpoint.Kind, id, BrokenJson, "Xero's answer for this record is no valid JSON.");

    private Task<Result<WireList<BudgetPayload>>> BudgetListAsync(string address, CancellationToken ct) =>
        ListAsync(address, "Budgets", "BudgetID", WireJson.Default.BudgetPayload, null, ct);

    private Task<Result<WireList<T>>> ListAsync<T>(
        string address, string name, string idMember, JsonTypeInfo<T> type, DateTime? modifiedSince, CancellationToken ct) =>
        ReadAsync<WireList<T>>(
            address,
            modifiedSince,
            body => WireList<T>.Read(body, name, idMember, type, clock.UtcNow()) is { } list ? list : XeroProblems.Away($"its answer for {name} is no valid JSON."),
            ct);

    /// <summary>An answer that cannot be read is asked for once more: it may have been garbled on its way.</summary>
    private async Task<Result<T>> ReadAsync<T>(string address, DateTime? modifiedSince, Func<ReadOnlyMemory<byte>, Result<T>> read, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answer = await http.GetAsync(address, modifiedSince, ct);
            if (!answer.Succeeded)
            {
                return answer.Problem!;
            }

            using var body = answer.Value;
            var taken = read(body.Bytes);
            if (taken.Succeeded || attempt == MostReadings)
            {
                return taken;
            }
        }
    }
}
