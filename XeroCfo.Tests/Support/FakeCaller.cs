using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Web.Shell;

namespace XeroCfo.Tests.Support;

/// <summary>Whoever a test says sits behind the circuit.</summary>
internal sealed class FakeCaller(Caller caller) : ICircuitCaller
{
    public Caller Caller { get; set; } = caller;

    public Task<Caller> GetAsync() => Task.FromResult(Caller);

    public void Forget()
    {
        // A test gives the rights.
    }

    /// <summary>A person with <paramref name="role"/> who was given these organisations.</summary>
    public static Caller Person(string role, params XeroTenant[] organisations) => new()
    {
        Kind = CallerKind.Person,
        UserId = Guid.Parse("0193aaaa-0000-7000-8000-000000000001"),
        Name = "ana@tui-and-ash.example",
        Role = role,
        Permissions = Permissions.Of(role).ToHashSet(),
        Tenants = organisations.Select(organisation => organisation.Id).ToHashSet(),
    };
}
