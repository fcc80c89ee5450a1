using XeroCfo.Domain.Rules.Matching;

namespace XeroCfo.Tests.Rules.Matching;

/// <summary>Conditions that could never be meant are refused where they stand.</summary>
public sealed class ConditionRulesTests
{
    public static TheoryData<RuleCondition, string, string> Wrong => new()
    {
        { new RuleCondition { Field = "colour", Is = ["red"] }, "conditions.field", "unknown-field" },
        { new RuleCondition { Is = ["red"] }, "conditions.field", "unknown-field" },
        { new RuleCondition { Field = "amount", Min = 10, Max = 5 }, "conditions.max", "contradictory" },
        { new RuleCondition { All = [new() { Field = "amount", Min = 10 }, new() { Field = "amount", Max = 5 }] }, "conditions", "contradictory" },
        { new RuleCondition { Any = [new() { Field = "type", Is = ["BILL"] }, new() { All = [new() { Field = "amount", Min = 10 }, new() { Field = "amount", Max = 5 }] }] }, "conditions", "contradictory" },
        { new RuleCondition { All = [new() { Field = "date", From = new(2026, 2, 1) }, new() { Field = "date", To = new(2026, 1, 1) }] }, "conditions", "contradictory" },
        { new RuleCondition { Field = "amount", Min = -1 }, "conditions.min", "invalid-value" },
        { new RuleCondition { Field = "amount", Min = 1.00001m }, "conditions.min", "invalid-value" },
        { new RuleCondition { Field = "amount", Is = ["5"] }, "conditions.is", "invalid-value" },
        { new RuleCondition { Field = "amount" }, "conditions", "invalid-value" },
        { new RuleCondition { Field = "type", Is = ["CHEQUE"] }, "conditions.is", "invalid-value" },
        { new RuleCondition { Field = "contact", Is = ["Fuelco"] }, "conditions.is", "invalid-value" },
        { new RuleCondition { Field = "reference", Matches = "*" }, "conditions.matches", "matches-everything" },
        { new RuleCondition { All = [] }, "conditions", "invalid-value" },
        { new RuleCondition { All = [null!] }, "conditions.all[0]", "invalid-value" },
        { new RuleCondition { All = [new() { Field = "type", Is = [] }] }, "conditions.all[0].is", "invalid-value" },
        { new RuleCondition { Not = new() { Not = new() { Not = new() { Not = new() { Not = new() { Field = "type", Is = ["BILL"] } } } } } }, "conditions.not.not.not.not.not", "invalid-value" },
        { new RuleCondition { Any = [.. Enumerable.Repeat(new RuleCondition { Field = "type", Is = ["BILL"] }, 60)] }, "conditions", "invalid-value" },
        { new RuleCondition { Field = "type", Is = ["BILL"], All = [new() { Field = "type", Is = ["BILL"] }] }, "conditions", "invalid-value" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void It_is_said_what_is_wrong_and_where(RuleCondition condition, string field, string code)
    {
        var problem = ConditionRules.Check(condition);

        Assert.Equal((field, code), (problem?.Field, problem?.Code));
    }

    [Fact]
    public void What_can_be_so_is_taken()
    {
        Assert.Null(ConditionRules.Check(null));
        Assert.Null(ConditionRules.Check(new RuleCondition
        {
            All =
            [
                new() { Field = "amount", Min = 5, Max = 5 },
                new() { Not = new() { Field = "direction", Is = ["in"] } },
                new() { Any = [new() { Field = "amount", Min = 7 }, new() { Field = "reconciled", Is = ["False"] }] },
            ],
        }));
    }
}
