using XeroCfo.Domain.Payables;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Receivables;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Tests.Support;

/// <summary>What was agreed with customers and is held from suppliers, in memory; what suppliers sent is what a test says.</summary>
internal sealed class FakeFollowUps(TimeProvider clock) : IFollowUpBook, IBillMarkBook, IPayableReader, IReminderTextBook
{
    public List<ReminderText> Texts { get; } = [];

    public HashSet<(Guid ContactId, Month? Month)> Dismissed { get; } = [];

    public List<InvoiceFollowUp> Invoices { get; } = [];

    public List<NextAction> Actions { get; } = [];

    public List<BillHold> Holds { get; } = [];

    public HashSet<(Guid, Guid)> Cleared { get; } = [];

    public List<SupplierDocument> Documents { get; } = [];

    public Task<FollowUps> AllAsync(TenantId tenant, CancellationToken ct) =>
        Task.FromResult(new FollowUps(Invoices.ToDictionary(row => row.InvoiceXeroId), Actions.ToDictionary(row => row.ContactId)));

    public Task<InvoiceFollowUp?> OfInvoiceAsync(TenantId tenant, Guid invoiceXeroId, CancellationToken ct) => Task.FromResult(Invoices.Find(row => row.InvoiceXeroId == invoiceXeroId));

    public Task<NextAction?> OfContactAsync(TenantId tenant, Guid contactId, CancellationToken ct) => Task.FromResult(Actions.Find(row => row.ContactId == contactId));

    public Task<Result<InvoiceFollowUp>> SetAsync(Caller caller, TenantId tenant, Guid invoiceXeroId, ReadVersion version, InvoiceFollowUpInput input, CancellationToken ct) =>
        Put(Invoices, row => row.InvoiceXeroId == invoiceXeroId, version, () => new InvoiceFollowUp { TenantId = tenant.Value, InvoiceXeroId = invoiceXeroId },
            row => (row.PromisedDate, row.IsDisputed, row.DisputeReason, row.UserId) = (input.PromisedDate, input.IsDisputed, input.DisputeReason, caller.UserId));

    public Task<Result<Done>> ClearAsync(Caller caller, TenantId tenant, Guid invoiceXeroId, ReadVersion version, CancellationToken ct) =>
        Take(Invoices, row => row.InvoiceXeroId == invoiceXeroId, version, FollowUpProblems.NoFollowUp);

    public Task<Result<NextAction>> PlanAsync(Caller caller, TenantId tenant, Guid contactId, ReadVersion version, NextActionInput input, CancellationToken ct) =>
        Put(Actions, row => row.ContactId == contactId, version, () => new NextAction { TenantId = tenant.Value, ContactId = contactId, Text = "" },
            row => (row.Text, row.DueDate, row.UserId) = (input.Text!, input.DueDate!.Value, caller.UserId));

    public Task<Result<Done>> FinishAsync(Caller caller, TenantId tenant, Guid contactId, ReadVersion version, CancellationToken ct) =>
        Take(Actions, row => row.ContactId == contactId, version, FollowUpProblems.NoAction);

    public Task<IReadOnlyDictionary<Guid, BillHold>> HoldsAsync(TenantId tenant, CancellationToken ct) => Task.FromResult<IReadOnlyDictionary<Guid, BillHold>>(Holds.ToDictionary(row => row.BillXeroId));

    public Task<BillHold?> HoldAsync(TenantId tenant, Guid billXeroId, CancellationToken ct) => Task.FromResult(Holds.Find(row => row.BillXeroId == billXeroId));

    public Task<Result<BillHold>> SetAsync(Caller caller, TenantId tenant, Guid billXeroId, ReadVersion version, string reason, CancellationToken ct) =>
        Put(Holds, row => row.BillXeroId == billXeroId, version, () => new BillHold { TenantId = tenant.Value, BillXeroId = billXeroId, Reason = "" }, row => (row.Reason, row.UserId) = (reason, caller.UserId));

    public Task<Result<Done>> ReleaseAsync(Caller caller, TenantId tenant, Guid billXeroId, ReadVersion version, CancellationToken ct) =>
        Take(Holds, row => row.BillXeroId == billXeroId, version, PayableProblems.NoHold);

    public Task<IReadOnlySet<(Guid, Guid)>> ClearedAsync(TenantId tenant, CancellationToken ct) => Task.FromResult<IReadOnlySet<(Guid, Guid)>>(Cleared);

    public Task<Result<Done>> ClearAsync(Caller caller, TenantId tenant, IReadOnlyList<(Guid, Guid)> pairs, bool different, CancellationToken ct)
    {
        foreach (var pair in pairs)
        {
            _ = different ? Cleared.Add(pair) : Cleared.Remove(pair);
        }

        return Task.FromResult<Result<Done>>(Done.Value);
    }

    public Task<IReadOnlySet<(Guid ContactId, Month? Month)>> DismissedAsync(TenantId tenant, CancellationToken ct) => Task.FromResult<IReadOnlySet<(Guid, Month?)>>(Dismissed);

    public Task<Result<Done>> DismissAsync(Caller caller, TenantId tenant, Guid contactId, Month? month, bool dismissed, CancellationToken ct)
    {
        _ = dismissed ? Dismissed.Add((contactId, month)) : Dismissed.Remove((contactId, month));
        return Task.FromResult<Result<Done>>(Done.Value);
    }

    Task<IReadOnlyList<ReminderText>> IReminderTextBook.AllAsync(TenantId tenant, CancellationToken ct) => Task.FromResult<IReadOnlyList<ReminderText>>(Texts);

    public Task<Result<ReminderText>> SetAsync(Caller caller, TenantId tenant, string tone, ReadVersion version, string subject, string body, CancellationToken ct) =>
        Put(Texts, row => row.Tone == tone, version, () => new ReminderText { TenantId = tenant.Value, Tone = tone, Subject = "", Body = "" }, row => (row.Subject, row.Body, row.UserId) = (subject, body, caller.UserId));

    public Task<Result<Done>> ResetAsync(Caller caller, TenantId tenant, string tone, ReadVersion version, CancellationToken ct) =>
        Take(Texts, row => row.Tone == tone, version, ReminderTextProblems.NoneOfOwn);

    public Task<IReadOnlyList<SupplierDocument>> SinceAsync(TenantId tenant, DateOnly bills, DateOnly spent, bool hidePayroll, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<SupplierDocument>>([.. Documents.Where(row => row.Date >= (row.IsBill ? bills : spent)).OrderBy(row => row.Date)]);

    private Task<Result<T>> Put<T>(List<T> rows, Predicate<T> isIt, ReadVersion version, Func<T> make, Action<T> change)
        where T : Entity
    {
        var row = rows.Find(isIt);
        if (row is not null && version.Against(row.UpdatedAt) is { } stale)
        {
            return Task.FromResult<Result<T>>(stale);
        }

        if (row is null)
        {
            row = make();
            row.CreatedAt = clock.GetUtcNow().UtcDateTime;
            rows.Add(row);
        }

        change(row);
        row.UpdatedAt = clock.GetUtcNow().UtcDateTime;
        return Task.FromResult<Result<T>>(row);
    }

    private static Task<Result<Done>> Take<T>(List<T> rows, Predicate<T> isIt, ReadVersion version, Problem none)
        where T : Entity
    {
        if (rows.Find(isIt) is not { } row)
        {
            return Task.FromResult<Result<Done>>(none);
        }

        if (version.Against(row.UpdatedAt) is { } stale)
        {
            return Task.FromResult<Result<Done>>(stale);
        }

        rows.Remove(row);
        return Task.FromResult<Result<Done>>(Done.Value);
    }
}
