using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Ledger;

/// <summary>The tie-out to Xero, month by month: what stands on documents, what only Xero knows, and what a person said of it.</summary>
public sealed class TieOutService(ITenantRepository tenants, ILedgerReader ledger, ITieOutBook book, TrialBalanceService balances, TimeProvider clock)
{
    /// <summary>How long a note may be.</summary>
    public const int NoteLimit = 1000;

    private const int MostChanges = 10;

    /// <summary>A month end; without a month the last full one. Refused before the books and in the future.</summary>
    public async Task<Result<TieOutMonth>> MonthAsync(Caller caller, TenantId tenant, Month? month, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.LedgerRead, tenant) is { } refused)
        {
            return refused;
        }

        return await SummaryAsync(caller, tenant, month, ct);
    }

    /// <summary>The same for those who see totals only: nothing in it names a document.</summary>
    public async Task<Result<TieOutMonth>> SummaryAsync(Caller caller, TenantId tenant, Month? month, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.TenantsRead, tenant) is { } refused)
        {
            return refused;
        }

        if (await tenants.FindAsync(tenant, ct) is not { } organisation)
        {
            return TenantProblems.Unknown;
        }

        var wanted = month ?? LastFull(organisation);
        return TieOutProblems.Outside(organisation, wanted, organisation.Today(clock)) is { } outside ? outside : await ComputeAsync(caller, organisation, wanted, ct);
    }

    /// <summary>Every month from the start of the books to the last full one.</summary>
    public async Task<Result<IReadOnlyList<StripMonth>>> StripAsync(Caller caller, TenantId tenant, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.TenantsRead, tenant) is { } refused)
        {
            return refused;
        }

        if (await tenants.FindAsync(tenant, ct) is not { } organisation)
        {
            return TenantProblems.Unknown;
        }

        if (organisation.BooksStart is not { } start)
        {
            return Result<IReadOnlyList<StripMonth>>.Of([]);
        }

        var parts = await book.PartsAsync(tenant, organisation.Today(clock), ct);
        var strip = new List<StripMonth>();
        foreach (var month in Month.Range(Month.Of(start), LastFull(organisation)))
        {
            strip.Add(Strip(organisation, month, await balances.ComputeAsync(organisation, month.End, ct), parts));
        }

        return strip;
    }

    /// <summary>Every month of the strip in full, oldest first; refused where there is none.</summary>
    public async Task<Result<IReadOnlyList<TieOutMonth>>> AllAsync(Caller caller, TenantId tenant, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.LedgerRead, tenant) is { } refused)
        {
            return refused;
        }

        if (await tenants.FindAsync(tenant, ct) is not { } organisation)
        {
            return TenantProblems.Unknown;
        }

        var last = LastFull(organisation);
        if (TieOutProblems.Outside(organisation, last, organisation.Today(clock)) is { } outside)
        {
            return outside;
        }

        var months = new List<TieOutMonth>();
        foreach (var month in Month.Range(Month.Of(organisation.BooksStart!.Value), last))
        {
            months.Add(await ComputeAsync(caller, organisation, month, ct));
        }

        return months;
    }

    /// <summary>How an account's balance at a month's end comes about.</summary>
    public async Task<Result<AccountExplanation>> ExplainAsync(Caller caller, TenantId tenant, Guid accountId, Month month, CancellationToken ct)
    {
        var found = await MonthAsync(caller, tenant, month, ct);
        if (found.Problem is { } refused)
        {
            return refused;
        }

        if (found.Value.Balance.Rows.FirstOrDefault(row => row.AccountId == accountId) is not { } row)
        {
            return TieOutProblems.NoSuchAccount;
        }

        var organisation = (await tenants.FindAsync(tenant, ct))!;
        var account = (await ledger.AccountsAsync(tenant, ct)).First(one => one.AccountId == accountId);
        if (PayrollRules.AreHiddenFrom(caller) && PayrollRules.IsPayroll(account))
        {
            return new AccountExplanation(row, [], [.. found.Value.Parts[accountId]], []) { Account = account, Changes = [], HidesPayroll = true };
        }

        DateOnly? from = row.Class is "REVENUE" or "EXPENSE" ? organisation.FinancialYear.StartOf(month.End) : null;
        var parts = found.Value.Parts[accountId].ToList();
        var unexplained = parts.Where(part => part.State == DifferenceState.Unexplained && Month.Of(part.Date) == month).Sum(part => part.Amount);
        var changes = new PastChangeFilter { AccountId = accountId, Month = month, Since = parts.Where(part => Month.Of(part.Date) == month).Min(part => part.FirstSeenAt), HidePayroll = PayrollRules.AreHiddenFrom(caller) };
        return new AccountExplanation(
            row,
            await book.KindsAsync(tenant, accountId, from, month.End, ct),
            parts,
            unexplained == 0 ? [] : await book.CausesAsync(tenant, accountId, month, unexplained, PayrollRules.AreHiddenFrom(caller), ct))
        {
            Account = account,
            Changes = await book.PastChangesAsync(tenant, changes, null, MostChanges, ct) is { Succeeded: true, Value: var page } ? page.Items : [],
        };
    }

    /// <summary>What moved in months that were over, newest first; on request only in those that Xero locks.</summary>
    public async Task<Result<Page<PastChange>>> PastChangesAsync(Caller caller, TenantId tenant, bool onlyLocked, string? cursor, int limit, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.LedgerRead, tenant) is { } refused)
        {
            return refused;
        }

        return await tenants.FindAsync(tenant, ct) is { } organisation
            ? await book.PastChangesAsync(tenant, new PastChangeFilter { UpToLock = onlyLocked ? LockedUntil(organisation) ?? DateOnly.MinValue : null, HidePayroll = PayrollRules.AreHiddenFrom(caller) }, cursor, limit, ct)
            : TenantProblems.Unknown;
    }

    /// <summary>Says what an account's difference in a month is. It holds while the amount is what it is now.</summary>
    public async Task<Result<IReadOnlyList<XeroOnlyPart>>> ConfirmAsync(
        Caller caller, TenantId tenant, Guid accountId, Month month, string kind, string? note, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.CloseWrite, tenant) is { } refused)
        {
            return refused;
        }

        if (!DifferenceKinds.Confirmable.Contains(kind))
        {
            return Problem.Invalid("kind", $"kind must be one of {string.Join(", ", DifferenceKinds.Confirmable)}.");
        }

        if (note?.Length > NoteLimit)
        {
            return Problem.Invalid("note", $"note must be at most {NoteLimit} characters.");
        }

        if (note is not null && note.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t')))
        {
            return Problem.Invalid("note", "note must be text without control characters.");
        }

        if ((await ledger.AccountsAsync(tenant, ct)).All(account => account.AccountId != accountId))
        {
            return TieOutProblems.NoSuchAccount;
        }

        if (await book.IsTroubledAsync(tenant, accountId, month, ct))
        {
            return TieOutProblems.Troubled;
        }

        return await book.ConfirmAsync(caller, tenant, accountId, month, kind, string.IsNullOrWhiteSpace(note) ? null : note.Trim(), ct);
    }

    /// <summary>Takes back what was confirmed; the kind is a suggestion again.</summary>
    public async Task<Result<IReadOnlyList<XeroOnlyPart>>> WithdrawAsync(Caller caller, TenantId tenant, Guid accountId, Month month, CancellationToken ct) =>
        caller.Lacks(Permissions.CloseWrite, tenant) is { } refused ? refused : await book.ConfirmAsync(caller, tenant, accountId, month, null, null, ct);

    private Month LastFull(XeroTenant organisation) => Month.Of(organisation.Today(clock)).Previous;

    private static DateOnly? LockedUntil(XeroTenant organisation) => LockDates.Of(organisation).Until;

    private async Task<TieOutMonth> ComputeAsync(Caller caller, XeroTenant organisation, Month month, CancellationToken ct)
    {
        var tenant = new TenantId(organisation.Id);
        var balance = await balances.ComputeAsync(organisation, month.End, ct);
        var movements = (await ledger.MovementsAsync(tenant, month.Start, month.End, ct)).ToDictionary(movement => movement.AccountId);
        var accounts = (await ledger.AccountsAsync(tenant, ct)).ToDictionary(account => account.AccountId);
        var parts = Shown(await book.PartsAsync(tenant, month.End, ct), accounts, PayrollRules.AreHiddenFrom(caller));
        var yearStart = organisation.FinancialYear.StartOf(month.End);

        // Parts of earlier years' income and expense stand in retained earnings by now.
        var standing = parts.Where(part => !part.IsProvisional && !(part.Date < yearStart && accounts.TryGetValue(part.AccountId, out var account) && account.IsProfitAndLoss)).ToList();
        var ofMonth = parts.Where(part => !part.IsProvisional && Month.Of(part.Date) == month).ToList();
        var (documents, alone) = (movements.Values.Sum(movement => Math.Abs(movement.Documents)), ofMonth.Sum(part => Math.Abs(part.Amount)));
        return new TieOutMonth
        {
            Month = month,
            Balance = balance,
            Movements = movements,
            Parts = standing.ToLookup(part => part.AccountId),
            ShareOnDocuments = documents + alone == 0 ? null : documents / (documents + alone),
            Expected =
            [
                .. ofMonth.Where(part => part.State != DifferenceState.Unexplained).GroupBy(part => part.Kind)
                    .Select(group => new ExpectedKind(group.Key, Size(group))).OrderByDescending(kind => kind.Amount),
            ],
            Unexplained = Size(ofMonth.Where(part => part.State == DifferenceState.Unexplained)),
            ToConfirm = standing.Count(part => part.State == DifferenceState.Suggested),
        };
    }

    // What a person noted about pay is text about pay.
    private static IReadOnlyList<XeroOnlyPart> Shown(IReadOnlyList<XeroOnlyPart> parts, Dictionary<Guid, Account> accounts, bool hidePayroll) => !hidePayroll
        ? parts
        : [.. parts.Select(part => accounts.TryGetValue(part.AccountId, out var account) && PayrollRules.IsPayroll(account) ? part with { Note = null } : part)];

    private static StripMonth Strip(XeroTenant organisation, Month month, TrialBalance balance, IReadOnlyList<XeroOnlyPart> parts)
    {
        var locked = LockedUntil(organisation) >= month.End;
        if (balance.TiesToXero == CheckStatus.Unknown)
        {
            return new StripMonth(month, organisation.SettlingFrom <= month.End ? MonthState.Settling : MonthState.NotRead, 0, locked);
        }

        if (balance.TiesToXero == CheckStatus.Fail)
        {
            return new StripMonth(month, MonthState.Differs, balance.Rows.Sum(row => Math.Abs(row.Difference ?? 0)), locked);
        }

        if (balance.StandsOnDocuments != CheckStatus.Pass)
        {
            return new StripMonth(month, MonthState.Unexplained, balance.Rows.Sum(row => Math.Max(row.Unexplained, 0)), locked);
        }

        var expected = Size(parts.Where(part => !part.IsProvisional && Month.Of(part.Date) == month));
        return new StripMonth(month, expected == 0 ? MonthState.OnDocuments : MonthState.XeroOnly, expected, locked);
    }

    // Lines of a month stand against each other: the size is the larger side.
    private static decimal Size(IEnumerable<XeroOnlyPart> parts)
    {
        var amounts = parts.Select(part => part.Amount).ToList();
        return Math.Max(amounts.Where(amount => amount > 0).Sum(), -amounts.Where(amount => amount < 0).Sum());
    }
}

/// <summary>Refusals of the tie-out.</summary>
public static class TieOutProblems
{
    public static Problem NoSuchAccount { get; } = Problem.NotFound("account-not-found", "There is no such account in this organisation.");

    public static Problem NothingToConfirm { get; } =
        new("no-difference", "This account has no part from Xero's trial balance in that month, so there is nothing to confirm.", ProblemKind.Refused);

    public static Problem Troubled { get; } = new(
        "document-in-trouble",
        "A document that may belong to this account and month is not in the ledger, so the difference may be that document. Sync shows which one.", ProblemKind.Refused);

    public static Problem SyncInProgress { get; } = new("sync-in-progress", "A sync is bringing figures up to date. Confirm again when it has ended.", ProblemKind.Conflict);

    /// <summary>Why a month has no tie-out; null when it has one.</summary>
    public static Problem? Outside(XeroTenant organisation, Month month, DateOnly today) =>
        organisation.BooksStart is not { } start ? new Problem("no-months-yet", "There are no months yet: they appear with the first sync.", ProblemKind.Refused, "month")
        : month < Month.Of(start) ? new Problem("before-books-start", $"Books in XeroCfo begin {start:yyyy-MM-dd}. Choose {Month.Of(start)} or later.", ProblemKind.Refused, "month")
        : month.Start > today ? Problem.Invalid("month", $"{month} has not begun. Choose {Month.Of(today)} or earlier.")
        : null;
}
