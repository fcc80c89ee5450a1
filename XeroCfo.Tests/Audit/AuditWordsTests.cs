using XeroCfo.Web.Audit;

namespace XeroCfo.Tests.Audit;

public sealed class AuditWordsTests
{
    [Theory]
    [InlineData("rule.updated", "Rule updated")]
    [InlineData("signin.failed", "Sign in failed")]
    [InlineData("report-layout.deleted", "Report layout deleted")]
    [InlineData("connection.needs_reconnect", "Connection needs reconnect")]
    public void An_action_is_read_in_words(string action, string words) => Assert.Equal(words, AuditWords.Of(action));

    [Fact]
    public void Before_and_after_stand_side_by_side_and_what_moved_is_marked()
    {
        var story = AuditWords.Read(
            """
            {"ruleId":"7","before":{"pattern":"aws","isActive":true,"expiresAt":null},"after":{"pattern":"aws*","isActive":true,"expiresAt":"2027-01-01"},
             "caller":{"kind":"ApiKey","name":"n8n"},"tenantId":"x","requestId":"0af7"}
            """);

        Assert.Equal("n8n (API key)", story.Who);
        Assert.Equal([new AuditValue("rule id", "7", false)], story.Facts);
        Assert.Equal([new AuditValue("pattern", "aws", true), new AuditValue("is active", "yes", false), new AuditValue("expires at", "—", true)], story.Before);
        Assert.Equal([new AuditValue("pattern", "aws*", true), new AuditValue("is active", "yes", false), new AuditValue("expires at", "2027-01-01", true)], story.After);
    }

    [Fact]
    public void Lists_and_what_lies_deeper_are_told_too()
    {
        var story = AuditWords.Read("""{"ids":[1,2],"user":{"email":"ada@example.com","role":"Admin"},"rows":[{"code":"200"}],"before":"Fuel","after":"Travel","caller":{"name":"worker"}}""");

        Assert.Equal(
            [new AuditValue("ids", "1, 2", false), new AuditValue("user · email", "ada@example.com", false), new AuditValue("user · role", "Admin", false), new AuditValue("rows 1 · code", "200", false)],
            story.Facts);
        Assert.Equal(("Fuel", "Travel"), (story.Before.Single().Text, story.After.Single().Text));
        Assert.Equal("worker", story.Who);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("not json")]
    [InlineData("[1]")]
    public void What_is_no_entry_of_ours_is_no_fault(string? details) => Assert.Equal("unknown", AuditWords.Read(details).Who);
}
