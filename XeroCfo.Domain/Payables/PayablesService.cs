using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Contacts;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Payables;

/// <summary>What to look at before paying.</summary>
/// <param name="LookAlikes">See <see cref="Payables.LookAlikes"/>.</param>
/// <param name="Missing">See <see cref="UsualBills"/>.</param>
/// <param name="SyncInProgress">Figures are on the move.</param>
public sealed record PayableFindings(IReadOnlyList<LookAlike> LookAlikes, IReadOnlyList<MissingBill> Missing, bool SyncInProgress)
{
    /// <summary>Usual bills that nobody expects; they are not among the missing ones.</summary>
    public IReadOnlyList<DismissedBill> Dismissed { get; init; } = [];
}

/// <summary>Makes what is to be paid, and what looks odd in it.</summary>
public sealed class PayablesBooks(ContactBooks contacts, TrialBalanceService trialBalances, IPayableReader reader, IBillMarkBook marks)
{
    /// <summary>Look-alikes that are paid are told for so long.</summary>
    private const int DaysBack = 100;

    private readonly Remembered<IReadOnlyList<SupplierDocument>> _documents = new();

    /// <summary>What is open at the organisation's today, beside the bank per Xero's books.</summary>
    public async Task<PayablesBook> OfAsync(XeroTenant organisation, bool hidePayroll, CancellationToken ct)
    {
        var book = await contacts.OfAsync(organisation, hidePayroll, ct);
        var balances = await trialBalances.ComputeAsync(organisation, book.Date, ct);
        return PayablesBook.Of(
            book.Date,
            balances.Rows.Where(row => row.Type == "BANK").Sum(row => row.Balance),
            Open(book),
            await marks.HoldsAsync(new TenantId(organisation.Id), ct),
            book.Contacts.Where(contact => contact.IsPayroll).Sum(contact => contact.WeOwe),
            organisation.SyncInProgress);
    }

    /// <summary>What looks odd among suppliers' documents.</summary>
    public async Task<PayableFindings> FindingsAsync(XeroTenant organisation, DateOnly today, int days, bool hidePayroll, CancellationToken ct)
    {
        var documents = await DocumentsAsync(organisation, today, hidePayroll, ct);
        var tenant = new TenantId(organisation.Id);
        var cleared = await marks.ClearedAsync(tenant, ct);
        var (missing, dismissed) = UsualBills.Apart(UsualBills.Find(documents, today), documents, await marks.DismissedAsync(tenant, ct));
        return new PayableFindings(LookAlikes.Find(documents, days, today.AddDays(-DaysBack), cleared), missing, organisation.SyncInProgress) { Dismissed = dismissed };
    }

    /// <summary>All usual bills that are missing, expected or not.</summary>
    public async Task<IReadOnlyList<MissingBill>> AllMissingAsync(XeroTenant organisation, DateOnly today, bool hidePayroll, CancellationToken ct) =>
        UsualBills.Find(await DocumentsAsync(organisation, today, hidePayroll, ct), today);

    /// <summary>All that could look alike, told apart before or not.</summary>
    public async Task<IReadOnlyList<LookAlike>> AllAlikeAsync(XeroTenant organisation, DateOnly today, bool hidePayroll, CancellationToken ct) =>
        LookAlikes.Find(await DocumentsAsync(organisation, today, hidePayroll, ct), LookAlikes.MostDays, today.AddDays(-DaysBack), new HashSet<(Guid, Guid)>());

    private Task<IReadOnlyList<SupplierDocument>> DocumentsAsync(XeroTenant organisation, DateOnly today, bool hidePayroll, CancellationToken ct) => _documents.OfAsync(
        organisation, today, hidePayroll, () => reader.SinceAsync(new TenantId(organisation.Id), UsualBills.Since(today), today.AddDays(-2 * DaysBack), hidePayroll, ct));

    internal static IEnumerable<OpenItem> Open(ContactBook book) => book.Open.SelectMany(group => group).Where(item => !Standings.IsSale(item));
}

/// <summary>What is to be paid, what paying leaves, and what to look at before. For those who see documents.</summary>
public sealed class PayablesService(ITenantRepository tenants, PayablesBooks books, ContactBooks contacts, IBillMarkBook marks, TimeProvider clock)
{
    public async Task<Result<PayablesBook>> GetAsync(Caller caller, TenantId tenant, CancellationToken ct)
    {
        var found = await FindAsync(caller, tenant, Permissions.TransactionsRead, ct);
        return found.Problem is { } refused ? refused : await books.OfAsync(found.Value, PayrollRules.AreHiddenFrom(caller), ct);
    }

    /// <summary>A page of the bills to pay, by due day.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="tenant">Whose bills.</param>
    /// <param name="due">Only those; null: all.</param>
    /// <param name="onHold">Only those on hold, or only those that are not; null: both.</param>
    /// <param name="place">Which page.</param>
    /// <param name="limit">How many.</param>
    /// <param name="ct">Stops.</param>
    public async Task<Result<(Page<BillToPay> Page, int Count, bool SyncInProgress)>> BillsAsync(Caller caller, TenantId tenant, BillDue? due, bool? onHold, PagePlace place, int limit, CancellationToken ct)
    {
        var book = await GetAsync(caller, tenant, ct);
        if (book.Problem is { } refused)
        {
            return refused;
        }

        var rows = book.Value.Bills.Where(bill => (due is null || bill.Due == due) && (onHold is null || (bill.Hold is not null) == onHold)).ToList();
        var page = Paging.Cut(rows, place, limit, bill => bill.Document.Id.ToString("N"));
        return page.Problem is { } badCursor ? badCursor : (page.Value, rows.Count, book.Value.SyncInProgress);
    }

    /// <summary>What to look at before paying.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="tenant">Whose documents.</param>
    /// <param name="days">How far apart look-alikes may be; null: a week.</param>
    /// <param name="ct">Stops.</param>
    public async Task<Result<PayableFindings>> FindingsAsync(Caller caller, TenantId tenant, int? days, CancellationToken ct)
    {
        var found = await FindAsync(caller, tenant, Permissions.TransactionsRead, ct);
        return found.Problem is { } refused ? refused
            : days is < 0 or > LookAlikes.MostDays ? Problem.Invalid("days", $"days must be 0 to {LookAlikes.MostDays}.")
            : await books.FindingsAsync(found.Value, found.Value.Today(clock), days ?? LookAlikes.UsualDays, PayrollRules.AreHiddenFrom(caller), ct);
    }

    /// <summary>Why a bill is on hold, by our id of it.</summary>
    public async Task<Result<BillHold>> HoldAsync(Caller caller, TenantId tenant, Guid bill, CancellationToken ct)
    {
        var found = await BillAsync(caller, tenant, Permissions.TransactionsRead, bill, ct);
        return found.Problem is { } refused ? refused
            : await marks.HoldAsync(tenant, found.Value.XeroId, ct) is { } hold ? hold : PayableProblems.NoHold;
    }

    /// <summary>Holds an open bill, or changes why.</summary>
    public async Task<Result<BillHold>> SetHoldAsync(Caller caller, TenantId tenant, Guid bill, ReadVersion version, string? reason, CancellationToken ct)
    {
        if ((MayWrite(caller, tenant) ?? Check(reason)) is { } wrong)
        {
            return wrong;
        }

        var found = await BillAsync(caller, tenant, Permissions.TransactionsWrite, bill, ct);
        return found.Problem is { } refused ? refused : await marks.SetAsync(caller, tenant, found.Value.XeroId, version, reason!.Trim(), ct);
    }

    public async Task<Result<Done>> ReleaseAsync(Caller caller, TenantId tenant, Guid bill, ReadVersion version, CancellationToken ct)
    {
        if (MayWrite(caller, tenant) is { } wrong)
        {
            return wrong;
        }

        var found = await BillAsync(caller, tenant, Permissions.TransactionsWrite, bill, ct);
        return found.Problem is { } refused ? refused : await marks.ReleaseAsync(caller, tenant, found.Value.XeroId, version, ct);
    }

    /// <summary>Says that documents which look alike are different ones, so that they are not told again.</summary>
    /// <param name="caller">Who looked.</param>
    /// <param name="tenant">Whose documents.</param>
    /// <param name="ids">Two or more of one group, by our ids.</param>
    /// <param name="ct">Stops.</param>
    public async Task<Result<Done>> ClearAsync(Caller caller, TenantId tenant, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        if ((MayWrite(caller, tenant) ?? (ids.Distinct().Count() is < 2 or > 100 ? Problem.Invalid("ids", "ids must name 2 to 100 documents.") : null)) is { } wrong)
        {
            return wrong;
        }

        // Among all that could look alike, those told apart before too: saying it twice is saying it once.
        var found = await FindAsync(caller, tenant, Permissions.TransactionsWrite, ct);
        if (found.Problem is { } refused)
        {
            return refused;
        }

        var group = (await books.AllAlikeAsync(found.Value, found.Value.Today(clock), PayrollRules.AreHiddenFrom(caller), ct)).FirstOrDefault(alike => ids.All(id => alike.Documents.Any(document => document.Id == id)));
        if (group is null)
        {
            return PayableProblems.UnknownDocuments;
        }

        var xeroIds = group.Documents.Where(document => ids.Contains(document.Id)).Select(document => document.XeroId).ToList();
        return await marks.ClearAsync(caller, tenant, [.. xeroIds.SelectMany((one, index) => xeroIds.Skip(index + 1).Select(other => LookAlikes.Pair(one, other)))], true, ct);
    }

    /// <summary>Says that a usual bill which is missing is not expected, so that it is not told of again.</summary>
    /// <param name="caller">Who says so.</param>
    /// <param name="tenant">Whose bills.</param>
    /// <param name="contactId">The supplier, by Xero's ContactID.</param>
    /// <param name="month">Only in that month; null: not any more.</param>
    /// <param name="ct">Stops.</param>
    public async Task<Result<Done>> DismissAsync(Caller caller, TenantId tenant, Guid contactId, Month? month, CancellationToken ct)
    {
        if (MayWrite(caller, tenant) is { } wrong)
        {
            return wrong;
        }

        var found = await FindAsync(caller, tenant, Permissions.TransactionsWrite, ct);
        if (found.Problem is { } refused)
        {
            return refused;
        }

        var missing = await books.AllMissingAsync(found.Value, found.Value.Today(clock), PayrollRules.AreHiddenFrom(caller), ct);
        return missing.Any(bill => bill.ContactId == contactId && (month is null || bill.Month == month))
            ? await marks.DismissAsync(caller, tenant, contactId, month, true, ct)
            : PayableProblems.NotMissing;
    }

    /// <summary>The usual bill is expected after all.</summary>
    public async Task<Result<Done>> ExpectAsync(Caller caller, TenantId tenant, Guid contactId, Month? month, CancellationToken ct) =>
        MayWrite(caller, tenant) is { } wrong ? wrong
        : await FindAsync(caller, tenant, Permissions.TransactionsWrite, ct) is { Problem: { } refused } ? refused
        : await marks.DismissAsync(caller, tenant, contactId, month, false, ct);

    /// <summary>What is wrong with a reason by itself.</summary>
    public static Problem? Check(string? reason) =>
        string.IsNullOrWhiteSpace(reason) || reason.Trim().Length > BillHold.ReasonLimit || reason.Any(char.IsControl) || TextRules.Askable(reason) != reason
            ? Problem.Invalid("reason", $"Say why it is not to be paid in 1 to {BillHold.ReasonLimit} characters, on one line.")
            : null;

    private static Problem? MayWrite(Caller caller, TenantId tenant) => caller.Lacks(Permissions.TransactionsWrite, tenant) ?? caller.Lacks(Permissions.TransactionsRead);

    private async Task<Result<XeroTenant>> FindAsync(Caller caller, TenantId tenant, string permission, CancellationToken ct) =>
        caller.Lacks(permission, tenant) is { } refused ? refused : await tenants.FindAsync(tenant, ct) is { } organisation ? organisation : TenantProblems.Unknown;

    private async Task<Result<Transaction>> BillAsync(Caller caller, TenantId tenant, string permission, Guid bill, CancellationToken ct)
    {
        var found = await FindAsync(caller, tenant, permission, ct);
        if (found.Problem is { } refused)
        {
            return refused;
        }

        var book = await contacts.OfAsync(found.Value, PayrollRules.AreHiddenFrom(caller), ct);
        return PayablesBooks.Open(book).FirstOrDefault(item => item.Kind == OpenItemKind.Invoice && item.Document.Id == bill) is { } open ? open.Document : PayableProblems.UnknownBill;
    }
}
