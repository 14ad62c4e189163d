using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Access;

public sealed class PeopleTests(StaffFixture staff) : IClassFixture<StaffFixture>
{
    [Fact]
    public async Task Who_is_invited_chooses_a_password_by_the_link_and_comes_in()
    {
        var email = staff.NewEmail();
        var invited = await staff.Admin.PostAsJsonAsync("/v1/people", new { email = $" {email.ToUpperInvariant()}", name = "Grace", role = "Manager", jobRoles = new[] { "csm", "csm-lead" } });
        invited.StatusCode.ShouldBe(HttpStatusCode.Created, await invited.Content.ReadAsStringAsync());
        var made = await invited.Json();
        var person = made.GetProperty("person");
        (person.Text("status"), person.Text("email"), person.Text("role"), person.Text("reach")).ShouldBe(("invited", email, "Manager", "all"));
        person.GetProperty("jobRoles").EnumerateArray().Select(role => role.GetString()).ShouldBe(["csm-lead", "csm"]);
        made.Text("link").ShouldStartWith("/password#link_");
        var token = made.Text("link").Split('#')[1];

        using var client = staff.Server.Client();
        var opened = await (await client.PostAsJsonAsync("/v1/password-links", new { token })).Json();
        (opened.Text("name"), opened.Text("email"), opened.Text("kind")).ShouldBe(("Grace", email, "invitation"));
        (await client.PostAsJsonAsync("/v1/passwords", new { token, password = StaffFixture.Password })).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        await staff.SignIn(email, StaffFixture.Password);
        (await (await staff.Admin.GetAsync($"/v1/people/{person.Text("id")}")).Json()).Text("status").ShouldBe("active");
        await (await client.PostAsJsonAsync("/v1/passwords", new { token, password = StaffFixture.Password })).ShouldBeProblem(HttpStatusCode.NotFound, "link-unusable");
        await (await staff.Admin.PostAsync($"/v1/people/{person.Text("id")}/invitations", null)).ShouldBeProblem(HttpStatusCode.Conflict, "already-joined");
    }

    [Fact]
    public async Task Of_several_links_only_the_newest_works_and_of_many_who_use_it_one_wins()
    {
        var made = await Invite();
        var id = made.GetProperty("person").Text("id");
        var again = await (await staff.Admin.PostAsync($"/v1/people/{id}/invitations", null)).Json();
        await (await Set(made, StaffFixture.Password)).ShouldBeProblem(HttpStatusCode.NotFound, "link-unusable");

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Set(again, StaffFixture.Password)));
        answers.Count(answer => answer.StatusCode == HttpStatusCode.NoContent).ShouldBe(1);
    }

    [Fact]
    public async Task A_link_that_is_over_or_made_up_works_no_more()
    {
        var made = await Invite();
        await staff.Server.Database.ForOperator(work => work.Execute("update access_links set expires_at = now() - interval '1 second'"));
        await (await Set(made, StaffFixture.Password)).ShouldBeProblem(HttpStatusCode.NotFound, "link-unusable");
        foreach (var token in new[] { "", "link", "link_00000000000000000000000000_01m7z3vjepfhyrcmb0cb0d3zhn_0000000000000000000000000000000000000000000000000000" })
        {
            await (await staff.Server.Client().PostAsJsonAsync("/v1/password-links", new { token })).ShouldBeProblem(HttpStatusCode.NotFound, "link-unusable");
        }
    }

    [Theory]
    [InlineData("short words", "password-length")]
    [InlineData("Password1234!", "password-common")]
    [InlineData("qwertyuiop123456", "password-common")]
    [InlineData("unbelievable", "password-common")]
    [InlineData("abcabcabcabcabc", "password-common")]
    [InlineData("cairn grace hopper 1", "password-guessable")]
    public async Task A_weak_password_is_refused_and_the_link_stays_good(string password, string code)
    {
        var made = await Invite("Grace Hopper");
        await (await Set(made, password)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, code);
        (await Set(made, StaffFixture.Password)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_faulty_invitation_hears_of_all_faults()
    {
        var answer = await staff.Admin.PostAsJsonAsync("/v1/people", new { email = "no address", role = "Root", jobRoles = new[] { "csm", "king" }, reach = "some", x = 1 });
        (await answer.ShouldBeProblem(HttpStatusCode.BadRequest, "input-invalid")).Faults()
            .ShouldBe(["/x member-unknown", "/email email-unusable", "/name member-missing", "/role role-unknown", "/jobRoles/1 job-role-unknown", "/reach reach-unknown"]);
    }

    [Fact]
    public async Task A_reach_names_customers_that_are_there_and_an_administrator_has_none()
    {
        var customer = await staff.Server.NewCustomer();
        var nobody = "cus_" + new string('0', 25) + "1";
        await Refused("User", "named", [], "reach-empty");
        await Refused("User", "named", [nobody], "customer-unknown");
        await Refused("User", "named", ["acme"], "customer-unknown");
        await Refused("User", "portfolio", [customer.Id], "reach-not-named");
        await Refused("Admin", "portfolio", null, "reach-of-admin");
        await Refused("User", "named", [.. Enumerable.Repeat(customer.Id, 501)], "reach-too-many");

        async Task Refused(string role, string reach, string[]? customers, string code) =>
            await (await staff.Admin.PostAsJsonAsync("/v1/people", new { email = staff.NewEmail(), name = "X", role, reach, customers })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, code);
    }

    [Fact]
    public async Task An_address_belongs_to_one_person()
    {
        var made = await Invite();
        await (await staff.Admin.PostAsJsonAsync("/v1/people", new { email = made.GetProperty("person").Text("email"), name = "Again", role = "Viewer" }))
            .ShouldBeProblem(HttpStatusCode.Conflict, "email-taken");
    }

    [Fact]
    public async Task A_change_holds_from_the_next_request_on_and_takes_the_version()
    {
        var colleague = await staff.Colleague("Viewer");
        await (await colleague.Client.PostAsJsonAsync("/v1/customers", new { name = "Mine" })).ShouldBeProblem(HttpStatusCode.Forbidden, "role-missing");

        (await Change(colleague.Id, new { role = "Manager", name = "Renamed" }, 1)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await colleague.Client.PostAsJsonAsync("/v1/customers", new { name = "Mine" })).StatusCode.ShouldBe(HttpStatusCode.Created);

        await (await Change(colleague.Id, new { role = "Viewer" }, 1)).ShouldBeProblem(HttpStatusCode.PreconditionFailed, "lost-race");
        await (await Change(colleague.Id, new { role = "Viewer" }, null)).ShouldBeProblem(HttpStatusCode.PreconditionRequired, "version-required");
        await (await Change("per_" + new string('0', 26), new { role = "Viewer" }, 1)).ShouldBeProblem(HttpStatusCode.NotFound, "person-not-found");
        var person = await (await staff.Admin.GetAsync($"/v1/people/{colleague.Id}")).Json();
        (person.Text("name"), person.Text("role"), person.GetProperty("version").GetInt64()).ShouldBe(("Renamed", "Manager", 2));
    }

    [Fact]
    public async Task A_version_that_is_none_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/v1/people/{staff.AdminId}") { Content = JsonContent.Create(new { name = "X" }) };
        request.Headers.TryAddWithoutValidation("If-Match", "\"one\"");
        await (await staff.Admin.SendAsync(request)).ShouldBeProblem(HttpStatusCode.BadRequest, "version-malformed");
    }

    [Fact]
    public async Task The_end_of_access_ends_everything_at_once_and_can_be_undone()
    {
        var colleague = await staff.Colleague("User");
        (await colleague.Client.GetAsync("/v1/customers")).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await staff.Admin.PostAsync($"/v1/people/{colleague.Id}/deactivation", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await colleague.Client.GetAsync("/v1/customers")).ShouldBeProblem(HttpStatusCode.Unauthorized, "session-ended");
        await (await staff.Server.Client().PostAsJsonAsync("/v1/sessions", new { email = colleague.Email, password = StaffFixture.Password })).ShouldBeProblem(HttpStatusCode.Unauthorized, "sign-in-refused");
        await (await staff.Admin.PostAsync($"/v1/people/{colleague.Id}/invitations", null)).ShouldBeProblem(HttpStatusCode.Conflict, "person-deactivated");

        (await staff.Admin.DeleteAsync($"/v1/people/{colleague.Id}/deactivation")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await colleague.Client.GetAsync("/v1/customers")).ShouldBeProblem(HttpStatusCode.Unauthorized, "session-ended");
        await staff.SignIn(colleague.Email, StaffFixture.Password);
    }

    [Fact]
    public async Task The_end_of_access_makes_an_open_invitation_void()
    {
        var made = await Invite();
        (await staff.Admin.PostAsync($"/v1/people/{made.GetProperty("person").Text("id")}/deactivation", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await Set(made, StaffFixture.Password)).ShouldBeProblem(HttpStatusCode.NotFound, "link-unusable");
    }

    [Fact]
    public async Task Colleagues_see_who_is_there_and_administrators_see_more()
    {
        var colleague = await staff.Colleague("Viewer");
        var seen = (await (await colleague.Client.GetAsync($"/v1/people?q={colleague.Email}")).Json()).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        seen.Text("email").ShouldBe(colleague.Email);
        (seen.GetProperty("reach").ValueKind, seen.GetProperty("lastSeenAt").ValueKind).ShouldBe((JsonValueKind.Null, JsonValueKind.Null));
        (await (await staff.Admin.GetAsync($"/v1/people/{colleague.Id}")).Json()).Text("lastSeenAt").ShouldNotBeEmpty();
        await (await colleague.Client.PostAsJsonAsync("/v1/people", new { })).ShouldBeProblem(HttpStatusCode.Forbidden, "role-missing");
        await (await staff.Server.Client(staff.Server.OperatorKey).GetAsync("/v1/people")).ShouldBeProblem(HttpStatusCode.Forbidden, "person-required");
    }

    [Fact]
    public async Task The_list_goes_page_by_page_by_name()
    {
        for (var number = 0; number < 3; number++)
        {
            await Invite($"Éva {number}");
        }

        var names = new List<string>();
        string? cursor = null;
        do
        {
            var page = await (await staff.Admin.GetAsync($"/v1/people?limit=2&q={Uri.EscapeDataString("éva ")}&cursor={cursor}")).Json();
            names.AddRange(page.GetProperty("items").EnumerateArray().Select(person => person.Text("name")));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);
        names.ShouldBe(["Éva 0", "Éva 1", "Éva 2"]);
    }

    [Fact]
    public async Task Every_change_of_people_stands_in_the_log_of_the_installation_without_a_secret()
    {
        var colleague = await staff.Colleague("User");
        await Change(colleague.Id, new { role = "Manager" }, 1);
        await staff.Admin.PostAsync($"/v1/people/{colleague.Id}/deactivation", null);
        var trail = await staff.Admin.GetStringAsync($"/v1/audit-trail?customer=cus_{new string('0', 26)}&subject={colleague.Id}&order=asc");
        using var entries = JsonDocument.Parse(trail);
        entries.RootElement.GetProperty("items").EnumerateArray().Select(entry => entry.Text("action"))
            .ShouldBe(["person.invited", "person.joined", "person.changed", "person.deactivated"]);
        trail.ShouldNotContain("link_");
        trail.ShouldNotContain(StaffFixture.Password);
    }

    private async Task<JsonElement> Invite(string name = "Somebody") =>
        await (await staff.Admin.PostAsJsonAsync("/v1/people", new { email = staff.NewEmail(), name, role = "User" })).Json();

    private Task<HttpResponseMessage> Set(JsonElement invited, string password) =>
        staff.Server.Client().PostAsJsonAsync("/v1/passwords", new { token = invited.Text("link").Split('#')[1], password });

    private async Task<HttpResponseMessage> Change(string person, object change, long? version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/v1/people/{person}") { Content = JsonContent.Create(change) };
        if (version is { } number)
        {
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{number}\"");
        }

        return await staff.Admin.SendAsync(request);
    }
}

/// <summary>A server of its own for each test: what they do to the only administrator would disturb others.</summary>
public sealed class LastAdministratorTests(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly StaffFixture staff = new(postgres);

    public ValueTask InitializeAsync() => staff.InitializeAsync();

    public ValueTask DisposeAsync() => staff.DisposeAsync();

    [Fact]
    public async Task The_last_administrator_can_neither_leave_nor_step_down()
    {
        // An invited administrator has not come in, so that they save nobody.
        await staff.Admin.PostAsJsonAsync("/v1/people", new { email = staff.NewEmail(), name = "Not yet", role = "Admin" });
        await (await staff.Admin.PostAsync($"/v1/people/{staff.AdminId}/deactivation", null)).ShouldBeProblem(HttpStatusCode.Conflict, "last-administrator");
        await (await StepDown()).ShouldBeProblem(HttpStatusCode.Conflict, "last-administrator");

        var second = await staff.Colleague("Admin");
        (await StepDown()).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await second.Client.PostAsync($"/v1/people/{second.Id}/deactivation", null)).ShouldBeProblem(HttpStatusCode.Conflict, "last-administrator");
    }

    [Fact]
    public async Task Two_administrators_who_end_each_other_at_once_leave_one()
    {
        var second = await staff.Colleague("Admin");
        var answers = await Task.WhenAll(
            staff.Admin.PostAsync($"/v1/people/{second.Id}/deactivation", null),
            second.Client.PostAsync($"/v1/people/{staff.AdminId}/deactivation", null));
        answers.Count(answer => answer.StatusCode == HttpStatusCode.NoContent).ShouldBe(1);
    }

    private async Task<HttpResponseMessage> StepDown()
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/v1/people/{staff.AdminId}") { Content = JsonContent.Create(new { role = "User" }) };
        request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        return await staff.Admin.SendAsync(request);
    }
}
