using XeroCfo.Domain.Primitives;
using XeroCfo.Domain.Users;
using XeroCfo.Domain.Users.People;
using XeroCfo.Domain.Users.SecondFactors;
using XeroCfo.Domain.Users.Sessions;
using XeroCfo.Web.Hosting.Api;

namespace XeroCfo.Web.Users;

internal static class UsersApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var users = api.MapGroup("/users").WithTags("Users");
        users.MapGet("", ListAsync)
            .WithName("ListUsers").WithSummary("Everybody, by e-mail address.")
            .Needs(Permissions.UsersRead).TakesPage();
        users.MapGet("/count", CountAsync)
            .WithName("CountUsers").WithSummary("How many people, counted up to 10 001.")
            .Needs(Permissions.UsersRead);
        users.MapPost("", InviteAsync)
            .WithName("InviteUser").WithSummary("Invites a person; the link to choose a password goes by mail, or stands in this answer alone. all: every organisation that you see, later ones too if you see those.")
            .Needs(Permissions.UsersWrite).TakesBody<InviteRequest>().TakesIdempotencyKey().MayRefuse(409);
        users.MapGet("/{id}", GetAsync)
            .WithName("GetUser").WithSummary("One person.")
            .Needs(Permissions.UsersRead);
        users.MapPatch("/{id}", ChangeAsync)
            .WithName("ChangeUser").WithSummary("Changes role, organisations or state; the person's sessions end at once. An API key changes no admin's role.")
            .Needs(Permissions.UsersWrite).TakesBody<PersonRequest>().MayRefuse(422);
        users.MapDelete("/{id}", DisableAsync)
            .WithName("DisableUser").WithSummary("Disables a person: everything of theirs stays, they and their keys no longer come in.")
            .Needs(Permissions.UsersWrite).MayRefuse(422);
        users.MapPost("/{id}/reset-password", ResetPasswordAsync)
            .WithName("ResetUserPassword").WithSummary("Ends password and sessions; the link to choose a new one goes by mail, or stands in this answer alone. An API key does so for nobody who is an admin, or may do more than itself.")
            .Needs(Permissions.UsersWrite).TakesIdempotencyKey().MayRefuse(409);
        users.MapPost("/{id}/end-sessions", EndSessionsAsync)
            .WithName("EndUserSessions").WithSummary("Signs a person out everywhere.")
            .Needs(Permissions.UsersWrite).TakesIdempotencyKey();
        users.MapPost("/{id}/remove-second-factor", RemoveSecondFactorAsync)
            .WithName("RemoveUserSecondFactor").WithSummary("Takes away authenticator app, recovery codes and passkeys, as after a lost phone. An API key does so for nobody who is an admin, or may do more than itself.")
            .Needs(Permissions.UsersWrite).TakesIdempotencyKey();
        users.MapPost("/{id}/erase", EraseAsync)
            .WithName("EraseUser").WithSummary("Removes a person for good; rules, reports, keys, webhooks, Xero consents, budgets and layouts go to another admin.")
            .Needs(Permissions.UsersWrite).TakesBody<EraseRequest>().TakesIdempotencyKey();
    }

    private static async Task<ApiAnswer<PageAnswer<PersonAnswer>>> ListAsync(HttpContext http, PeopleService people, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var (limit, cursor) = (query.Limit, query.Cursor);
        if (query.Refusal is { } wrong)
        {
            return wrong;
        }

        var all = await people.ListAsync(http.Caller(), ct);
        if (all.Problem is { } refused)
        {
            return refused;
        }

        var page = ApiCursor.Cut(all.Value, person => person.User.NormalizedEmail!, cursor, limit);
        return page.Problem is { } bad ? bad : new PageAnswer<PersonAnswer>([.. page.Value.Items.Select(person => PersonAnswer.Of(person))], ApiPaging.Next(http.Request, page.Value.Next));
    }

    private static async Task<ApiAnswer<CountAnswer>> CountAsync(HttpContext http, PeopleService people, CancellationToken ct)
    {
        var all = await people.ListAsync(http.Caller(), ct);
        return all.Problem is { } refused ? refused : CountAnswer.Of(CappedCount.Of(all.Value.Count));
    }

    private static async Task<ApiAnswer<PersonAnswer>> GetAsync(HttpContext http, PeopleService people, CancellationToken ct)
    {
        if (http.Id("id") is not { } id)
        {
            return UserProblems.Unknown;
        }

        var found = await people.GetAsync(http.Caller(), id, ct);
        return found.Problem is { } refused ? refused : PersonAnswer.Of(found.Value);
    }

    private static async Task<ApiCreated<PersonAnswer>> InviteAsync(HttpContext http, PeopleService people, CancellationToken ct)
    {
        var (body, wrong) = await ApiBody.ReadAsync(http.Request, new InviteRequest());
        if ((wrong ?? Fault(body)) is { } refusal)
        {
            return refusal;
        }

        var invited = await people.InviteAsync(http.Caller(), new NewUser(body.Email!, body.Role!, body.Tenants!.Grants), SiteOf(http), ct);
        return invited.Problem is { } refused
            ? refused
            : ApiCreated<PersonAnswer>.At(
                $"{http.Request.PathBase}{ApiRoutes.Root}/users/{invited.Value.Person.User.Id:D}", PersonAnswer.Of(invited.Value), ReadVersion.Of(invited.Value.Person.User.UpdatedAt).Value!);
    }

    private static async Task<ApiAnswer<PersonAnswer>> ChangeAsync(HttpContext http, PeopleService people, CancellationToken ct)
    {
        var (body, wrong) = await ApiBody.ReadAsync(http.Request, new PersonRequest());
        if (wrong is not null)
        {
            return wrong;
        }

        // A body that says nothing is wrong whoever it is about.
        var changed = await people.ChangeAsync(http.Caller(), http.Id("id") ?? Guid.Empty, body.ToChange(), ct);
        return changed.Problem is { } refused ? refused : PersonAnswer.Of(changed.Value);
    }

    private static async Task<ApiDone> DisableAsync(HttpContext http, PeopleService people, CancellationToken ct) =>
        await people.DisableAsync(http.Caller(), http.Id("id") ?? Guid.Empty, ct);

    private static async Task<ApiAnswer<PersonAnswer>> ResetPasswordAsync(HttpContext http, PeopleService people, CancellationToken ct)
    {
        var reset = await people.ResetPasswordAsync(http.Caller(), http.Id("id") ?? Guid.Empty, SiteOf(http), ct);
        return reset.Problem is { } refused ? refused : PersonAnswer.Of(reset.Value);
    }

    private static async Task<ApiDone> EndSessionsAsync(HttpContext http, SessionService sessions, CancellationToken ct) =>
        await sessions.EndAllAsync(http.Caller(), http.Id("id") ?? Guid.Empty, ct);

    private static async Task<ApiDone> RemoveSecondFactorAsync(HttpContext http, SecondFactorService factors, CancellationToken ct) =>
        await factors.RemoveOfAsync(http.Caller(), http.Id("id") ?? Guid.Empty, ct);

    private static async Task<ApiDone> EraseAsync(HttpContext http, PeopleService people, CancellationToken ct)
    {
        var (body, wrong) = await ApiBody.ReadAsync(http.Request, new EraseRequest());
        if (wrong is not null)
        {
            return wrong;
        }

        if (body.HandOverTo is not { } heir)
        {
            return ApiProblem.Invalid("handOverTo", "Name the admin who gets what this person leaves.");
        }

        var erased = await people.EraseAsync(http.Caller(), http.Id("id") ?? Guid.Empty, heir, ct);
        return erased.Problem is { } refused ? refused : ApiDone.Well;
    }

    private static ApiProblem? Fault(InviteRequest body) =>
        body.Email is null ? ApiProblem.Invalid("email", "Say whom to invite: an e-mail address.", "email-invalid")
        : body.Role is null ? ApiProblem.From(UserService.RoleUnknown)
        : body.Tenants is null ? ApiProblem.Invalid("tenants", "Say which organisations: a list of ids, which may be empty, or all.")
        : null;

    /// <summary>This installation as the caller reached it.</summary>
    private static Uri SiteOf(HttpContext http) => new($"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}/");
}
