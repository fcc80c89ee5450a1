using System.Diagnostics;
using System.Text.RegularExpressions;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Rules.Matching;

namespace XeroCfo.Tests.Rules.Matching;

/// <summary>All rules as one answer what they answer one by one.</summary>
public sealed class RuleMatcherTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void The_matcher_says_what_the_rules_say_one_by_one(int seed)
    {
        var random = new RandomRules(seed);
        var (decided, undecided) = (0, 0);
        for (var round = 0; round < 40; round++)
        {
            var rules = random.Rules(1 + random.Below(60));
            var matcher = RuleMatcher.Of(rules);
            for (var i = 0; i < 60; i++)
            {
                var subject = random.Subject();
                var expected = PlainRules.First(rules, subject);

                var found = matcher.First(subject);

                Assert.True(expected?.Id == found?.Id, $"seed {seed} round {round}: {subject} → {found?.Pattern ?? "none"} instead of {expected?.Pattern ?? "none"}");
                Assert.Equal(found?.Id, matcher.All(subject).FirstOrDefault()?.Id);
                (decided, undecided) = (decided + (found is null ? 0 : 1), undecided + (found is null ? 1 : 0));
            }
        }

        Assert.True(decided > 500 && undecided > 300, $"{decided} {undecided}");
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void A_single_pattern_matches_what_its_definition_says(int seed)
    {
        var random = new RandomRules(seed);
        var matched = 0;
        for (var i = 0; i < 12_000; i++)
        {
            var (text, field) = (random.Pattern(), random.Field());
            var pattern = RulePattern.Read(text).Value;
            var expected = PlainRules.Matches(text, field);

            Assert.True(expected == pattern.Matches(field), $"{text} in {field}: {expected}");
            matched += expected ? 1 : 0;
            if (expected && pattern.Literal.Length > 0)
            {
                Assert.Contains(Coarse(pattern.Literal), Coarse(field!), StringComparison.Ordinal);
            }
        }

        Assert.True(matched > 300, $"{matched}");

        static string Coarse(string text) => string.Concat(text.Select(Folding.CoarseOf));
    }

    [Fact]
    public void Letters_fold_as_they_are_compared_without_case()
    {
        var byComparison = new Dictionary<string, char>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i <= char.MaxValue; i++)
        {
            var letter = (char)i;
            if (!byComparison.TryAdd(letter.ToString(), Folding.Of(letter)))
            {
                Assert.True(byComparison[letter.ToString()] == Folding.Of(letter), $"U+{i:X4}");
            }
        }

        Assert.Equal(byComparison.Count, byComparison.Values.Distinct().Count());
    }

    [Fact]
    public void What_expressions_take_for_a_plain_letter_passes_the_prefilter()
    {
        for (var plain = (char)33; plain < 127; plain++)
        {
            var expression = new Regex(Regex.Escape(plain.ToString()), RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
            for (var i = 0; i <= char.MaxValue; i++)
            {
                Assert.True(!expression.IsMatch(((char)i).ToString()) || Folding.CoarseOf((char)i) == Folding.CoarseOf(plain), $"{plain} U+{i:X4}");
            }
        }
    }

    [Fact]
    public void Priority_wins_then_age_then_the_lower_id_and_what_is_off_never_does()
    {
        var now = new DateTime(2026, 5, 1, 0, 0, 0, DateTimeKind.Utc);
        CategoryRule Rule(string category, int priority, int second, byte id, bool active = true) => new()
        {
            Id = new Guid(id, 0, 0, new byte[8]),
            Pattern = "fuel",
            Category = category,
            Priority = priority,
            CreatedAt = now.AddSeconds(second),
            IsActive = active,
        };
        List<CategoryRule> rules = [Rule("late", 5, 2, 1), Rule("off", 9, 0, 2, false), Rule("second", 5, 1, 4), Rule("first", 5, 1, 3), Rule("low", 1, 0, 5)];
        var subject = new RuleSubject("FUELCO", null, null);

        Assert.Equal("first", RuleMatcher.Of(rules).First(subject)!.Category);
        Assert.Equal(["first", "second", "late", "low"], RuleMatcher.Of(rules).All(subject).Select(rule => rule.Category));
    }

    [Fact]
    public void Many_alphabets_at_once_are_matched_too()
    {
        var rules = Enumerable.Range(0, 600).Select(i => new CategoryRule { Pattern = $"{(char)(0x4E00 + i)}{(char)(0x5000 + i)}", Category = $"{i}", CreatedAt = DateTime.UnixEpoch.AddSeconds(i) }).ToList();
        var matcher = RuleMatcher.Of(rules);

        for (var i = 0; i < rules.Count; i++)
        {
            Assert.Equal($"{i}", matcher.First(new RuleSubject($"x{rules[i].Pattern}y", null, null))?.Category);
        }

        Assert.Null(matcher.First(new RuleSubject("\u4E00\u5001", null, null)));
    }

    [Fact]
    public void An_edit_keeps_the_expressions_of_the_other_rules()
    {
        var rules = Enumerable.Range(0, 300).Select(i => new CategoryRule { Pattern = $"/merchant {i} .*/", Category = "C" }).ToList();
        var matcher = RuleMatcher.Of(rules);
        var subjects = Enumerable.Range(0, 300).Select(i => new RuleSubject($"merchant {i} x", null, null)).ToList();
        Assert.All(subjects, subject => Assert.NotNull(matcher.First(subject)));
        rules[7].Pattern = "changed";

        var watch = Stopwatch.StartNew();
        var edited = matcher.With(rules);
        var built = subjects.Count(subject => edited.First(subject) is not null);

        Assert.Equal(299, built);
        Assert.True(watch.ElapsedMilliseconds < 250, $"{watch.ElapsedMilliseconds} ms");
    }
}
