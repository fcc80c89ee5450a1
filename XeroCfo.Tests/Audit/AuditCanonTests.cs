using System.Text;
using XeroCfo.Domain.Audit;

namespace XeroCfo.Tests.Audit;

public sealed class AuditCanonTests
{
    private static readonly Guid Id = new("0193a1b2-4c5d-7e8f-9a0b-1c2d3e4f5061");

    [Fact]
    public void An_entry_is_an_array_of_what_never_changes() => Assert.Equal(
        """["0193a1b2-4c5d-7e8f-9a0b-1c2d3e4f5061","2026-11-20T09:30:00.123456Z","rule.created",{"a":[1,null,true],"b":"é"},"203.0.113.7",null]""",
        Encoding.UTF8.GetString(AuditCanon.Of(Entry("""{ "b": "\u00e9", "a": [1.0, null, true] }"""))));

    [Theory]
    [InlineData("""{"a":1,"b":{"d":2,"c":"x"}}""", """{"b": {"c": "x", "d": 2.0}, "a": 1.00}""")]
    [InlineData("""{"name":"R\u0026D \u003c3"}""", """{"name": "R&D <3"}""")]
    [InlineData("""{"amount":-0.5,"large":922337203685477.5807}""", """{"large":922337203685477.58070,"amount":-0.500}""")]
    [InlineData("""{"rate":1E-05}""", """{"rate":0.00001}""")]
    public void It_is_the_same_whichever_database_gives_it_back(string written, string read) => Assert.Equal(AuditCanon.Of(Entry(written)), AuditCanon.Of(Entry(read)));

    [Theory]
    [InlineData("""{"a":[1,2]}""", """{"a":[2,1]}""")]
    [InlineData("""{"a":"1"}""", """{"a":1}""")]
    [InlineData("""{"a":null}""", "{}")]
    [InlineData("not json", "not json either")]
    public void What_means_something_else_is_another(string one, string other) => Assert.NotEqual(AuditCanon.Of(Entry(one)), AuditCanon.Of(Entry(other)));

    [Fact]
    public void Person_and_organisation_may_go_without_changing_it()
    {
        var (before, after) = (Entry("{}"), Entry("{}"));
        (before.UserId, before.TenantId) = (Guid.NewGuid(), Guid.NewGuid());

        Assert.Equal(AuditCanon.Seal("", before), AuditCanon.Seal("", after));
        Assert.NotEqual(AuditCanon.Seal("", before), AuditCanon.Seal("ab", before));
    }

    private static AuditLog Entry(string details) =>
        new() { Id = Id, Action = "rule.created", Details = details, IpAddress = "203.0.113.7", CreatedAt = new DateTime(2026, 11, 20, 9, 30, 0, DateTimeKind.Utc).AddMicroseconds(123_456) };
}
