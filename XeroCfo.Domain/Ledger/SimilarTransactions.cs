namespace XeroCfo.Domain.Ledger;

/// <summary>Which transactions look like another one: the same contact and the same words, without regard to numbers. Pure.</summary>
public static class SimilarTransactions
{
    private const int ShortestWord = 3;

    /// <summary>Those like <paramref name="transaction"/> that wait for a category; null when nothing about it could be alike.</summary>
    public static TransactionFilter? Waiting(Transaction transaction)
    {
        var words = Words(transaction.Description ?? transaction.Reference ?? "");
        return transaction.ContactId is null && words.Count == 0
            ? null
            : new TransactionFilter { ToCategorise = true, Direction = transaction.Direction, ContactId = transaction.ContactId, Words = words.Count == 0 ? null : string.Join('\n', words) };
    }

    /// <summary>The words that say what it is: no numbers, which count till slips and cards.</summary>
    private static List<string> Words(string text) =>
        [.. text.Split([.. " \t\r\n;,*/#:()"], StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length >= ShortestWord && !word.Any(char.IsDigit)).Select(word => word.ToLowerInvariant()).Distinct()];
}
