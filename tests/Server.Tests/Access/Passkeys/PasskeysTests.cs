using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json;
using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Access.Passkeys;

public sealed class PasskeysTests(ServerFixture server) : IClassFixture<ServerFixture>, IDisposable
{
    private readonly TestBrowser browser = new(server);

    public void Dispose() => browser.Dispose();

    /// <summary>Everything an answer may have wrong.</summary>
    public static TheoryData<string> Faults() => new(Wrong.Keys);

    private static readonly Dictionary<string, Behaviour> Wrong = new()
    {
        ["another origin"] = new Behaviour { Origin = "https://evil.example" },
        ["another port"] = new Behaviour { Origin = "http://127.0.0.1:1" },
        ["a frame of another site"] = new Behaviour { CrossOrigin = true },
        ["another address"] = new Behaviour { RpId = "evil.example" },
        ["the other ceremony"] = new Behaviour { Type = "webauthn.other" },
        ["an owner who was not verified"] = new Behaviour { IsVerified = false },
        ["an owner who was not there"] = new Behaviour { IsPresent = false },
    };

    private static readonly Dictionary<string, Behaviour> WrongOnUse = new(Wrong)
    {
        ["a broken signature"] = new Behaviour { BreaksSignature = true },
        ["a counter that stands still"] = new Behaviour { Count = 1 },
        ["a counter that went back"] = new Behaviour { Count = 0 },
        ["somebody else's name"] = new Behaviour { UserHandle = Base64Url.EncodeToString(Encoding.UTF8.GetBytes("per_00000000000000000000000000")) },
    };

    public static TheoryData<string> FaultsOnUse() => new(WrongOnUse.Keys);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_passkey_signs_in_without_a_password_or_a_second_step(bool isRsa)
    {
        var (person, device, codes) = await Added(isRsa);
        codes.Count.ShouldBe(RecoveryCode.Count, "The first second factor brings recovery codes.");
        await browser.Delete("/v1/sessions/current");

        var answer = await SignIn(device);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        (await answer.Json()).GetProperty("person").Text("email").ShouldBe(person.Email);
        browser.Cookies.Keys.ShouldBe(["cairn-session"]);
        var passkey = (await (await browser.Get("/v1/account/security")).Json()).GetProperty("passkeys").EnumerateArray().ShouldHaveSingleItem();
        passkey.Text("name").ShouldBe("Key ring");
        passkey.GetProperty("lastUsedAt").ValueKind.ShouldBe(JsonValueKind.String);
        (await SignIn(device)).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Theory]
    [MemberData(nameof(FaultsOnUse))]
    public async Task An_answer_with_a_fault_opens_nothing(string fault)
    {
        var (_, device, _) = await Added();
        await browser.Delete("/v1/sessions/current");
        await (await SignIn(device, WrongOnUse[fault])).ShouldBeProblem(HttpStatusCode.Unauthorized, "passkey-refused");
        (await SignIn(device)).StatusCode.ShouldBe(HttpStatusCode.Created, "What was refused has used nothing up.");
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_passkey_made_with_a_fault_is_not_taken(string fault)
    {
        await SignedIn();
        var device = new SoftwareAuthenticator(server.Address);
        await (await Add(device, Wrong[fault])).ShouldBeProblem(HttpStatusCode.Conflict, "passkey-unusable");
        (await Add(device)).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_challenge_works_once_and_for_the_browser_that_got_it()
    {
        var (_, device, _) = await Added();
        using var other = new TestBrowser(server);
        var options = await (await browser.Post("/v1/passkey-challenges")).Json();
        var ticket = browser.Cookies["cairn-passkey"];
        var credential = device.Get(options);

        await (await other.Post("/v1/sessions/passkey", new { credential })).ShouldBeProblem(HttpStatusCode.Unauthorized, "passkey-refused");
        await other.Post("/v1/passkey-challenges");
        await (await other.Post("/v1/sessions/passkey", new { credential })).ShouldBeProblem(HttpStatusCode.Unauthorized, "passkey-refused");
        (await browser.Post("/v1/sessions/passkey", new { credential })).StatusCode.ShouldBe(HttpStatusCode.Created);
        browser.Cookies["cairn-passkey"] = ticket;
        await (await browser.Post("/v1/sessions/passkey", new { credential })).ShouldBeProblem(HttpStatusCode.Unauthorized, "passkey-refused");
        await (await browser.Post("/v1/sessions/passkey", new { credential = device.Get(options) })).ShouldBeProblem(HttpStatusCode.Unauthorized, "passkey-refused");
    }

    [Fact]
    public async Task A_challenge_for_adding_is_none_for_signing_in_and_belongs_to_who_asked()
    {
        var (_, device, _) = await Added();
        var adding = await (await browser.Post("/v1/account/passkeys/challenges")).Json();
        await (await browser.Post("/v1/sessions/passkey", new { credential = device.Get(adding) })).ShouldBeProblem(HttpStatusCode.Unauthorized, "passkey-refused");

        using var other = new TestBrowser(server);
        await other.SignIn((await TestBrowser.NewPerson(server)).Email);
        other.Cookies["cairn-passkey"] = browser.Cookies["cairn-passkey"];
        await (await other.Post("/v1/account/passkeys", new { name = "Mine", credential = new SoftwareAuthenticator(server.Address).Create(adding) }))
            .ShouldBeProblem(HttpStatusCode.Conflict, "passkey-unusable");
    }

    [Fact]
    public async Task A_passkey_belongs_to_one_person()
    {
        var (_, device, _) = await Added();
        await (await Add(device)).ShouldBeProblem(HttpStatusCode.Conflict, "passkey-unusable");
        using var other = new TestBrowser(server);
        await other.SignIn((await TestBrowser.NewPerson(server)).Email);
        var options = await (await other.Post("/v1/account/passkeys/challenges")).Json();
        await (await other.Post("/v1/account/passkeys", new { name = "Mine", credential = device.Create(options) })).ShouldBeProblem(HttpStatusCode.Conflict, "passkey-unusable");

        var passkey = await OnlyPasskey();
        await (await other.Send(HttpMethod.Patch, $"/v1/account/passkeys/{passkey}", new { name = "Mine" })).ShouldBeProblem(HttpStatusCode.NotFound, "passkey-not-found");
        await (await other.Delete($"/v1/account/passkeys/{passkey}")).ShouldBeProblem(HttpStatusCode.NotFound, "passkey-not-found");
    }

    [Fact]
    public async Task A_passkey_has_a_name_and_goes_with_its_recovery_codes()
    {
        var (person, device, _) = await Added();
        var passkey = await OnlyPasskey();
        (await browser.Send(HttpMethod.Patch, $"/v1/account/passkeys/{passkey}", new { name = "Phone" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await (await browser.Get("/v1/account/security")).Json()).GetProperty("passkeys")[0].Text("name").ShouldBe("Phone");
        (await browser.Delete($"/v1/account/passkeys/{passkey}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await (await browser.Get("/v1/account/security")).Json()).GetProperty("recoveryCodes").GetInt32().ShouldBe(0);
        await (await SignIn(device)).ShouldBeProblem(HttpStatusCode.Unauthorized, "passkey-refused");
        (await browser.SignIn(person.Email)).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task With_a_passkey_a_password_alone_is_not_enough()
    {
        var (person, device, codes) = await Added();
        var first = await (await browser.SignIn(person.Email)).Json();
        first.GetProperty("ways").EnumerateArray().Select(way => way.GetString()).ShouldBe(["passkey", "recovery-code"]);
        (await browser.Post("/v1/sessions/second-step", new { recoveryCode = codes[0] })).StatusCode.ShouldBe(HttpStatusCode.Created);
        await browser.SignIn(person.Email);
        (await SignIn(device)).StatusCode.ShouldBe(HttpStatusCode.Created);
        browser.Cookies.Keys.ShouldBe(["cairn-session"]);
    }

    [Fact]
    public async Task Who_is_deactivated_does_not_come_in_by_passkey()
    {
        var (person, device, _) = await Added();
        await server.Database.ForOperator(work => work.Execute("update access_people set deactivated_at = now() where person_id = @id", new { id = person.Id.Value }));
        await (await SignIn(device)).ShouldBeProblem(HttpStatusCode.Unauthorized, "passkey-refused");
    }

    [Fact]
    public async Task A_passkey_proves_anew_who_sits_there()
    {
        var (person, device, _) = await Added();
        await server.Database.ForOperator(work => work.Execute(
            "update access_sessions set created_at = now() - interval '11 minutes' where person_id = @id", new { id = person.Id.Value }));
        await (await browser.Post("/v1/account/passkeys/challenges")).ShouldBeProblem(HttpStatusCode.Forbidden, "proof-required");
        await (await browser.Delete($"/v1/account/passkeys/{await OnlyPasskey()}")).ShouldBeProblem(HttpStatusCode.Forbidden, "proof-required");

        using var other = new TestBrowser(server);
        var stranger = new SoftwareAuthenticator(server.Address);
        await other.SignIn((await TestBrowser.NewPerson(server)).Email);
        await other.Post("/v1/account/passkeys", new { name = "Mine", credential = stranger.Create(await (await other.Post("/v1/account/passkeys/challenges")).Json()) });
        await (await Prove(stranger)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "proof-refused");
        (await Prove(device)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await browser.Post("/v1/account/passkeys/challenges")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"credential":7}""")]
    [InlineData("""{"credential":{"id":7}}""")]
    [InlineData("""{"credential":{"id":"not base64!"}}""")]
    public async Task What_no_browser_would_answer_is_malformed(string body)
    {
        using var client = server.Client();
        await (await client.PostText("/v1/sessions/passkey", body)).ShouldBeProblem(HttpStatusCode.BadRequest, "member-missing");
    }

    [Fact]
    public async Task The_challenge_asks_for_what_a_passkey_takes()
    {
        await SignedIn();
        var options = await (await browser.Post("/v1/account/passkeys/challenges")).Json();
        options.GetProperty("rp").Text("id").ShouldBe(server.Address.Host);
        options.Text("attestation").ShouldBe("none");
        options.GetProperty("authenticatorSelection").Text("userVerification").ShouldBe("required");
        options.GetProperty("authenticatorSelection").Text("residentKey").ShouldBe("required");
        options.GetProperty("pubKeyCredParams").EnumerateArray().Select(way => way.GetProperty("alg").GetInt32()).ShouldBeSubsetOf([-7, -35, -36, -37, -38, -39, -257, -258, -259]);
        options.GetProperty("challenge").GetBytesFromBase64Url().Length.ShouldBeGreaterThanOrEqualTo(32);
    }

    private async Task<Person> SignedIn()
    {
        var person = await TestBrowser.NewPerson(server);
        (await browser.SignIn(person.Email)).StatusCode.ShouldBe(HttpStatusCode.Created);
        return person;
    }

    /// <summary>Somebody who added a passkey and is still signed in.</summary>
    private async Task<(Person Person, SoftwareAuthenticator Device, IReadOnlyList<string> Codes)> Added(bool isRsa = false)
    {
        var person = await SignedIn();
        var device = new SoftwareAuthenticator(server.Address, isRsa);
        var added = await Add(device);
        added.StatusCode.ShouldBe(HttpStatusCode.Created, await added.Content.ReadAsStringAsync());
        return (person, device, [.. (await added.Json()).GetProperty("recoveryCodes").EnumerateArray().Select(code => code.GetString()!)]);
    }

    private async Task<HttpResponseMessage> Add(SoftwareAuthenticator device, Behaviour? behaviour = null)
    {
        var options = await (await browser.Post("/v1/account/passkeys/challenges")).Json();
        return await browser.Post("/v1/account/passkeys", new { name = "Key ring", credential = device.Create(options, behaviour) });
    }

    private async Task<HttpResponseMessage> SignIn(SoftwareAuthenticator device, Behaviour? behaviour = null)
    {
        var options = await (await browser.Post("/v1/passkey-challenges")).Json();
        return await browser.Post("/v1/sessions/passkey", new { credential = device.Get(options, behaviour) });
    }

    private async Task<HttpResponseMessage> Prove(SoftwareAuthenticator device)
    {
        var options = await (await browser.Post("/v1/passkey-challenges")).Json();
        return await browser.Post("/v1/sessions/current/passkey-proof", new { credential = device.Get(options) });
    }

    private async Task<string> OnlyPasskey() => (await (await browser.Get("/v1/account/security")).Json()).GetProperty("passkeys").EnumerateArray().ShouldHaveSingleItem().Text("id");
}

internal static class Base64UrlText
{
    public static byte[] GetBytesFromBase64Url(this JsonElement element) => Base64Url.DecodeFromChars(element.GetString());
}
