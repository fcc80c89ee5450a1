using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Receivables;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Data.Receivables;

internal sealed class FollowUpBook(IDbFactory factory) : IFollowUpBook
{
    public async Task<FollowUps> AllAsync(TenantId tenant, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return new FollowUps(
            await db.InvoiceFollowUps.AsNoTracking().ToDictionaryAsync(row => row.InvoiceXeroId, ct),
            await db.NextActions.AsNoTracking().ToDictionaryAsync(row => row.ContactId, ct));
    }

    public async Task<InvoiceFollowUp?> OfInvoiceAsync(TenantId tenant, Guid invoiceXeroId, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await db.InvoiceFollowUps.AsNoTracking().FirstOrDefaultAsync(row => row.InvoiceXeroId == invoiceXeroId, ct);
    }

    public async Task<NextAction?> OfContactAsync(TenantId tenant, Guid contactId, CancellationToken ct)
    {
        await using var db = factory.For(tenant);
        return await db.NextActions.AsNoTracking().FirstOrDefaultAsync(row => row.ContactId == contactId, ct);
    }

    public async Task<Result<InvoiceFollowUp>> SetAsync(Caller caller, TenantId tenant, Guid invoiceXeroId, ReadVersion version, InvoiceFollowUpInput input, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        var row = await db.InvoiceFollowUps.FirstOrDefaultAsync(row => row.InvoiceXeroId == invoiceXeroId, ct);
        if (row is not null && version.Against(row.UpdatedAt) is { } stale)
        {
            return stale;
        }

        var before = row is null ? null : Details(row);
        row ??= db.InvoiceFollowUps.Add(new InvoiceFollowUp { TenantId = tenant.Value, InvoiceXeroId = invoiceXeroId }).Entity;
        (row.PromisedDate, row.IsDisputed, row.DisputeReason, row.UserId) = (input.PromisedDate, input.IsDisputed, input.DisputeReason, caller.UserId);
        db.Touch(row);
        work.Audit("receivables.follow_up_set", new { invoiceXeroId, before, after = Details(row) });
        var saved = await work.CommitAsync(ct);
        return saved.Problem is { } refused ? refused : row;
    }

    public async Task<Result<Done>> ClearAsync(Caller caller, TenantId tenant, Guid invoiceXeroId, ReadVersion version, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        await work.Db.LockOrganisationAsync(tenant.Value, ct);
        if (await work.Db.InvoiceFollowUps.FirstOrDefaultAsync(row => row.InvoiceXeroId == invoiceXeroId, ct) is not { } row)
        {
            return FollowUpProblems.NoFollowUp;
        }

        if (version.Against(row.UpdatedAt) is { } stale)
        {
            return stale;
        }

        work.Db.InvoiceFollowUps.Remove(row);
        work.Audit("receivables.follow_up_cleared", new { invoiceXeroId, before = Details(row) });
        return await work.CommitAsync(ct);
    }

    public async Task<Result<NextAction>> PlanAsync(Caller caller, TenantId tenant, Guid contactId, ReadVersion version, NextActionInput input, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        var db = work.Db;
        await db.LockOrganisationAsync(tenant.Value, ct);
        var row = await db.NextActions.FirstOrDefaultAsync(row => row.ContactId == contactId, ct);
        if (row is not null && version.Against(row.UpdatedAt) is { } stale)
        {
            return stale;
        }

        var before = row is null ? null : Details(row);
        row ??= db.NextActions.Add(new NextAction { TenantId = tenant.Value, ContactId = contactId, Text = input.Text! }).Entity;
        (row.Text, row.DueDate, row.UserId) = (input.Text!, input.DueDate!.Value, caller.UserId);
        db.Touch(row);
        work.Audit("receivables.action_planned", new { contactId, before, after = Details(row) });
        var saved = await work.CommitAsync(ct);
        return saved.Problem is { } refused ? refused : row;
    }

    public async Task<Result<Done>> FinishAsync(Caller caller, TenantId tenant, Guid contactId, ReadVersion version, CancellationToken ct)
    {
        await using var work = await UnitOfWork.BeginAsync(factory, caller, tenant, ct);
        await work.Db.LockOrganisationAsync(tenant.Value, ct);
        if (await work.Db.NextActions.FirstOrDefaultAsync(row => row.ContactId == contactId, ct) is not { } row)
        {
            return FollowUpProblems.NoAction;
        }

        if (version.Against(row.UpdatedAt) is { } stale)
        {
            return stale;
        }

        work.Db.NextActions.Remove(row);
        work.Audit("receivables.action_finished", new { contactId, before = Details(row) });
        return await work.CommitAsync(ct);
    }

    private static object Details(InvoiceFollowUp row) => new { row.PromisedDate, row.IsDisputed, row.DisputeReason };

    private static object Details(NextAction row) => new { row.Text, row.DueDate };
}
