using XeroCfo.Domain.Audit;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Xero;

namespace XeroCfo.Domain.Ledger.Accounts;

/// <summary>The lines behind an account's balance between any two days, each with the balance after it.</summary>
public sealed class AccountLedgerService(ITenantRepository tenants, ILedgerReader ledger, IAccountLedgerReader sums, AuditNotes notes, TimeProvider clock)
{
    /// <summary>
    /// A page of it. The last row of the last page stands at <see cref="AccountLedger.Closing"/>, which equals the trial balance of that day. Who may not
    /// see payroll gets such an account in one amount a month.
    /// </summary>
    public async Task<Result<AccountLedger>> PageAsync(
        Caller caller, TenantId tenant, Guid accountId, AccountLedgerFilter filter, PagePlace place, int limit, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.LedgerRead, tenant) is { } refused)
        {
            return refused;
        }

        if (Check(filter) is { } wrong)
        {
            return wrong;
        }

        if (await tenants.FindAsync(tenant, ct) is not { } organisation)
        {
            return TenantProblems.Unknown;
        }

        var accounts = await ledger.AccountsAsync(tenant, ct);
        if (accounts.FirstOrDefault(one => one.AccountId == accountId) is not { } account)
        {
            // An account that Xero no longer lists is known by its lines.
            var strange = await ledger.LinesAsync(tenant, new LedgerLineFilter { AccountId = accountId }, PagePlace.First, 1, ct);
            if (strange.Problem is not null || strange.Value.Items.Count == 0)
            {
                return AccountTagProblems.NoSuchAccount;
            }

            account = new Account { AccountId = accountId, Name = strange.Value.Items[0].AccountName, Type = "UNKNOWN", Class = "ASSET" };
        }

        var (today, ofPayroll) = (organisation.Today(clock), PayrollRules.AreHiddenFrom(caller) && PayrollRules.IsPayroll(account));
        if (!ofPayroll && PayrollRules.IsPayroll(account))
        {
            await notes.PayrollSeenAsync(caller, tenant, $"ledger of {account.Code} {account.Name}", ct);
        }

        filter = ofPayroll ? InWholeMonths(filter, today) : filter;
        var range = new Range(filter.From, filter.To ?? today, organisation);
        var lines = Lines(accountId, range, filter).For(caller);
        var turns = filter.IsPartial ? [] : await TurnsAsync(tenant, account, accounts, range, ct);
        var opening = filter.IsPartial ? 0 : await OpeningAsync(tenant, account, accounts, range, ct);
        var total = (await sums.BeforeAsync(tenant, lines, null, ct)).Sum;
        var closing = opening + total + turns.Sum(turn => turn.Amount);
        var page = ofPayroll
            ? new Page<LedgerRow>(Months(await sums.DaysAsync(tenant, lines, ct), turns, opening, range), null)
            : await RowsAsync(tenant, lines, turns, opening, place, limit, ct);
        return page.Problem is { } badCursor ? badCursor : new AccountLedger
        {
            Account = account,
            From = range.From,
            To = range.To,
            Opening = opening,
            Closing = closing,
            Rows = page.Value.Items,
            Next = page.Value.Next,
            Previous = page.Value.Previous,
            HidesPayroll = ofPayroll,
            IsPartial = filter.IsPartial,
            SyncInProgress = organisation.SyncInProgress,
        };
    }

    /// <summary>
    /// The page after one that was read to its end, for those who read all of them: what stands above it is taken from that page and not summed anew.
    /// </summary>
    public async Task<Result<AccountLedger>> NextAsync(Caller caller, TenantId tenant, AccountLedger page, AccountLedgerFilter filter, int limit, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.LedgerRead, tenant) is { } refused)
        {
            return refused;
        }

        if (await tenants.FindAsync(tenant, ct) is not { } organisation)
        {
            return TenantProblems.Unknown;
        }

        var range = new Range(page.From, page.To, organisation);
        var turns = filter.IsPartial ? [] : await TurnsAsync(tenant, page.Account, await ledger.AccountsAsync(tenant, ct), range, ct);
        var lines = await ledger.LinesAsync(tenant, Lines(page.Account.AccountId, range, filter).For(caller), PagePlace.After(page.Next!), limit, ct);
        return lines.Problem is { } badCursor
            ? badCursor
            : page with { Rows = Rows(lines.Value, turns, page.Rows[^1].Running, page.Rows[^1].Day), Next = lines.Value.Next, Previous = lines.Value.Previous };
    }

    private static LedgerLineFilter Lines(Guid account, Range range, AccountLedgerFilter filter) =>
        new() { AccountId = account, From = range.From, To = range.To, Source = filter.Source, Kind = DifferenceKindOf(filter), Document = DocumentKindOf(filter) };

    /// <summary>What is wrong with a filter by itself.</summary>
    private static Problem? Check(AccountLedgerFilter filter) =>
        filter.From is { } from && !AccountingDays.Contain(from) ? Problem.Invalid("from", "Choose a day from 1900 to 2199.")
        : filter.To is { } to && !AccountingDays.Contain(to) ? Problem.Invalid("to", "Choose a day from 1900 to 2199.")
        : filter.From > filter.To ? Problem.Invalid("from", "The first day lies after the last one.")
        : filter.Source is { } source && !LineSources.All.Contains(source) ? Problem.Invalid("source", "There is no such source of ledger lines.")
        : filter.Kind is not null && DocumentKindOf(filter) is null && DifferenceKindOf(filter) is null ? Problem.Invalid("kind", "There is no such kind of ledger line.")
        : null;

    // A few days of it, or one kind of document, may be a single pay. The month in progress ends today.
    private static AccountLedgerFilter InWholeMonths(AccountLedgerFilter filter, DateOnly today)
    {
        var (to, end) = (filter.To ?? today, Month.Of(filter.To ?? today).End);
        return new AccountLedgerFilter { From = filter.From is { } from ? Month.Of(from).Start : null, To = to >= today ? to : end < today ? end : today };
    }

    private static DocumentKind? DocumentKindOf(AccountLedgerFilter filter) =>
        filter.Kind is { Length: > 0 } name && char.IsAsciiLetter(name[0]) && Enum.TryParse<DocumentKind>(name, out var kind) && Enum.IsDefined(kind) ? kind : null;

    private static string? DifferenceKindOf(AccountLedgerFilter filter) =>
        filter.Kind is { } kind && (DifferenceKinds.Confirmable.Contains(kind) || kind == DifferenceKinds.Unexplained) ? kind : null;

    private async Task<decimal> OpeningAsync(TenantId tenant, Account account, IReadOnlyList<Account> accounts, Range range, CancellationToken ct)
    {
        if (range.From is not { } from || from == AccountingDays.First)
        {
            return 0;
        }

        var (yearStart, before) = (range.Year.StartOf(from), from.AddDays(-1));
        if (account.IsProfitAndLoss)
        {
            return yearStart == from ? 0 : Of(await ledger.MovementsAsync(tenant, yearStart, before, ct), One(account));
        }

        var own = Of(await ledger.MovementsAsync(tenant, null, before, ct), One(account));
        return IsRetained(account) ? own + Of(await ledger.MovementsAsync(tenant, null, yearStart.AddDays(-1), ct), Earning(accounts)) : own;
    }

    // Xero posts no line when a year ends: income and expense begin anew, and what they came to stands in retained earnings.
    private async Task<List<LedgerRow>> TurnsAsync(TenantId tenant, Account account, IReadOnlyList<Account> accounts, Range range, CancellationToken ct)
    {
        var turns = new List<LedgerRow>();
        if ((!account.IsProfitAndLoss && !IsRetained(account)) || range.First is not { } first)
        {
            return turns;
        }

        var (which, sign) = account.IsProfitAndLoss ? (One(account), -1) : (Earning(accounts), 1);
        for (var turn = range.Year.EndOf(first).AddDays(1); turn <= range.To; turn = range.Year.EndOf(turn).AddDays(1))
        {
            // The first one takes all that came before it, whatever day the books' opening has.
            DateOnly? since = turns.Count == 0 && range.From is null ? null : range.Year.StartOf(turn.AddDays(-1));
            var amount = sign * Of(await ledger.MovementsAsync(tenant, since, turn.AddDays(-1), ct), which);
            turns.Add(new LedgerRow(LedgerRowKind.YearEnd, turn, amount, 0, null));
        }

        return turns;
    }

    private async Task<Result<Page<LedgerRow>>> RowsAsync(
        TenantId tenant, LedgerLineFilter filter, List<LedgerRow> turns, decimal opening, PagePlace place, int limit, CancellationToken ct)
    {
        var lines = await ledger.LinesAsync(tenant, filter, place, limit, ct);
        if (lines.Problem is { } badCursor)
        {
            return badCursor;
        }

        var (running, shown, items) = (opening, (DateOnly?)null, lines.Value.Items);
        if (lines.Value.Previous is not null)
        {
            var (sum, lastDay) = await sums.BeforeAsync(tenant, filter, new LinePlace(items[0].Line.Date, items[0].Line.Id), ct);
            (running, shown) = (opening + sum + turns.Where(turn => turn.Day <= lastDay).Sum(turn => turn.Amount), lastDay);
        }

        return new Page<LedgerRow>(Rows(lines.Value, turns, running, shown), lines.Value.Next, lines.Value.Previous);
    }

    /// <param name="page">The lines.</param>
    /// <param name="turns">Of all financial years.</param>
    /// <param name="running">The balance above the first line.</param>
    /// <param name="shown">The day of the line above it; turns up to it stand there.</param>
    private static List<LedgerRow> Rows(Page<LedgerLineView> page, List<LedgerRow> turns, decimal running, DateOnly? shown)
    {
        var rows = new List<LedgerRow>(page.Items.Count + turns.Count);
        var due = new Queue<LedgerRow>(turns.Where(turn => shown is null || turn.Day > shown));
        foreach (var view in page.Items)
        {
            TakeTurns(view.Line.Date);
            rows.Add(new LedgerRow(LedgerRowKind.Line, view.Line.Date, view.Line.Amount, running += view.Line.Amount, view));
        }

        if (page.Next is null)
        {
            TakeTurns(DateOnly.MaxValue);
        }

        return rows;

        void TakeTurns(DateOnly upTo)
        {
            while (due.TryPeek(out var turn) && turn.Day <= upTo)
            {
                rows.Add(due.Dequeue() with { Running = running += turn.Amount });
            }
        }
    }

    private static List<LedgerRow> Months(IReadOnlyList<(DateOnly Day, decimal Sum)> days, List<LedgerRow> turns, decimal opening, Range range)
    {
        var running = opening;
        return
        [
            .. days.GroupBy(day => Month.Of(day.Day))
                .Select(month => new LedgerRow(LedgerRowKind.Month, month.Key.End < range.To ? month.Key.End : range.To, month.Sum(day => day.Sum), 0, null))
                .Concat(turns)
                .OrderBy(row => row.Kind == LedgerRowKind.YearEnd ? row.Day.AddDays(-1) : row.Day).ThenBy(row => row.Kind == LedgerRowKind.YearEnd)
                .Select(row => row with { Running = running += row.Amount }),
        ];
    }

    private static bool IsRetained(Account account) => account.SystemAccount == SystemAccounts.RetainedEarnings;

    private static HashSet<Guid> One(Account account) => [account.AccountId];

    private static HashSet<Guid> Earning(IReadOnlyList<Account> accounts) => [.. accounts.Where(account => account.IsProfitAndLoss).Select(account => account.AccountId)];

    private static decimal Of(IReadOnlyList<AccountMovement> movements, HashSet<Guid> accounts) =>
        movements.Where(movement => accounts.Contains(movement.AccountId)).Sum(movement => movement.Total);

    /// <summary>The days that are asked for, and the first of them that can hold a line.</summary>
    private sealed record Range(DateOnly? From, DateOnly To, XeroTenant Organisation)
    {
        public FinancialYear Year => Organisation.FinancialYear;

        public DateOnly? First => Organisation.BooksStart is not { } start ? null : From > start ? From : start.AddDays(-1);
    }
}
