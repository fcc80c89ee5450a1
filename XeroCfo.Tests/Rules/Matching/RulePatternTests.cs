using XeroCfo.Domain.Rules.Matching;

namespace XeroCfo.Tests.Rules.Matching;

/// <summary>How patterns are read, and which are refused.</summary>
public sealed class RulePatternTests
{
    [Theory]
    [InlineData("fuel", "FUELCO 1423", true)]
    [InlineData("  fuel ", "FUELCO", true)]
    [InlineData("fuel", "", false)]
    [InlineData("fuel", null, false)]
    [InlineData("\"fuel\"", "Fuel", true)]
    [InlineData("\"fuel\"", "Fuelco", false)]
    [InlineData("\"a*b\"", "a*b", true)]
    [InlineData("\"a*b\"", "axb", false)]
    [InlineData("\"a\\*b\"", "a\\*b", true)]
    [InlineData("fuel*", "fuelco", true)]
    [InlineData("fuel*", "my fuelco", false)]
    [InlineData("*co", "fuelco\nx", false)]
    [InlineData("fuel*x", "fuelco\nx", true)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "a😀c", true)]
    [InlineData("a??c", "a😀c", false)]
    [InlineData("a?c", "ac", false)]
    [InlineData(@"SQ \*THE", "SQ *THE CORNER", true)]
    [InlineData(@"SQ \*THE*", "SQ *THE CORNER", true)]
    [InlineData(@"SQ \*THE*", "SQ THE CORNER", false)]
    [InlineData(@"c:\temp", @"C:\TEMP\x", true)]
    [InlineData(@"a\\b", @"a\b", true)]
    [InlineData(@"a\?", "a?", true)]
    [InlineData("/fu.l/", "xx FUEL", true)]
    [InlineData("/a.b/", "a\nb", false)]
    [InlineData("/a/", "bAb", true)]
    [InlineData("/", "a/b", true)]
    [InlineData("\"", "a\"b", true)]
    [InlineData("/a", "x/ab", true)]
    [InlineData("ß", "ẞ", false)]
    [InlineData("ς", "ΟΔΟΣ", true)]
    [InlineData("µ", "Μ", true)]
    [InlineData("istanbul", "İSTANBUL", false)]
    [InlineData("𐐀", "x𐐨", true)]
    [InlineData("/^(a+)+$/", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", false)]
    public void A_pattern_is_looked_for(string pattern, string? field, bool expected) => Assert.Equal(expected, RulePattern.Check(pattern).Value.Matches(field));

    [Theory]
    [InlineData(null, "invalid-value")]
    [InlineData("", "invalid-value")]
    [InlineData("   ", "invalid-value")]
    [InlineData("//", "empty-pattern")]
    [InlineData("\"\"", "empty-pattern")]
    [InlineData("*", "matches-everything")]
    [InlineData(" ** ", "matches-everything")]
    [InlineData("/(/", "invalid-regex")]
    [InlineData("/(?=a)/", "regex-not-supported")]
    [InlineData(@"/(a)\1/", "regex-not-supported")]
    [InlineData("/((a{99}){99}){99}/", "regex-not-supported")]
    [InlineData("a\0b", "invalid-value")]
    public void A_pattern_that_cannot_be_meant_is_refused_at_its_member(string? pattern, string code)
    {
        var problem = RulePattern.Check(pattern).Problem;

        Assert.Equal((code, "pattern"), (problem?.Code, problem?.Field));
    }

    [Fact]
    public void Half_a_character_is_no_pattern() => Assert.Equal("invalid-value", RulePattern.Check("a\uD800").Problem?.Code);

    [Fact]
    public void A_pattern_has_255_characters_at_most()
    {
        Assert.Null(RulePattern.Check(new string('x', 255)).Problem);
        Assert.NotNull(RulePattern.Check(new string('x', 256)).Problem);
    }

    [Theory]
    [InlineData("fuelco", "fuelco")]
    [InlineData("fuelco*", "fuelco")]
    [InlineData(@"*ab\*cd?x", "ab*cd")]
    [InlineData(@"/fuel(co)?\s+petone/", "petone")]
    [InlineData("/a|fuel/", "")]
    [InlineData("/fuel(?i)co/", "")]
    [InlineData(@"/fuel\x41/", "")]
    [InlineData("/fuels*x/", "fuel")]
    [InlineData("/fuels{0,3}/", "fuel")]
    [InlineData("/[fuel]/", "")]
    public void A_part_is_known_that_must_occur(string pattern, string literal) => Assert.Equal(literal, RulePattern.Read(pattern).Value.Literal);
}
