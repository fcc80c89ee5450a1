using XeroCfo.Domain.Ledger;
using XeroCfo.Domain.Rules.Matching;
using XeroCfo.Web.Ledger;

namespace XeroCfo.Web.Rules;

/// <summary>What a condition's fields take, in the words of people.</summary>
internal static class ConditionWords
{
    /// <summary>The words that a field chooses from; null where it takes something else.</summary>
    public static IReadOnlyList<string>? Of(string? field) => field switch
    {
        ConditionFields.Direction => Directions.All,
        ConditionFields.Type => TransactionTypes.All,
        ConditionFields.Reconciled => ["true", "false"],
        _ => null,
    };

    public static string Word(string field, string word) => field switch
    {
        ConditionFields.Type => LedgerWords.Type(word),
        ConditionFields.Reconciled => word == "true" ? "yes" : "no",
        _ => word,
    };

    public static string Join(ConditionJoin join) => join switch
    {
        ConditionJoin.Any => "Any of these is so",
        ConditionJoin.None => "None of these is so",
        _ => "All of these are so",
    };
}
