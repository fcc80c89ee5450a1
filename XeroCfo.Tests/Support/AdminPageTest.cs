using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using XeroCfo.Data;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Users;
using XeroCfo.Domain;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Xero;
using XeroCfo.Tests.Storage;
using XeroCfo.Web.Shell;

namespace XeroCfo.Tests.Support;

/// <summary>A page of no organisation over a small real database, with an admin, somebody of the staff and two organisations.</summary>
public abstract class AdminPageTest : BunitContext, IAsyncLifetime
{
    protected const string Password = "correct horse battery";
    private readonly Waiting _who = new();
    private TestDatabase? _database;

    internal TestDatabase Database => _database!;

    internal User Admin { get; } = SampleRows.User("ana@acme.example");

    internal User Staff { get; } = SampleRows.User("tom@acme.example");

    internal Domain.Tenants.XeroTenant Acme { get; } = SampleRows.Tenant();

    internal Domain.Tenants.XeroTenant Foreign { get; } = SampleRows.Tenant("Foreign");

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(TestDatabaseKind.Sqlite);
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices().AddXeroCfoDomain().AddXeroCfoData(_database.Options).AddSingleton<TimeProvider>(_database.Clock);
        Services.AddSingleton(new XeroOptions()).AddSingleton(new PasswordHashOptions { WorkFactor = 4 }).AddSingleton<ICircuitCaller>(_who);
        (Admin.Role, Staff.Role) = (Roles.Admin, Roles.Standard);
        Admin.PasswordHash = Services.GetRequiredService<IPasswordHasher<User>>().HashPassword(Admin, Password);
        await _database.AddAsync(Admin, Staff, Acme, Foreign, new Domain.Tenants.UserTenant { UserId = Admin.Id, TenantId = Acme.Id }, new Domain.Tenants.UserTenant { UserId = Staff.Id, TenantId = Acme.Id });
        SignInAs(Admin);
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await _database!.DisposeAsync();
    }

    internal Caller CallerOf(User user) => new()
    {
        Kind = CallerKind.Person,
        UserId = user.Id,
        Name = user.Email!,
        Role = user.Role,
        Stamp = user.SecurityStamp,
        Permissions = Permissions.Of(user.Role).ToHashSet(),
        Tenants = new HashSet<Guid> { Acme.Id },
    };

    internal void SignInAs(User user) => _who.Caller = Task.FromResult(CallerOf(user));

    /// <summary>Nobody knows yet who it is.</summary>
    protected void StayInLoading() => _who.Caller = new TaskCompletionSource<Caller>().Task;

    private sealed class Waiting : ICircuitCaller
    {
        public Task<Caller> Caller { get; set; } = new TaskCompletionSource<Caller>().Task;

        public Task<Caller> GetAsync() => Caller;

        public void Forget()
        {
            // A test gives the rights.
        }
    }
}
