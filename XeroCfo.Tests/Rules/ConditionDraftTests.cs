using XeroCfo.Domain.Rules.Matching;
using XeroCfo.Tests.Rules.Matching;
using XeroCfo.Web.Rules;

namespace XeroCfo.Tests.Rules;

/// <summary>Conditions in the form mean what they meant before.</summary>
public sealed class ConditionDraftTests
{
    private static RuleCondition Bill => new() { Field = "type", Is = ["BILL"] };

    private static RuleCondition Large => new() { Field = "amount", Min = 100 };

    [Fact]
    public void Whatever_conditions_a_rule_has_the_form_gives_back_ones_that_let_the_same_through()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new RandomRules(seed);
            var condition = random.Below(4) == 0
                ? new RuleCondition { All = [random.Condition(2)], Any = [random.Condition(1), random.Condition(0)], Not = random.Condition(1) }
                : random.Condition(3);
            var (before, after) = (ConditionTest.Of(condition)!, ConditionTest.Of(ConditionDraft.Root(condition).ToCondition())!);

            for (var i = 0; i < 40; i++)
            {
                var subject = random.Subject();
                Assert.Equal(before(subject), after(subject));
            }
        }
    }

    [Fact]
    public void An_empty_form_asks_nothing_and_an_empty_group_neither()
    {
        Assert.Null(ConditionDraft.Root(null).ToCondition());
        Assert.Null(ConditionDraft.Group(ConditionJoin.All, ConditionDraft.Group(ConditionJoin.Any), ConditionDraft.Group(ConditionJoin.None)).ToCondition());
    }

    [Fact]
    public void Two_levels_of_groups_are_no_deeper_than_rules_may_be()
    {
        var draft = ConditionDraft.Group(ConditionJoin.All, ConditionDraft.Group(ConditionJoin.Any, ConditionDraft.Root(Bill).Parts[0], ConditionDraft.Group(ConditionJoin.All, ConditionDraft.Root(Large).Parts[0], ConditionDraft.Root(Bill).Parts[0])));

        Assert.Null(ConditionRules.Check(draft.ToCondition()));
        Assert.Null(ConditionRules.Check(ConditionDraft.Group(ConditionJoin.All, ConditionDraft.Group(ConditionJoin.None, ConditionDraft.Root(Bill).Parts[0], ConditionDraft.Group(ConditionJoin.Any, ConditionDraft.Root(Large).Parts[0], ConditionDraft.Root(Bill).Parts[0]))).ToCondition()));
    }
}
