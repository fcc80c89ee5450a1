using System.Diagnostics;
using System.Text.RegularExpressions;
using XeroCfo.Domain.Rules;
using XeroCfo.Domain.Rules.Matching;

namespace XeroCfo.Benchmarks;

/// <summary>Rules in memory: compiling, an edit, matching alone, and the naive loop over the same.</summary>
internal static class RuleMatchBench
{
    public static void Match()
    {
        foreach (var count in new[] { 1_000, 10_000 })
        {
            var (rules, subjects) = (RuleBench.Rules(count), RuleBench.Subjects(200_000, count));
            var compile = Median(5, () => RuleMatcher.Of(rules));
            var matcher = RuleMatcher.Of(rules);
            var first = Time(() => Decide(matcher, subjects));
            var again = Median(5, () => Decide(matcher, subjects));
            rules[count / 2].Pattern = "changed";
            var edit = Median(5, () => matcher.With(rules));
            Console.WriteLine($"{count,6} rules: compile {compile:0.0} ms, an edit {edit:0.0} ms, {subjects.Count / again * 1000:N0} rows/s ({subjects.Count / first * 1000:N0} the first time), {Decide(matcher, subjects):N0} of {subjects.Count:N0} decided");
        }

        var (few, some) = (RuleBench.Rules(1_000), RuleBench.Subjects(2_000, 1_000));
        var each = few.ConvertAll(rule => Naive(rule.Pattern));
        var naive = Median(3, () => some.Count(subject => each.Exists(matches => matches(subject.Description!) || matches(subject.ContactName!) || matches(subject.Reference!))));
        var ours = Median(3, () => Decide(RuleMatcher.Of(few), RuleBench.Subjects(2_000, 1_000)));
        Console.WriteLine($"  naive loop {some.Count / naive * 1000:N0} rows/s (ours over the same, compiling included: {some.Count / ours * 1000:N0})");
    }

    private static int Decide(RuleMatcher matcher, List<RuleSubject> subjects)
    {
        var decided = 0;
        foreach (var subject in subjects)
        {
            decided += matcher.First(subject) is null ? 0 : 1;
        }

        return decided;
    }

    // Each rule one after the other, as one would write it in an hour: wildcards and expressions by the framework's own engine, each built once.
    private static Predicate<string> Naive(string pattern) => pattern switch
    {
        ['/', ..] => new Regex(pattern[1..^1], RegexOptions.IgnoreCase | RegexOptions.CultureInvariant).IsMatch,
        ['"', ..] => field => field.Equals(pattern[1..^1], StringComparison.OrdinalIgnoreCase),
        ['*', ..] => new Regex("^" + Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal) + "$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline).IsMatch,
        _ => field => field.Contains(pattern, StringComparison.OrdinalIgnoreCase),
    };

    private static double Median<T>(int times, Func<T> work)
    {
        var all = Enumerable.Range(0, times).Select(_ => Time(work)).Order().ToList();
        return all[times / 2];
    }

    private static double Time<T>(Func<T> work)
    {
        var watch = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(watch).TotalMilliseconds;
    }
}
