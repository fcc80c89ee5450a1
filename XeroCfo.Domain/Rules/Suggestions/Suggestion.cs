namespace XeroCfo.Domain.Rules.Suggestions;

/// <summary>A document of the past, with what it was about.</summary>
/// <param name="Category">Null: it waits for one.</param>
public sealed record PastDocument(
    Guid Id, DateOnly Date, string? Description, string? ContactName, string? Reference, string Direction, bool IsBankLine, string? Category, string? AccountCode);

/// <summary>A category for a document that waits, and how often it was so before.</summary>
/// <param name="TransactionId">The document.</param>
/// <param name="Category">What most documents like it are about.</param>
/// <param name="Support">How many are like it.</param>
/// <param name="Agreeing">How many of these have the category.</param>
/// <param name="Words">What they are alike in.</param>
public sealed record TransactionSuggestion(Guid TransactionId, string Category, int Support, int Agreeing, string Words)
{
    /// <summary>0 to 1.</summary>
    public decimal Agreement => (decimal)Agreeing / Support;
}

/// <summary>A rule that would have chosen as people did.</summary>
/// <param name="Pattern">The smallest that does.</param>
/// <param name="Category">What it would give.</param>
/// <param name="AccountCode">The account on which nearly all of them stand; null: no single one.</param>
/// <param name="Support">How many documents with a category it matches.</param>
/// <param name="Agreeing">How many of these have the category.</param>
/// <param name="Waiting">How many it matches that wait for a category.</param>
/// <param name="Sample">Some of those it matches, the newest first.</param>
public sealed record RuleSuggestion(string Pattern, string Category, string? AccountCode, int Support, int Agreeing, int Waiting, IReadOnlyList<Guid> Sample)
{
    /// <summary>0 to 1.</summary>
    public decimal Agreement => (decimal)Agreeing / Support;
}

/// <summary>How good suggestions would have been: learnt from the older four fifths, tried on the newest fifth.</summary>
/// <param name="Tested">Documents of the newest fifth.</param>
/// <param name="Suggested">For how many of them there was a suggestion.</param>
/// <param name="Right">How many suggestions were what people chose.</param>
public sealed record HoldOut(int Tested, int Suggested, int Right)
{
    /// <summary>0 to 1; null where nothing was suggested.</summary>
    public decimal? Accuracy => Suggested == 0 ? null : decimal.Round((decimal)Right / Suggested, 4);
}

/// <summary>All that history suggests now. Nothing of it is applied by itself.</summary>
public sealed record SuggestionBook(IReadOnlyList<RuleSuggestion> Rules, IReadOnlyList<TransactionSuggestion> Transactions, HoldOut HoldOut);
