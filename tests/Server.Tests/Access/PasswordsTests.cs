using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Access;
using Cairn.Server.Access.Sessions;
using Cairn.Server.Platform;
using Cairn.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Cairn.Server.Tests.Access;

public sealed class PasswordsTests(StaffFixture staff) : IClassFixture<StaffFixture>
{
    private const string Another = "other words that nobody guesses";

    [Fact]
    public async Task A_change_takes_the_current_password_and_ends_every_other_session()
    {
        var colleague = await staff.Colleague("User");
        using var phone = staff.Browser(await staff.SignIn(colleague.Email, StaffFixture.Password));

        (await (await Change(colleague, "not my password", Another)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "password-wrong")).Faults().ShouldBe(["/current password-wrong"]);
        await (await Change(colleague, StaffFixture.Password, "unbelievable")).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "password-common");
        await (await colleague.Client.PutAsJsonAsync("/v1/passwords/own", new { password = Another })).ShouldBeProblem(HttpStatusCode.BadRequest, "member-missing");

        var changed = await Change(colleague, StaffFixture.Password, Another);
        changed.StatusCode.ShouldBe(HttpStatusCode.NoContent, await changed.Content.ReadAsStringAsync());
        var cookie = changed.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem().Split(';')[0];
        await (await phone.GetAsync("/v1/customers")).ShouldBeProblem(HttpStatusCode.Unauthorized, "session-ended");
        await (await colleague.Client.GetAsync("/v1/customers")).ShouldBeProblem(HttpStatusCode.Unauthorized, "session-ended");
        using var next = staff.Browser(cookie);
        (await next.GetAsync("/v1/customers")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await staff.SignIn(colleague.Email, Another);
    }

    [Fact]
    public async Task Guessing_the_current_password_has_to_wait_as_at_the_sign_in()
    {
        var colleague = await staff.Colleague("User");
        for (var attempt = 0; attempt < SignInTolerance.Pair.Free; attempt++)
        {
            (await Change(colleague, "not my password", Another)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        }

        await (await Change(colleague, StaffFixture.Password, Another)).ShouldBeProblem(HttpStatusCode.TooManyRequests, "sign-in-wait");
    }

    [Fact]
    public async Task Whoever_asks_for_a_link_hears_the_same_known_or_not()
    {
        var colleague = await staff.Colleague("User");
        var known = await Ask(colleague.Email);
        var unknown = await Ask("nobody@example.com");
        (known.StatusCode, await known.Content.ReadAsStringAsync()).ShouldBe((unknown.StatusCode, await unknown.Content.ReadAsStringAsync()));
        known.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await Eventually.Holds(async () => await Links(colleague.Email, PersonLink.Reset) == 1);
        (await Trail(colleague.Id)).ShouldContain("password.reset-asked");
    }

    [Fact]
    public async Task Who_left_gets_no_link_and_asking_again_and_again_has_to_wait()
    {
        var colleague = await staff.Colleague("User");
        await staff.Admin.PostAsync($"/v1/people/{colleague.Id}/deactivation", null);
        for (var attempt = 0; attempt < SignInTolerance.Pair.Free; attempt++)
        {
            (await Ask(colleague.Email)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        }

        await (await Ask(colleague.Email)).ShouldBeProblem(HttpStatusCode.TooManyRequests, "sign-in-wait");
        var other = await staff.Colleague("User");
        await Ask(other.Email);
        await Eventually.Holds(async () => await Links(other.Email, PersonLink.Reset) == 1);
        (await Links(colleague.Email, PersonLink.Reset)).ShouldBe(0, "requests are worked off in order");
    }

    [Fact]
    public async Task A_failed_sign_in_is_in_the_log_and_the_owner_is_told_when_it_is_blocked()
    {
        var colleague = await staff.Colleague("User");
        for (var attempt = 0; attempt < SignInTolerance.Pair.Free; attempt++)
        {
            await (await TrySignIn(colleague.Email)).ShouldBeProblem(HttpStatusCode.Unauthorized, "sign-in-refused");
            await (await TrySignIn("nobody-at-all@example.com")).ShouldBeProblem(HttpStatusCode.Unauthorized, "sign-in-refused");
        }

        await (await TrySignIn(colleague.Email)).ShouldBeProblem(HttpStatusCode.TooManyRequests, "sign-in-wait");
        await (await TrySignIn("nobody-at-all@example.com")).ShouldBeProblem(HttpStatusCode.TooManyRequests, "sign-in-wait");
        await Eventually.Holds(async () => (await Trail(colleague.Id)).Count(action => action.StartsWith("sign-in.", StringComparison.Ordinal)) == SignInTolerance.Pair.Free);
        (await Trail(colleague.Id))[^1].ShouldBe("sign-in.blocked");
        (await staff.Admin.GetStringAsync($"/v1/audit-trail?customer={CustomerId.Installation}&limit=1000")).ShouldNotContain("nobody-at-all");
    }

    [Fact]
    public async Task The_trail_can_be_narrowed_to_several_actions_and_beginnings()
    {
        var colleague = await staff.Colleague("User");
        await staff.Admin.PostAsync($"/v1/people/{colleague.Id}/deactivation", null);
        var trail = await (await staff.Admin.GetAsync($"/v1/audit-trail?customer={CustomerId.Installation}&subject={colleague.Id}&action=person.inv*,person.deactivated&order=asc")).Json();
        trail.GetProperty("items").EnumerateArray().Select(entry => entry.Text("action")).ShouldBe(["person.invited", "person.deactivated"]);
    }

    [Fact]
    public async Task What_ended_long_ago_is_forgotten_and_what_is_open_stays()
    {
        var colleague = await staff.Colleague("User");
        await staff.SignIn(colleague.Email, StaffFixture.Password);
        await staff.Server.Database.ForOperator(work => work.Execute(
            "update access_sessions set ended_at = now() - interval '31 days' where session_id = (select max(session_id::text)::uuid from access_sessions)"));
        var now = staff.Server.Services.GetRequiredService<Clock>().Now;
        var forgotten = await staff.Server.Database.ForCustomer(CustomerId.Installation, work => SessionsStore.Purge(work, now - PurgeSessionsJob.Kept));
        forgotten.ShouldBe(1);
        (await colleague.Client.GetAsync("/v1/customers")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public void Waits_are_counted_by_pair_person_and_place()
    {
        var guard = staff.Server.Services.GetRequiredService<SignInGuard>();
        var now = Instant.FromUtc(2026, 3, 2, 10, 0);
        for (var place = 0; place < SignInTolerance.Account.Free; place++)
        {
            guard.Begin("ada@guard.example", $"192.0.2.{place}", now).ShouldBe(Duration.Zero);
        }

        guard.Begin("ada@guard.example", "198.51.100.1", now).ShouldBe(SignInAttempts.FirstWait, "one person, from everywhere");
        for (var person = 0; person < SignInTolerance.Place.Free; person++)
        {
            guard.Begin($"person{person}@guard.example", "203.0.113.1", now).ShouldBe(Duration.Zero);
        }

        guard.Begin("eve@guard.example", "203.0.113.1", now).ShouldBe(SignInAttempts.FirstWait, "one place, for everybody");
        guard.Succeeded("ada@guard.example", "192.0.2.1");
        guard.Begin("ada@guard.example", "198.51.100.1", now).ShouldBe(Duration.Zero);
    }

    private static Task<HttpResponseMessage> Change(Colleague colleague, string current, string password) =>
        colleague.Client.PutAsJsonAsync("/v1/passwords/own", new { current, password });

    private Task<HttpResponseMessage> Ask(string email) => staff.Server.Client().PostAsJsonAsync("/v1/password-resets", new { email });

    private Task<HttpResponseMessage> TrySignIn(string email) => staff.Server.Client().PostAsJsonAsync("/v1/sessions", new { email, password = "wrong password" });

    private Task<long> Links(string email, string kind) => staff.Server.Database.ForOperator(work => work.Single<long>(
        "select count(*) from access_links l join access_people p on p.person_id = l.person_id where p.email = @email and l.kind = @kind", new { email, kind }));

    private async Task<List<string>> Trail(string person)
    {
        using var trail = JsonDocument.Parse(await staff.Admin.GetStringAsync($"/v1/audit-trail?customer={CustomerId.Installation}&subject={person}&order=asc&limit=1000"));
        return [.. trail.RootElement.GetProperty("items").EnumerateArray().Select(entry => entry.Text("action"))];
    }
}
