using XeroCfo.Domain.Tenants;

namespace XeroCfo.Domain.Ledger;

/// <summary>What becomes of waiting documents: the one step from what Xero sent to what the ledger holds. Pure.</summary>
public sealed class DocumentPosting(TenantId tenant, ChartOfAccounts chart, string baseCurrency, DateOnly? booksStart)
{
    /// <summary>The outcome for <paramref name="waiting"/>; its lines before the books are left out, the opening balances hold them.</summary>
    public PostedDocument Post(DirtyDocument waiting, References references)
    {
        if (waiting.Deleted)
        {
            return new PostedDocument(waiting, null, [], null);
        }

        if (!waiting.Content.Succeeded)
        {
            return new PostedDocument(waiting, null, [], waiting.Content.Problem);
        }

        var document = PaymentRules.WithCurrency(waiting.Content.Value, references);
        var posting = PostingRules.Post(document, chart, baseCurrency, references);
        var outcome = posting.Succeeded
            ? new PostedDocument(waiting, document, [.. posting.Value.Lines.Where(line => line.Date >= booksStart)], null)
            : new PostedDocument(waiting, document, [], LastDay(document, references) < booksStart ? null : posting.Problem);
        return outcome with { Allocations = [.. TransactionRules.Allocations(document, tenant.Value, references)] };
    }

    // A credit from before the books may be used in them.
    private static DateOnly LastDay(SourceDocument document, References references) => document is CreditDocument { Allocations.Count: > 0 } credit
        ? credit.Allocations.Max(use => references.EffectiveDay(use.Date, credit.Date, use.TargetXeroId))
        : document.Date;
}
