using XeroCfo.Domain.Rules.Matching;

namespace XeroCfo.Tests.Rules.Matching;

/// <summary>Conditions that could never be meant are refused where they stand.</summary>
public sealed class ConditionRulesTests
{
    private static RuleCondition Impossible => new() { All = [new() { Field = "date", From = new(2026, 2, 1) }, new() { Field = "date", To = new(2026, 1, 1) }] };

    public static TheoryData<RuleCondition, string, string> Wrong => new()
    {
        { new RuleCondition { Field = "colour", Is = ["red"] }, "conditions.field", "unknown-field" },
        { new RuleCondition { Is = ["red"] }, "conditions.field", "unknown-field" },
        { new RuleCondition { Field = "amount", Min = 10, Max = 5 }, "conditions.max", "contradictory" },
        { new RuleCondition { All = [new() { Field = "amount", Min = 10 }, new() { Field = "amount", Max = 5 }] }, "conditions", "contradictory" },
        { new RuleCondition { Any = [new() { All = [new() { Field = "amount", Min = 10 }, new() { Field = "amount", Max = 5 }] }, Impossible] }, "conditions", "contradictory" },
        { new RuleCondition { All = [new() { Field = "amount", Max = 5 }, new() { Any = [new() { Field = "amount", Min = 6 }, new() { All = [new() { Field = "amount", Min = 7 }, new() { Field = "type", Is = ["BILL"] }] }] }] }, "conditions", "contradictory" },
        { new RuleCondition { Not = new() { Field = "type", Is = ["BILL"] }, All = [new() { Any = [Impossible] }] }, "conditions", "contradictory" },
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

    [Fact]
    public void One_alternative_that_can_be_so_is_enough_and_what_is_excluded_contradicts_nothing()
    {
        RuleCondition large = new() { Field = "amount", Min = 10 }, small = new() { Field = "amount", Max = 5 }, bill = new() { Field = "type", Is = ["BILL"] };

        foreach (var condition in new RuleCondition[]
        {
            new() { Any = [bill, new() { All = [large, small] }] },
            new() { All = [small, new() { Any = [large, new() { Field = "amount", Min = 5 }] }] },
            new() { All = [small, new() { Not = large }] },
            new() { All = [bill], Not = new() { All = [large, small] } },
            new() { All = [bill, new() { Not = Impossible }] },
            new() { Any = [new() { All = [large, Impossible] }, new() { Not = Impossible }] },
            new() { All = [.. Enumerable.Range(0, 8).Select(i => new RuleCondition { Any = [.. Enumerable.Range(0, 4).Select(j => new RuleCondition { Field = "amount", Min = i, Max = 100 + j })] })] },
        })
        {
            Assert.Null(ConditionRules.Check(condition));
        }
    }
}
