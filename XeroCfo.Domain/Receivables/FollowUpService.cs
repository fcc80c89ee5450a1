using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Ledger.Contacts;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Receivables;

/// <summary>Writing down what was agreed with customers and what comes next. Nothing of it goes to Xero or to the customer.</summary>
public sealed class FollowUpService(ITenantRepository tenants, ContactBooks books, IContactReader contacts, IFollowUpBook followUps)
{
    /// <summary>What was agreed on an open invoice, by our id of it.</summary>
    public async Task<Result<InvoiceFollowUp>> OfInvoiceAsync(Caller caller, TenantId tenant, Guid invoice, CancellationToken ct)
    {
        var found = await InvoiceAsync(caller, tenant, Permissions.LedgerRead, invoice, ct);
        return found.Problem is { } refused ? refused
            : await followUps.OfInvoiceAsync(tenant, found.Value.XeroId, ct) is { } kept ? kept : FollowUpProblems.NoFollowUp;
    }

    /// <summary>Keeps a promise, a dispute or both; what is there already wants its version.</summary>
    public async Task<Result<InvoiceFollowUp>> SetAsync(Caller caller, TenantId tenant, Guid invoice, ReadVersion version, InvoiceFollowUpInput input, CancellationToken ct)
    {
        if ((MayWrite(caller, tenant) ?? Check(input)) is { } wrong)
        {
            return wrong;
        }

        var found = await InvoiceAsync(caller, tenant, Permissions.TransactionsWrite, invoice, ct);
        return found.Problem is { } refused ? refused
            : await followUps.SetAsync(caller, tenant, found.Value.XeroId, version, input with { DisputeReason = input.IsDisputed ? Clean(input.DisputeReason!) : null }, ct);
    }

    public async Task<Result<Done>> ClearAsync(Caller caller, TenantId tenant, Guid invoice, ReadVersion version, CancellationToken ct)
    {
        if (MayWrite(caller, tenant) is { } wrong)
        {
            return wrong;
        }

        var found = await InvoiceAsync(caller, tenant, Permissions.TransactionsWrite, invoice, ct);
        return found.Problem is { } refused ? refused : await followUps.ClearAsync(caller, tenant, found.Value.XeroId, version, ct);
    }

    /// <summary>What is planned for a customer.</summary>
    public async Task<Result<NextAction>> ActionAsync(Caller caller, TenantId tenant, Guid contactId, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.LedgerRead, tenant) is { } refused)
        {
            return refused;
        }

        return await contacts.FindAsync(tenant, contactId, ct) is not { } found ? FollowUpProblems.UnknownCustomer
            : await followUps.OfContactAsync(tenant, found.Contact.ContactId, ct) is { } kept ? kept : FollowUpProblems.NoAction;
    }

    /// <summary>Plans what comes next for a customer, in place of what was planned.</summary>
    public async Task<Result<NextAction>> PlanAsync(Caller caller, TenantId tenant, Guid contactId, ReadVersion version, NextActionInput input, CancellationToken ct)
    {
        if ((MayWrite(caller, tenant) ?? Check(input)) is { } refused)
        {
            return refused;
        }

        return await contacts.FindAsync(tenant, contactId, ct) is { } found
            ? await followUps.PlanAsync(caller, tenant, found.Contact.ContactId, version, input with { Text = Clean(input.Text!) }, ct)
            : FollowUpProblems.UnknownCustomer;
    }

    /// <summary>It is done, or no longer wanted.</summary>
    public async Task<Result<Done>> FinishAsync(Caller caller, TenantId tenant, Guid contactId, ReadVersion version, CancellationToken ct)
    {
        if (MayWrite(caller, tenant) is { } refused)
        {
            return refused;
        }

        return await contacts.FindAsync(tenant, contactId, ct) is { } found
            ? await followUps.FinishAsync(caller, tenant, found.Contact.ContactId, version, ct)
            : FollowUpProblems.UnknownCustomer;
    }

    /// <summary>What is wrong with a follow-up by itself.</summary>
    public static Problem? Check(InvoiceFollowUpInput input) =>
        input is { PromisedDate: null, IsDisputed: false } ? Problem.Invalid("promisedDate", "Say a promised day, a dispute or both; to have neither, delete it.")
        : input.PromisedDate is { } day && !AccountingDays.Contain(day) ? Problem.Invalid("promisedDate", "promisedDate must be a day from 1900 to 2199.")
        : !input.IsDisputed ? (string.IsNullOrWhiteSpace(input.DisputeReason) ? null : Problem.Invalid("disputeReason", "A reason belongs to a dispute: say isDisputed, or leave it out."))
        : IsText(input.DisputeReason, InvoiceFollowUp.ReasonLimit) ? null : Problem.Invalid("disputeReason", $"Say what is in dispute in 1 to {InvoiceFollowUp.ReasonLimit} characters, on one line.");

    /// <summary>What is wrong with a next action by itself.</summary>
    public static Problem? Check(NextActionInput input) =>
        !IsText(input.Text, NextAction.TextLimit) ? Problem.Invalid("text", $"Say what is to be done in 1 to {NextAction.TextLimit} characters, on one line.")
        : input.DueDate is not { } day ? Problem.Invalid("dueDate", "Say the day to do it on.")
        : !AccountingDays.Contain(day) ? Problem.Invalid("dueDate", "dueDate must be a day from 1900 to 2199.")
        : null;

    private static string Clean(string text) => text.Trim();

    private static bool IsText(string? text, int limit) =>
        !string.IsNullOrWhiteSpace(text) && text.Trim().Length <= limit && !text.Any(char.IsControl) && TextRules.Askable(text) == text;

    // It is written on documents that the writer sees.
    private static Problem? MayWrite(Caller caller, TenantId tenant) => caller.Lacks(Permissions.TransactionsWrite, tenant) ?? caller.Lacks(Permissions.LedgerRead);

    private async Task<Result<Transaction>> InvoiceAsync(Caller caller, TenantId tenant, string permission, Guid invoice, CancellationToken ct)
    {
        if (caller.Lacks(permission, tenant) is { } refused)
        {
            return refused;
        }

        if (await tenants.FindAsync(tenant, ct) is not { } organisation)
        {
            return TenantProblems.Unknown;
        }

        var book = await books.OfAsync(organisation, PayrollRules.AreHiddenFrom(caller), ct);
        return book.Open.SelectMany(group => group).FirstOrDefault(item => item.Kind == OpenItemKind.Invoice && item.Document.Id == invoice && Standings.IsSale(item)) is { } open
            ? open.Document
            : FollowUpProblems.UnknownInvoice;
    }
}
