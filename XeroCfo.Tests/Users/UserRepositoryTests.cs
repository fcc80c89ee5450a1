using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using XeroCfo.Data.Encryption;
using XeroCfo.Data.Saving;
using XeroCfo.Data.Storage;
using XeroCfo.Data.Tenants;
using XeroCfo.Data.Users;
using XeroCfo.Domain.Tenants;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Users.People;

namespace XeroCfo.Tests.Users;

/// <summary>People on a real database; a subclass may bring another one.</summary>
public class UserRepositoryTests : IAsyncLifetime
{
    private const string Password = "correct horse battery";
    private readonly string _folder = Directory.CreateTempSubdirectory("xerocfo-users").FullName;
    private IDbFactory _databases = null!;
    private UserRepository _people = null!;
    private UserService _service = null!;
    private SignInService _signIn = null!;
    private SecondFactorBook _factors = null!;
    private PeopleRepository _admin = null!;

    public async Task InitializeAsync()
    {
        _databases = await MakeDatabaseAsync();
        _people = new UserRepository(_databases, TimeProvider.System);
        var hasher = new BCryptHasher(new PasswordHashOptions { WorkFactor = 4 });
        _service = new UserService(_people, hasher, new PasswordCodes(new Envelope(Ring()), TimeProvider.System));
        var envelope = new Envelope(Ring());
        _factors = new SecondFactorBook(_databases, envelope, TimeProvider.System);
        _admin = new PeopleRepository(_databases, envelope, TimeProvider.System);
        _signIn = new SignInService(_people, _factors, hasher, TimeProvider.System);
    }

    public Task DisposeAsync()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task There_is_one_first_admin_however_many_try_at_once()
    {
        var tries = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => _service.RegisterFirstAdminAsync($"a{i}@acme.test", Password, Origin.Console, default)));

        Assert.Single(tries, made => made.Succeeded);
        Assert.All(tries.Where(made => !made.Succeeded), made => Assert.Equal("admin-exists", made.Problem!.Code));
    }

    [Fact]
    public async Task An_address_is_taken_in_whatever_case()
    {
        await AddAsync("ana@acme.test", Roles.Standard, TenantGrants.None);

        var again = await _service.AddAsync(Caller.Command, new NewUser("ANA@acme.test", Roles.Standard, TenantGrants.None, Password), default);

        Assert.Equal("email-taken", again.Problem!.Code);
    }

    [Fact]
    public async Task All_organisations_means_later_ones_too_and_admins_get_the_demo()
    {
        var first = await TenantAsync("First", ConnectionStatus.Connected);
        var all = await AddAsync("all@acme.test", Roles.Executive, TenantGrants.Every);
        var one = await AddAsync("one@acme.test", Roles.Standard, TenantGrants.Of(first));
        var admin = await AddAsync("admin@acme.test", Roles.Admin, TenantGrants.None);

        var later = await TenantAsync("Later", ConnectionStatus.Connected);
        var demo = await TenantAsync("Demo", ConnectionStatus.Demo);
        var lateAdmin = await AddAsync("late@acme.test", Roles.Admin, TenantGrants.None);

        Assert.Equal([first, later, demo], (await TenantsOf(all)).Order());
        Assert.Equal([first], await TenantsOf(one));
        Assert.Equal([demo], await TenantsOf(admin));
        Assert.Equal([demo], await TenantsOf(lateAdmin));
    }

    [Fact]
    public async Task An_unknown_organisation_cannot_be_granted()
    {
        var added = await _service.AddAsync(Caller.Command, new NewUser("ana@acme.test", Roles.Standard, TenantGrants.Of(Guid.NewGuid()), Password), default);

        Assert.Equal("tenant-not-found", added.Problem!.Code);
        Assert.Null(await _people.FindByEmailAsync("ana@acme.test", default));
    }

    [Fact]
    public async Task A_person_selects_one_organisation_at_a_time()
    {
        var (first, second) = (await TenantAsync("A", ConnectionStatus.Connected), await TenantAsync("B", ConnectionStatus.Connected));
        var user = await AddAsync("ana@acme.test", Roles.Standard, TenantGrants.Every);
        var tenants = new TenantRepository(_databases);

        await tenants.SetActiveAsync(Caller.Command, user, new TenantId(second), default);
        await tenants.SetActiveAsync(Caller.Command, user, new TenantId(first), default);
        await tenants.SetActiveAsync(Caller.Command, user, new TenantId(second), default);

        Assert.Equal(second, await tenants.ActiveAsync(user, default));
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_even_when_they_come_at_once_and_the_right_one_no_longer_helps()
    {
        var user = await AddAsync("ana@acme.test", Roles.Standard, TenantGrants.None);

        await Task.WhenAll(Enumerable.Range(0, LockOut.Failures).Select(_ => _signIn.SignInAsync("ana@acme.test", "wrong", Origin.Console, default)));
        var right = await _signIn.SignInAsync("ana@acme.test", Password, Origin.Console, default);

        Assert.Equal(SignInService.Refused, right.Problem);
        Assert.NotNull((await _people.FindAsync(user, default))!.LockoutEnd);
        Assert.Equal(1, await AuditsAsync("user.locked_out"));
        Assert.Equal(LockOut.Failures + 1, await AuditsAsync("signin.failed"));
    }

    [Fact]
    public async Task Unknown_disabled_and_wrong_get_the_same_refusal()
    {
        await AddAsync("ana@acme.test", Roles.Standard, TenantGrants.None);
        var gone = await AddAsync("gone@acme.test", Roles.Standard, TenantGrants.None);
        await _admin.ChangeAsync(Caller.Command, gone, new PersonChange(IsActive: false), default);

        foreach (var (email, password) in new[] { ("nobody@acme.test", Password), ("gone@acme.test", Password), ("ana@acme.test", "wrong"), ("ana@acme.test", new string('x', 5000)), ("", "") })
        {
            Assert.Equal(SignInService.Refused, (await _signIn.SignInAsync(email, password, Origin.Console, default)).Problem);
        }
    }

    [Fact]
    public async Task A_hash_of_another_cost_is_renewed_at_sign_in()
    {
        var user = await AddAsync("ana@acme.test", Roles.Standard, TenantGrants.None);
        var dearer = new SignInService(_people, _factors, new BCryptHasher(new PasswordHashOptions { WorkFactor = 5 }), TimeProvider.System);

        Assert.True((await dearer.SignInAsync("ana@acme.test", Password, Origin.Console, default)).Succeeded);

        var stored = (await _people.FindAsync(user, default))!;
        Assert.Contains("$05$", stored.PasswordHash, StringComparison.Ordinal);
        Assert.NotNull(stored.LastLoginAt);
        Assert.True((await dearer.SignInAsync("ana@acme.test", Password, Origin.Console, default)).Succeeded);
    }

    [Fact]
    public async Task A_reset_ends_password_and_sessions_and_its_code_works_once()
    {
        var user = await AddAsync("ana@acme.test", Roles.Standard, TenantGrants.None);
        var stamp = await _people.StampAsync(user, default);

        var code = (await _service.ResetAsync(Caller.Command, "ana@acme.test", default)).Value;

        Assert.NotEqual(stamp, await _people.StampAsync(user, default));
        Assert.False((await _signIn.SignInAsync("ana@acme.test", Password, Origin.Console, default)).Succeeded);
        Assert.True((await _service.ChoosePasswordAsync(code, "a brand new passphrase", Origin.Console, default)).Succeeded);
        Assert.Equal("password-code-invalid", (await _service.ChoosePasswordAsync(code, "another new passphrase", Origin.Console, default)).Problem!.Code);
        Assert.True((await _signIn.SignInAsync("ana@acme.test", "a brand new passphrase", Origin.Console, default)).Succeeded);
    }

    [Fact]
    public async Task The_last_admin_cannot_be_disabled()
    {
        var admin = await AddAsync("admin@acme.test", Roles.Admin, TenantGrants.None);

        Assert.Equal("last-admin", (await _admin.ChangeAsync(Caller.Command, admin, new PersonChange(IsActive: false), default)).Problem!.Code);
    }

    [Fact]
    public async Task A_caller_has_the_rights_and_grants_of_this_moment()
    {
        var tenant = await TenantAsync("A", ConnectionStatus.Connected);
        var user = await AddAsync("ana@acme.test", Roles.Executive, TenantGrants.Of(tenant));
        var callers = new CallerService(_people);

        var caller = (await callers.ForUserAsync(user, new Origin("10.0.0.9"), default)).Value;
        await _people.ChangeAsync(Caller.Command, user, "user.role_changed", person => person.Role = Roles.Accountant, default);
        var later = (await callers.ForUserAsync(user, Origin.Console, default)).Value;

        Assert.True(caller.Sees(new TenantId(tenant)) && !caller.May(Permissions.LedgerRead));
        Assert.True(later.May(Permissions.LedgerRead));
        Assert.NotEqual(caller.Stamp, later.Stamp);
        Assert.Equal("not-signed-in", (await callers.ForUserAsync(Guid.NewGuid(), Origin.Console, default)).Problem!.Code);
    }

    [Fact]
    public void Bcrypt_reads_past_72_bytes()
    {
        var hasher = new BCryptHasher(new PasswordHashOptions { WorkFactor = 4 });
        var hash = hasher.HashPassword(new User(), new string('a', 128));

        Assert.Equal(PasswordVerificationResult.Success, hasher.VerifyHashedPassword(new User(), hash, new string('a', 128)));
        Assert.Equal(PasswordVerificationResult.Failed, hasher.VerifyHashedPassword(new User(), hash, new string('a', 127)));
        Assert.Equal(PasswordVerificationResult.Failed, hasher.VerifyHashedPassword(new User(), "!", ""));
    }

    /// <summary>An empty database with all tables.</summary>
    private protected virtual async Task<IDbFactory> MakeDatabaseAsync()
    {
        var factory = new DbFactory(new DatabaseOptions { ConnectionString = $"Data Source={_folder}/test.db" }, TimeProvider.System);
        await using var db = factory.Create();
        await db.Database.MigrateAsync();
        return factory;
    }

    private async Task<Guid> AddAsync(string email, string role, TenantGrants grants) =>
        (await _service.AddAsync(Caller.Command, new NewUser(email, role, grants, Password), default)).Value.User.Id;

    private async Task<Guid> TenantAsync(string name, string connection)
    {
        var tenant = new XeroTenant { XeroTenantId = Guid.NewGuid().ToString(), Name = name, Connection = connection };
        await using var db = _databases.For(new TenantId(tenant.Id));
        db.XeroTenants.Add(tenant);
        await Grants.GrantNewTenantAsync(db, tenant, null, default);
        await db.SaveChangesAsync();
        return tenant.Id;
    }

    private async Task<IEnumerable<Guid>> TenantsOf(Guid user) => (await _people.RightsAsync(user, default))!.Tenants;

    private async Task<int> AuditsAsync(string action)
    {
        await using var db = _databases.Create();
        return await db.AuditLogs.CountAsync(entry => entry.Action == action);
    }

    private static KeyRing Ring()
    {
        var ring = new KeyRing();
        ring.Use(MasterKey.NewText(), []);
        return ring;
    }
}
