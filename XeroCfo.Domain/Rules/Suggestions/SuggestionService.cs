using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules.Matching;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;

namespace XeroCfo.Domain.Rules.Suggestions;

/// <summary>Reads what suggestions are made of.</summary>
public interface IPastReader
{
    /// <summary>The newest documents whose category no rule gave, and those that wait for one; payments and transfers follow what they settle.</summary>
    Task<(IReadOnlyList<PastDocument> History, IReadOnlyList<PastDocument> Waiting)> ReadAsync(TenantId tenant, bool hidePayroll, CancellationToken ct);

    /// <summary>
    /// True once: when people have given a contact this category at least three times, no rule gives it, and no rule was offered yet. It is offered by asking.
    /// </summary>
    Task<bool> OfferAsync(TenantId tenant, Guid contactId, string category, CancellationToken ct);
}

/// <summary>What history suggests, with its evidence. Nothing leaves the machine, and nothing is applied that nobody accepted.</summary>
public sealed class SuggestionService(IPastReader past, IRuleRepository rules, ICategorising categorising, IRulePreviewReader documents)
{
    /// <summary>How many suggested documents a page shows; accepting all takes those beyond, too.</summary>
    private const int MostShown = 1_000;

    public async Task<Result<SuggestionBook>> LookAsync(Caller caller, TenantId tenant, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RulesRead, tenant) is { } refused)
        {
            return refused;
        }

        var (history, waiting) = await past.ReadAsync(tenant, PayrollRules.AreHiddenFrom(caller), ct);
        var (choices, matcher) = (new PastChoices(history), RuleMatcher.Of(await rules.AllAsync(tenant, ct)));
        return new SuggestionBook(
            new RuleFinder(history, waiting, matcher).Find(),
            [.. waiting.Select(choices.Suggest).OfType<TransactionSuggestion>()],
            PastChoices.Try(history));
    }

    /// <summary>The documents that something is suggested for, the surest first.</summary>
    public async Task<Result<SuggestedDocuments>> WaitingAsync(Caller caller, TenantId tenant, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.TransactionsRead, tenant) is { } refused)
        {
            return refused;
        }

        var book = await LookAsync(caller, tenant, ct);
        if (book.Problem is { } problem)
        {
            return problem;
        }

        var shown = book.Value.Transactions.OrderByDescending(one => one.Agreement).Take(MostShown).ToList();
        var rows = (await documents.FindAsync(tenant, shown.ConvertAll(one => one.TransactionId), PayrollRules.AreHiddenFrom(caller), ct)).ToDictionary(row => row.Id);
        return new SuggestedDocuments(
            [.. shown.Where(one => rows.ContainsKey(one.TransactionId)).Select(one => (one, rows[one.TransactionId])).OrderByDescending(pair => pair.one.Agreement).ThenByDescending(pair => pair.Item2.Date)], book.Value.HoldOut);
    }

    /// <summary>What is suggested for each document that waits, by its id.</summary>
    public async Task<Result<IReadOnlyDictionary<Guid, TransactionSuggestion>>> CategoriesAsync(Caller caller, TenantId tenant, CancellationToken ct)
    {
        if ((caller.Lacks(Permissions.RulesRead, tenant) ?? caller.Lacks(Permissions.TransactionsRead, tenant)) is { } refused)
        {
            return refused;
        }

        var (history, waiting) = await past.ReadAsync(tenant, PayrollRules.AreHiddenFrom(caller), ct);
        return Result<IReadOnlyDictionary<Guid, TransactionSuggestion>>.Of(
            waiting.Count == 0 ? new Dictionary<Guid, TransactionSuggestion>() : waiting.Select(new PastChoices(history).Suggest).OfType<TransactionSuggestion>().ToDictionary(one => one.TransactionId));
    }

    /// <summary>Gives documents what is suggested for them now where <paramref name="confidence"/> (0 to 1) is reached: those of a selection, or all.</summary>
    public async Task<Result<Categorised>> AcceptAsync(Caller caller, TenantId tenant, TransactionSelection? selection, decimal confidence, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.TransactionsWrite, tenant) is { } refused)
        {
            return refused;
        }

        var suggested = await CategoriesAsync(caller, tenant, ct);
        var (ids, within) = (selection?.Ids?.ToHashSet(), selection?.Filter?.For(caller));
        return suggested.Problem is { } problem ? problem
            : await categorising.AcceptAsync(
                caller, tenant, [.. suggested.Value.Values.Where(one => one.Agreement >= confidence && ids?.Contains(one.TransactionId) != false).Select(one => (one.TransactionId, one.Category))], within, ct);
    }

    /// <summary>True when a rule is to be offered after this choice: the third equal one for the contact, and only once.</summary>
    public async Task<bool> OffersRuleAsync(Caller caller, TenantId tenant, Guid? contactId, string? category, CancellationToken ct) =>
        contactId is { } contact && category is not null && caller.Lacks(Permissions.RulesWrite, tenant) is null && await past.OfferAsync(tenant, contact, category, ct);
}

/// <summary>Suggested categories with their documents.</summary>
public sealed record SuggestedDocuments(IReadOnlyList<(TransactionSuggestion Suggestion, Transaction Row)> Rows, HoldOut HoldOut);
