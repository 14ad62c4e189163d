using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Access;

public sealed class OpenSessionsTests(StaffFixture staff) : IClassFixture<StaffFixture>
{
    private const string Phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1";

    [Fact]
    public async Task People_see_their_own_open_sessions_and_on_what_they_are()
    {
        var colleague = await staff.Colleague("User");
        using var phone = staff.Browser(await staff.SignIn(colleague.Email, StaffFixture.Password), Phone);
        await phone.GetAsync("/v1/customers");
        await staff.SignIn(colleague.Email, StaffFixture.Password);

        var sessions = await List(colleague.Client);
        sessions.Count.ShouldBe(3);
        sessions.Count(session => session.GetProperty("isCurrent").GetBoolean()).ShouldBe(1);
        sessions.Select(session => session.GetProperty("device").GetString()).Order().ShouldBe([null, "Firefox on Linux", "Safari on iPhone"]);
        sessions.Single(session => session.GetProperty("isCurrent").GetBoolean()).Text("address").ShouldBe("127.0.0.1");
    }

    [Fact]
    public async Task One_or_all_others_can_be_ended_and_nobody_elses()
    {
        var (colleague, other) = (await staff.Colleague("User"), await staff.Colleague("User"));
        using var phone = staff.Browser(await staff.SignIn(colleague.Email, StaffFixture.Password), Phone);
        var mine = (await List(phone)).Single(session => session.GetProperty("isCurrent").GetBoolean()).Text("id");

        await (await other.Client.DeleteAsync($"/v1/sessions/{mine}")).ShouldBeProblem(HttpStatusCode.NotFound, "session-not-found");
        (await phone.GetAsync("/v1/customers")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await colleague.Client.DeleteAsync($"/v1/sessions/{mine}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await phone.GetAsync("/v1/customers")).ShouldBeProblem(HttpStatusCode.Unauthorized, "session-ended");

        await staff.SignIn(colleague.Email, StaffFixture.Password);
        (await colleague.Client.DeleteAsync("/v1/sessions")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await List(colleague.Client)).ShouldHaveSingleItem().GetProperty("isCurrent").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task An_administrator_sees_and_ends_the_sessions_of_others()
    {
        var colleague = await staff.Colleague("Manager");
        var address = $"/v1/people/{colleague.Id}/sessions";
        await (await colleague.Client.GetAsync(address)).ShouldBeProblem(HttpStatusCode.Forbidden, "role-missing");
        var session = (await (await staff.Admin.GetAsync(address)).Json()).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        session.GetProperty("isCurrent").GetBoolean().ShouldBeFalse();
        (await staff.Admin.DeleteAsync($"{address}/{session.Text("id")}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await colleague.Client.GetAsync("/v1/customers")).ShouldBeProblem(HttpStatusCode.Unauthorized, "session-ended");

        using var again = staff.Browser(await staff.SignIn(colleague.Email, StaffFixture.Password));
        (await staff.Admin.DeleteAsync(address)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await again.GetAsync("/v1/customers")).ShouldBeProblem(HttpStatusCode.Unauthorized, "session-ended");
        await (await staff.Admin.DeleteAsync($"/v1/people/per_{new string('0', 26)}/sessions")).ShouldBeProblem(HttpStatusCode.NotFound, "person-not-found");
    }

    [Fact]
    public async Task How_long_sessions_live_is_for_administrators_to_say_and_holds_for_open_ones()
    {
        var colleague = await staff.Colleague("User");
        await staff.Server.Database.ForOperator(work => work.Execute("update access_sessions set created_at = now() - interval '30 minutes' where person_id = (select person_id from access_people where email = @Email)", new { colleague.Email }));
        (await colleague.Client.GetAsync("/v1/customers")).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await staff.Admin.PutAsJsonAsync("/v1/settings/sessions", new { idleMinutes = 10, absoluteMinutes = 20 })).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await colleague.Client.GetAsync("/v1/customers")).ShouldBeProblem(HttpStatusCode.Unauthorized, "session-ended");
        (await (await staff.Admin.GetAsync("/v1/settings/sessions")).Json()).GetProperty("idleMinutes").GetInt32().ShouldBe(10);

        (await (await staff.Admin.PutAsJsonAsync("/v1/settings/sessions", new { idleMinutes = 30, absoluteMinutes = 20 })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "idle-beyond-absolute")).Faults()
            .ShouldBe(["/idleMinutes idle-beyond-absolute"]);
        await (await staff.Admin.PutAsJsonAsync("/v1/settings/sessions", new { idleMinutes = 1, absoluteMinutes = 20 })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "number-out-of-range");
        await (await staff.Admin.PutAsJsonAsync("/v1/settings/sessions", new { idleMinutes = 10 })).ShouldBeProblem(HttpStatusCode.BadRequest, "member-missing");
        (await staff.Admin.PutAsJsonAsync("/v1/settings/sessions", new { idleMinutes = 120, absoluteMinutes = 720 })).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<List<JsonElement>> List(HttpClient client) =>
        [.. (await (await client.GetAsync("/v1/sessions")).Json()).GetProperty("items").EnumerateArray()];
}
