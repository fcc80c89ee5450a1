namespace XeroCfo.Web.Hosting.Api;

/// <summary>A body or an answer that shows in the OpenAPI document what it looks like.</summary>
internal interface IExample<T>
    where T : IExample<T>
{
    static abstract T Example { get; }
}

/// <summary>For the OpenAPI document: what the endpoint's answer looks like.</summary>
internal sealed record AnswerExample(Func<object> Make);

/// <summary>What the examples share, so that they tell one story.</summary>
internal static class Examples
{
    public static readonly Guid Tenant = new("0193a1b2-4c5d-7e8f-9a0b-1c2d3e4f5061");
    public static readonly Guid Thing = new("0193a1b2-8d4e-7f60-8172-93a4b5c6d7e8");
    public static readonly Guid Account = new("562555f2-8cde-4ce9-8203-0363922537a4");
    public static readonly Guid Document = new("7d94f0c3-5b1e-4a4f-9c5a-5a2a1f0e6d11");
    public static readonly Guid Contact = new("bd2270c3-8706-4c11-9cfb-000b551c3f51");
    public static readonly DateOnly Day = new(2026, 10, 3);
    public static readonly DateTime Instant = new(2026, 11, 1, 8, 0, 0, DateTimeKind.Utc);
}
