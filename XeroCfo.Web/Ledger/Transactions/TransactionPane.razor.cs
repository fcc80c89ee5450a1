using Microsoft.AspNetCore.Components;
using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Rules.Suggestions;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Rules;
using XeroCfo.Web.Shared;

namespace XeroCfo.Web.Ledger.Transactions;

/// <summary>One transaction beside the list: what it is, what it did, and why it has its category.</summary>
public sealed partial class TransactionPane(TransactionService transactions, TrackingService tracking, RuleCauseService causes, TimeProvider clock) : IDisposable
{
    private const int LastOnes = 5, MostRules = 5;
    private CancellationTokenSource _reading = new();
    private IReadOnlyDictionary<Guid, string> _options = new Dictionary<Guid, string>();
    private IReadOnlyList<Transaction> _others = [];
    private TransactionDetail? _detail;
    private RuleCause? _cause;
    private Problem? _problem;
    private Guid? _read;

    [Parameter, EditorRequired]
    public Guid Id { get; set; }

    /// <summary>Its row, when it is on the page: what the person just chose.</summary>
    [Parameter]
    public GridRow? Row { get; set; }

    [Parameter, EditorRequired]
    public Caller Caller { get; set; } = default!;

    [Parameter, EditorRequired]
    public XeroTenant Organisation { get; set; } = default!;

    [Parameter, EditorRequired]
    public TransactionNames Names { get; set; } = TransactionNames.None;

    /// <summary>What history suggests for it while it waits.</summary>
    [Parameter]
    public TransactionSuggestion? Suggestion { get; set; }

    [Parameter]
    public EventCallback OnMakeRule { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    private string Why => Row is null ? "—" : Row.State switch
    {
        { Source: CategorySources.Xero, Category: { } category } => $"{category}: its accounts are mapped to that category.",
        { Source: CategorySources.Rule, Category: { } category } => $"{category}: {(_cause?.Gave is { } rule ? $"rule {RuleWords.Name(rule)}" : _cause is null ? "a rule" : "a rule that is gone")} gave it.",
        { Source: CategorySources.Suggestion, Category: { } category } => $"{category}: suggested by what was chosen before, accepted by a person.",
        { Source: CategorySources.Manual } => $"{Row.State.Category ?? "No category"}{(Row.State.OwnAccountCode is { } code ? $", account {code}" : "")}: set by {Who}{When}.",
        _ when Row.Transaction.Type is TransactionTypes.Payment or TransactionTypes.Transfer => "Payments and transfers follow what they settle.",
        _ when Suggestion is { } one && Row.Waits => $"Nobody has said what this is. {one.Category} is suggested: {one.Agreeing} of the last {one.Support} like this.",
        _ => "Nobody has said what this is: its accounts are mapped to no category, to several, or wait in suspense.",
    };

    private string Who => Row!.UserId == Caller.UserId || Row.By is null ? "you" : Row.By;

    private string When => Row!.At is { } at ? ", " + DateWords.Moment(at, Organisation.TimeZone, Organisation.Today(clock)) : "";

    public void Dispose()
    {
        _reading.Cancel();
        _reading.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_read == Id)
        {
            return;
        }

        _read = Id;
        await _reading.CancelAsync();
        _reading.Dispose();
        _reading = new CancellationTokenSource();
        try
        {
            await ReadAsync(Id, _reading.Token);
        }
        catch (OperationCanceledException)
        {
            // Another row, or the person has left.
        }
    }

    private async Task ReadAsync(Guid id, CancellationToken ct)
    {
        var tenant = new TenantId(Organisation.Id);
        var found = await transactions.GetAsync(Caller, tenant, id, ct);
        var contact = found.Succeeded ? found.Value.Transaction.ContactId : null;
        var others = contact is null ? default : await transactions.ListAsync(Caller, tenant, new TransactionFilter { ContactId = contact }, TransactionSort.NewestFirst, PagePlace.First, LastOnes + 1, ct);
        var categories = _options.Count > 0 ? default : await tracking.CategoriesAsync(Caller, tenant, ct);
        var cause = found.Succeeded && Caller.May(Permissions.RulesRead) ? await causes.LookAsync(Caller, tenant, id, ct) : default;
        ct.ThrowIfCancellationRequested();
        _cause = cause is { Succeeded: true, Value: { } known } ? known : null;
        (_detail, _problem) = (found.Succeeded ? found.Value : null, found.Problem);
        _others = contact is not null && others.Succeeded ? [.. others.Value.Items.Where(other => other.Id != id).Take(LastOnes)] : [];
        _options = _options.Count == 0 && categories.Succeeded && categories.Value is { } all
            ? all.SelectMany(category => category.Options.Select(option => (option.OptionId, Name: $"{category.Name}: {option.Name}"))).ToDictionary(option => option.OptionId, option => option.Name)
            : _options;
    }

    private static List<CategoryRule> LosersOf(RuleCause cause) => [.. cause.Matching.Where(rule => rule.Id != cause.Gave?.Id)];

    private IEnumerable<string> LineWords(TransactionLine line) =>
        new[] { line.Description, line.TaxType is "NONE" ? "no tax" : line.TaxType, Option(line.TrackingOption1), Option(line.TrackingOption2) }.OfType<string>().Where(word => word.Length > 0);

    private string? Option(Guid? id) => id is { } known ? _options.GetValueOrDefault(known) : null;
}
