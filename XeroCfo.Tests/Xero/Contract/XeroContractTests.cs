using Microsoft.Extensions.Logging.Abstractions;
using XeroCfo.Data.Xero;
using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Xero;
using XeroCfo.Tests.Support;
using XeroCfo.Tests.Xero.Demo;

namespace XeroCfo.Tests.Xero.Contract;

/// <summary>What our client asks and what the fake Xero answers, beside Xero's own description of its API.</summary>
public sealed class XeroContractTests
{
    private static readonly DateOnly Anchor = new(2026, 11, 20);

    /// <summary>What Xero's description leaves out and the examples of its documentation show: members by their last name.</summary>
    private static readonly HashSet<string> Undescribed =
        ["Id", "Status", "ProviderName", "DateTimeUTC", "DateString", "DueDateString", "CreatedDateUTCString", "ID", "IsDiscounted", "DiscountEnteredAsPercent", "ValidationErrors"];

    /// <summary>Where the documentation says otherwise than the description.</summary>
    private static readonly HashSet<string> Known =
    [
        // New types come without notice; this one is New Zealand's payroll.
        "Accounts.Accounts[].Type is WAGESEXPENSE, none of its words",

        // The batch inside a payment comes with texts.
        "Payments.Payments[].BatchPayment.TotalAmount is String, not number",
        "Payments.Payments[].BatchPayment.IsReconciled is String, not boolean",

        // Described for their lists only; without it a record's unit prices differ from those of the list.
        "Prepayments has no query unitdp",
        "Overpayments has no query unitdp",
    ];


    [XeroOpenApiFact]
    public async Task Every_question_and_every_answer_is_as_Xero_describes_it()
    {
        var contract = XeroContract.Load(Needs.XeroOpenApi!);
        var demo = SharedDemo.At(Anchor);
        var xero = new FakeXero(new FixedClock());
        xero.Add(demo.Organisation);

        await AskEverythingAsync(xero, demo.Organisation.Settings.TenantId);

        var calls = xero.Calls.Select(call => call.Request).ToList();
        Assert.True(calls.Select(call => call.Endpoint).Distinct().Count() > 17, $"{calls.Count} calls");
        var faults = calls.SelectMany(call => contract.FaultsOf(call).Concat(contract.FaultsOf(call, xero.Answer(call).Body))).GroupBy(fault => fault).Where(fault => !IsKnown(fault.Key)).ToList();
        Assert.True(faults.Count == 0, string.Join('\n', faults.Select(fault => $"{fault.Key} ({fault.Count()})")));
    }

    private static async Task AskEverythingAsync(FakeXero xero, Guid tenant)
    {
        using var client = new HttpClient(new FakeXeroHandler(xero)) { BaseAddress = new Uri("https://xero.invalid/api.xro/2.0/") };
        var organisation = new XeroTenant { XeroTenantId = tenant.ToString("D"), Name = "Demo" };
        var channel = new XeroChannel(client, new FixedKey("token"), organisation, IsPaced: false);
        var session = new XeroSession(new XeroHttp(channel, CallPurposes.Checks, null!, new XeroOptions(), TimeProvider.System, NullLogger.Instance), XeroQuery.LargestPage, TimeProvider.System);
        Assert.Null((await session.OrganisationAsync(default)).Problem);
        Assert.Null((await session.MasterDataAsync(default)).Problem);
        foreach (DateTime? since in new DateTime?[] { null, new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc) })
        {
            Assert.Null((await session.ContactsAsync(since, 1, default)).Problem);
        }

        foreach (var kind in Enum.GetValues<DocumentKind>())
        {
            await AskAsync(session, kind);
        }

        Assert.Null((await session.BudgetsAsync(new Days(new DateOnly(2026, 4, 1), new DateOnly(2027, 3, 31)), default)).Problem);
        Assert.Null((await session.TrialBalanceAsync(new DateOnly(2026, 10, 31), default)).Problem);
        Assert.Null((await session.ProfitAndLossAsync(new DateOnly(2026, 4, 1), new DateOnly(2026, 10, 31), default)).Problem);
        Assert.Null((await session.BalanceSheetAsync(new DateOnly(2026, 10, 31), default)).Problem);
    }

    private static async Task AskAsync(XeroSession session, DocumentKind kind)
    {
        var queries = new[]
        {
            new XeroQuery(kind),
            new XeroQuery(kind) { OldestFirst = true, PageSize = 1 },
            new XeroQuery(kind) { Removed = true, From = new DateOnly(2026, 1, 1), Before = new DateOnly(2027, 1, 1) },
            new XeroQuery(kind) { ModifiedSince = new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc) },
        };
        foreach (var query in queries)
        {
            var page = await session.PageAsync(query, default);
            Assert.Null(page.Problem);
            if (page.Value.Records is [var record, ..])
            {
                Assert.Null((await session.RecordAsync(kind, record.XeroId, default)).Problem);
            }
        }
    }

    private static bool IsKnown(string fault) => Known.Contains(fault) || (fault.EndsWith(" is not known", StringComparison.Ordinal) && Undescribed.Contains(fault[..^" is not known".Length].Split('.')[^1]));
}
