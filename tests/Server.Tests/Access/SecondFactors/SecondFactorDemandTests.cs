using System.Net;
using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Access.SecondFactors;

/// <summary>What an installation demands of its people. A server of its own, because the demand holds for everybody on it.</summary>
public sealed class SecondFactorDemandTests(ServerFixture server) : IClassFixture<ServerFixture>, IDisposable
{
    private readonly TestBrowser admin = new(server);
    private readonly TestBrowser browser = new(server);

    public void Dispose()
    {
        admin.Dispose();
        browser.Dispose();
    }

    [Fact]
    public async Task Whose_role_takes_a_second_factor_sets_one_up_before_the_first_session()
    {
        await Demand("Manager");
        var person = await TestBrowser.NewPerson(server, StaffRole.Manager);
        var first = await browser.SignIn(person.Email);
        first.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await first.Json()).Text("step").ShouldBe("enrolment");

        await (await browser.Post("/v1/sessions/second-step", new { code = "123456" })).ShouldBeProblem(HttpStatusCode.Conflict, "totp-not-started");
        var app = new AuthenticatorApp((await (await browser.Post("/v1/sessions/second-step/totp")).Json()).Text("secret"));
        await (await browser.Post("/v1/sessions/second-step", new { code = "000000" })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "totp-code-wrong");
        var inside = await browser.Post("/v1/sessions/second-step", new { code = app.Code() });
        inside.StatusCode.ShouldBe(HttpStatusCode.Created, await inside.Content.ReadAsStringAsync());
        (await inside.Json()).GetProperty("recoveryCodes").GetArrayLength().ShouldBe(RecoveryCode.Count);

        await (await browser.Delete("/v1/account/totp")).ShouldBeProblem(HttpStatusCode.Conflict, "second-factor-demanded");
        (await browser.Get("/v1/account/security")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await Demand(null);
        (await browser.Delete("/v1/account/totp")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Whose_role_is_below_needs_none()
    {
        await Demand("Admin");
        var person = await TestBrowser.NewPerson(server, StaffRole.Manager);
        (await browser.SignIn(person.Email)).StatusCode.ShouldBe(HttpStatusCode.Created);
        await Demand(null);
    }

    [Fact]
    public async Task A_ticket_for_a_code_does_not_enrol_another_app()
    {
        await Demand(null);
        var person = await TestBrowser.NewPerson(server);
        await browser.SignIn(person.Email);
        var app = new AuthenticatorApp((await (await browser.Post("/v1/account/totp")).Json()).Text("secret"));
        (await browser.Post("/v1/account/totp/confirmation", new { code = app.Code() })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await browser.SignIn(person.Email)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await (await browser.Post("/v1/sessions/second-step/totp")).ShouldBeProblem(HttpStatusCode.Unauthorized, "second-step-expired");
    }

    [Fact]
    public async Task The_demand_names_a_role()
    {
        await SignInAdmin();
        await (await admin.Put("/v1/settings/sign-in", new { secondFactorFrom = "Boss" })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "role-unknown");
        (await (await admin.Get("/v1/settings/sign-in")).Json()).GetProperty("secondFactorFrom").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    private async Task Demand(string? role)
    {
        await SignInAdmin();
        (await admin.Put("/v1/settings/sign-in", new { secondFactorFrom = role })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await (await admin.Get("/v1/settings/sign-in")).Json()).GetProperty("secondFactorFrom").GetString().ShouldBe(role);
    }

    private async Task SignInAdmin()
    {
        if (admin.Cookies.Count == 0)
        {
            var person = await TestBrowser.NewPerson(server);
            (await admin.SignIn(person.Email)).StatusCode.ShouldBe(HttpStatusCode.Created);
        }
    }
}
