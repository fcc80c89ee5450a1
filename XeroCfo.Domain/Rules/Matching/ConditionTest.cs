namespace XeroCfo.Domain.Rules.Matching;

/// <summary>A condition made ready to be asked often. Pure.</summary>
internal static class ConditionTest
{
    /// <summary>Null: there is nothing to ask.</summary>
    public static Func<RuleSubject, bool>? Of(RuleCondition? condition)
    {
        if (condition is null)
        {
            return null;
        }

        if (condition.IsGroup)
        {
            var all = (condition.All ?? []).Select(part => Of(part)!).ToArray();
            var any = condition.Any?.Select(part => Of(part)!).ToArray();
            var not = Of(condition.Not);
            return subject => Array.TrueForAll(all, part => part(subject)) && (any is null || Array.Exists(any, part => part(subject))) && not?.Invoke(subject) != true;
        }

        return condition.Field switch
        {
            ConditionFields.Description => Text(condition, subject => subject.Description),
            ConditionFields.ContactName => Text(condition, subject => subject.ContactName),
            ConditionFields.Reference => Text(condition, subject => subject.Reference),
            ConditionFields.Amount => subject => !(subject.Amount < condition.Min) && !(subject.Amount > condition.Max),
            ConditionFields.Date => subject => !(subject.Date < condition.From) && !(subject.Date > condition.To),
            ConditionFields.Direction => Word(condition, subject => subject.Direction),
            ConditionFields.Type => Word(condition, subject => subject.Type),
            ConditionFields.Account => Word(condition, subject => subject.AccountCode),
            ConditionFields.Contact => Contact(condition),
            ConditionFields.Reconciled => Word(condition, subject => subject.IsReconciled ? "true" : "false"),
            _ => _ => false,
        };
    }

    private static Func<RuleSubject, bool> Text(RuleCondition condition, Func<RuleSubject, string?> field) =>
        RulePattern.Read(condition.Matches) is { Succeeded: true, Value: var pattern } ? subject => pattern.Matches(field(subject)) : _ => false;

    private static Func<RuleSubject, bool> Word(RuleCondition condition, Func<RuleSubject, string?> field)
    {
        var words = (condition.Is ?? []).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return subject => field(subject) is { } word && words.Contains(word);
    }

    private static Func<RuleSubject, bool> Contact(RuleCondition condition)
    {
        var ids = (condition.Is ?? []).Select(text => Guid.TryParse(text, out var id) ? id : Guid.Empty).ToHashSet();
        return subject => subject.ContactId is { } id && ids.Contains(id);
    }
}
