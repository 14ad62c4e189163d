using System.Net;
using System.Text.Json;
using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Access.SecondFactors;

public sealed class SecondFactorsTests(ServerFixture server) : IClassFixture<ServerFixture>, IDisposable
{
    private readonly TestBrowser browser = new(server);

    public void Dispose() => browser.Dispose();

    [Fact]
    public async Task With_an_app_a_password_leads_to_a_second_step_and_a_code_inside()
    {
        var (person, app, _) = await Enrolled();
        await browser.Delete("/v1/sessions/current");

        var first = await browser.SignIn(person.Email);
        first.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var next = await first.Json();
        next.Text("step").ShouldBe("code");
        next.GetProperty("ways").EnumerateArray().Select(way => way.GetString()).ShouldBe(["totp", "recovery-code"]);
        first.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem().ShouldContain("httponly");
        browser.Cookies.Keys.ShouldBe(["cairn-second-step"]);
        await (await browser.Get("/v1/sessions/current")).ShouldBeProblem(HttpStatusCode.Unauthorized, "authentication-required");

        await (await browser.Post("/v1/sessions/second-step", new { code = "000000" })).ShouldBeProblem(HttpStatusCode.Unauthorized, "second-step-refused");
        var second = await browser.Post("/v1/sessions/second-step", new { code = app.Code(+1) });
        second.StatusCode.ShouldBe(HttpStatusCode.Created, await second.Content.ReadAsStringAsync());
        (await second.Json()).GetProperty("person").Text("email").ShouldBe(person.Email);
        browser.Cookies.Keys.ShouldBe(["cairn-session"]);
        (await browser.Get("/v1/sessions/current")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_code_and_a_ticket_each_work_once()
    {
        var (person, app, _) = await Enrolled();
        using var other = new TestBrowser(server);
        await browser.SignIn(person.Email);
        await other.SignIn(person.Email);
        var ticket = browser.Cookies["cairn-second-step"];
        var code = app.Code(+1);

        (await browser.Post("/v1/sessions/second-step", new { code })).StatusCode.ShouldBe(HttpStatusCode.Created);
        await (await other.Post("/v1/sessions/second-step", new { code })).ShouldBeProblem(HttpStatusCode.Unauthorized, "second-step-refused");

        await ForgetUsedCodes();
        browser.Cookies["cairn-second-step"] = ticket;
        await (await browser.Post("/v1/sessions/second-step", new { code })).ShouldBeProblem(HttpStatusCode.Unauthorized, "second-step-expired");
        // The refusal above has used nothing up.
        (await other.Post("/v1/sessions/second-step", new { code })).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Of_many_with_the_same_code_at_once_exactly_one_comes_in()
    {
        var (person, app, _) = await Enrolled();
        var browsers = Enumerable.Range(0, 4).Select(_ => new TestBrowser(server)).ToList();
        await Task.WhenAll(browsers.Select(one => one.SignIn(person.Email)));
        var code = app.Code(+1);

        var answers = await Task.WhenAll(browsers.Select(one => one.Post("/v1/sessions/second-step", new { code })));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.Created).ShouldBe(1);
        browsers.ForEach(one => one.Dispose());
    }

    [Fact]
    public async Task A_recovery_code_stands_in_for_the_app_once()
    {
        var (person, _, codes) = await Enrolled();
        codes.Count.ShouldBe(RecoveryCode.Count);
        await browser.SignIn(person.Email);
        (await browser.Post("/v1/sessions/second-step", new { recoveryCode = codes[3].ToUpperInvariant() })).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await (await browser.Get("/v1/account/security")).Json()).GetProperty("recoveryCodes").GetInt32().ShouldBe(9);

        await browser.SignIn(person.Email);
        await (await browser.Post("/v1/sessions/second-step", new { recoveryCode = codes[3] })).ShouldBeProblem(HttpStatusCode.Unauthorized, "second-step-refused");

        var stored = await server.Database.ForOperator(work => work.List<byte[]>("select code_hash from access_recovery_codes where person_id = @id", new { id = person.Id.Value }));
        stored.ShouldAllBe(hash => hash.Length == 32);
    }

    [Fact]
    public async Task New_recovery_codes_end_those_before()
    {
        var (person, _, codes) = await Enrolled();
        var answer = await browser.Post("/v1/account/recovery-codes");
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        answer.Headers.CacheControl?.NoStore.ShouldBeTrue();
        var fresh = Codes(await answer.Json(), "codes");

        await browser.SignIn(person.Email);
        await (await browser.Post("/v1/sessions/second-step", new { recoveryCode = codes[0] })).ShouldBeProblem(HttpStatusCode.Unauthorized, "second-step-refused");
        (await browser.Post("/v1/sessions/second-step", new { recoveryCode = fresh[0] })).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Guessing_codes_is_slow()
    {
        var (person, app, _) = await Enrolled();
        await browser.SignIn(person.Email);
        for (var attempt = 0; attempt < SignInTolerance.Pair.Free; attempt++)
        {
            await (await browser.Post("/v1/sessions/second-step", new { code = "000000" })).ShouldBeProblem(HttpStatusCode.Unauthorized, "second-step-refused");
        }

        await (await browser.Post("/v1/sessions/second-step", new { code = app.Code(+1) })).ShouldBeProblem(HttpStatusCode.TooManyRequests, "sign-in-wait");
    }

    [Theory]
    [InlineData("update access_people set deactivated_at = now() where person_id = @id")]
    [InlineData("update access_people set password_hash = password_hash || 'x' where person_id = @id")]
    public async Task What_happens_to_the_account_in_between_ends_the_sign_in(string change)
    {
        var (person, app, _) = await Enrolled();
        await browser.SignIn(person.Email);
        await server.Database.ForOperator(work => work.Execute(change, new { id = person.Id.Value }));
        await (await browser.Post("/v1/sessions/second-step", new { code = app.Code(+1) })).ShouldBeProblem(HttpStatusCode.Unauthorized, "second-step-expired");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("made-up")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_made_up_ticket_is_no_ticket(string? ticket)
    {
        if (ticket is not null)
        {
            browser.Cookies["cairn-second-step"] = ticket;
        }

        await (await browser.Post("/v1/sessions/second-step", new { code = "123456" })).ShouldBeProblem(HttpStatusCode.Unauthorized, "second-step-expired");
        await (await browser.Post("/v1/sessions/second-step/totp")).ShouldBeProblem(HttpStatusCode.Unauthorized, "second-step-expired");
    }

    [Fact]
    public async Task A_wrong_password_says_nothing_of_a_second_step()
    {
        var (person, _, _) = await Enrolled();
        var known = await (await browser.SignIn(person.Email, "wrong password")).ShouldBeProblem(HttpStatusCode.Unauthorized, "sign-in-refused");
        var unknown = await (await browser.SignIn("nobody@example.com", "wrong password")).ShouldBeProblem(HttpStatusCode.Unauthorized, "sign-in-refused");
        unknown.GetRawText().ShouldBe(known.GetRawText());
    }

    [Fact]
    public async Task An_app_is_confirmed_by_a_code_before_it_is_asked_for()
    {
        var person = await SignedIn();
        await (await browser.Post("/v1/account/totp/confirmation", new { code = "123456" })).ShouldBeProblem(HttpStatusCode.Conflict, "totp-not-started");
        await (await browser.Post("/v1/account/recovery-codes")).ShouldBeProblem(HttpStatusCode.Conflict, "second-factor-missing");
        var app = new AuthenticatorApp((await (await browser.Post("/v1/account/totp")).Json()).Text("secret"));
        await (await browser.Post("/v1/account/totp/confirmation", new { code = "000000" })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "totp-code-wrong");
        (await new TestBrowser(server).SignIn(person.Email)).StatusCode.ShouldBe(HttpStatusCode.Created, "What nobody confirmed is asked of nobody.");

        (await browser.Post("/v1/account/totp/confirmation", new { code = app.Code() })).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await browser.Post("/v1/account/totp")).ShouldBeProblem(HttpStatusCode.Conflict, "totp-enrolled");
        await (await browser.Post("/v1/account/totp/confirmation", new { code = app.Code(+1) })).ShouldBeProblem(HttpStatusCode.Conflict, "totp-enrolled");
        (await new TestBrowser(server).SignIn(person.Email)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task The_secret_is_sealed_and_in_no_record()
    {
        var (person, _, codes) = await Enrolled(out var secret);
        var stored = await server.Database.ForOperator(work => work.Single<byte[]>("select sealed from access_totp where person_id = @id", new { id = person.Id.Value }));
        System.Text.Encoding.Latin1.GetString(stored).ShouldNotContain(await secret);
        var trail = await server.Client(server.OperatorKey).GetStringAsync($"/v1/audit-trail?customer={CustomerId.Installation}&limit=200");
        trail.ShouldContain("second-factor.added");
        trail.ShouldNotContain(await secret);
        codes.ShouldAllBe(code => !trail.Contains(code));
    }

    [Fact]
    public async Task Changing_how_one_signs_in_takes_a_fresh_proof()
    {
        var person = await SignedIn();
        await server.Database.ForOperator(work => work.Execute(
            "update access_sessions set created_at = now() - interval '11 minutes' where person_id = @id", new { id = person.Id.Value }));
        foreach (var (method, path) in new[] { ("POST", "/v1/account/totp"), ("DELETE", "/v1/account/totp"), ("POST", "/v1/account/recovery-codes"), ("PUT", "/v1/settings/sign-in") })
        {
            await (await browser.Send(new HttpMethod(method), path)).ShouldBeProblem(HttpStatusCode.Forbidden, "proof-required");
        }

        await (await browser.Post("/v1/sessions/current/proof", new { password = "wrong password" })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "proof-refused");
        (await browser.Post("/v1/sessions/current/proof", new { password = TestBrowser.Password })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await browser.Post("/v1/account/totp")).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_proof_takes_the_code_of_the_app_where_there_is_one()
    {
        var (_, app, _) = await Enrolled();
        await (await browser.Post("/v1/sessions/current/proof", new { password = TestBrowser.Password })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "proof-refused");
        (await browser.Post("/v1/sessions/current/proof", new { password = TestBrowser.Password, code = app.Code(+1) })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await browser.Post("/v1/sessions/current/proof", new { code = 1 })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Without_the_app_the_password_is_enough_again()
    {
        var (person, _, _) = await Enrolled();
        (await browser.Delete("/v1/account/totp")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await browser.Delete("/v1/account/totp")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var security = await (await browser.Get("/v1/account/security")).Json();
        security.GetProperty("totpSince").ValueKind.ShouldBe(JsonValueKind.Null);
        security.GetProperty("recoveryCodes").GetInt32().ShouldBe(0);
        (await browser.SignIn(person.Email)).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task An_administrator_helps_who_lost_everything()
    {
        var (person, _, _) = await Enrolled();
        using var admin = new TestBrowser(server);
        await admin.SignIn((await TestBrowser.NewPerson(server)).Email);
        await (await admin.Delete("/v1/people/per_00000000000000000000000000/second-factors")).ShouldBeProblem(HttpStatusCode.NotFound, "account-not-found");
        (await admin.Delete($"/v1/people/{person.Id}/second-factors")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await browser.SignIn(person.Email)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await (await browser.Get("/v1/account/security")).Json()).GetProperty("recoveryCodes").GetInt32().ShouldBe(0);

        await server.Database.ForOperator(work => work.Execute("update access_sessions set created_at = now() - interval '11 minutes'"));
        await (await admin.Delete($"/v1/people/{person.Id}/second-factors")).ShouldBeProblem(HttpStatusCode.Forbidden, "proof-required");
    }

    private async Task<Person> SignedIn(StaffRole role = StaffRole.Admin)
    {
        var person = await TestBrowser.NewPerson(server, role);
        (await browser.SignIn(person.Email)).StatusCode.ShouldBe(HttpStatusCode.Created);
        return person;
    }

    private Task<(Person Person, AuthenticatorApp App, IReadOnlyList<string> Codes)> Enrolled() => Enrolled(out _);

    /// <summary>Somebody who set an app up and is still signed in.</summary>
    private Task<(Person Person, AuthenticatorApp App, IReadOnlyList<string> Codes)> Enrolled(out Task<string> secret)
    {
        var told = new TaskCompletionSource<string>();
        secret = told.Task;
        return Enrol();

        async Task<(Person, AuthenticatorApp, IReadOnlyList<string>)> Enrol()
        {
            var person = await SignedIn();
            var proposal = await (await browser.Post("/v1/account/totp")).Json();
            proposal.Text("uri").ShouldContain(proposal.Text("secret"));
            told.SetResult(proposal.Text("secret"));
            var app = new AuthenticatorApp(proposal.Text("secret"));
            var confirmed = await browser.Post("/v1/account/totp/confirmation", new { code = app.Code() });
            return (person, app, Codes(await confirmed.Json(), "codes"));
        }
    }

    private Task<int> ForgetUsedCodes() => server.Database.ForOperator(work => work.Execute("update access_totp set last_step = 0"));

    private static List<string> Codes(JsonElement body, string member) => [.. body.GetProperty(member).EnumerateArray().Select(code => code.GetString()!)];
}
