using System.Net;
using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using Cairn.Server.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Cairn.Server.Tests.Access;

public sealed class ProblemsTests
{
    private static readonly (Problem Problem, int Status, string Code)[] Shell =
    [
        (PlatformProblems.RouteNotFound, 404, "route-not-found"),
        (PlatformProblems.CrossSiteRequest, 403, "cross-site-request"),
        (PlatformProblems.AuthenticationRequired, 401, "authentication-required"),
        (PlatformProblems.KeyRequired, 403, "key-required"),
        (PlatformProblems.PersonRequired, 403, "person-required"),
        (PlatformProblems.OperatorRequired, 403, "operator-required"),
        (PlatformProblems.CustomerRequired, 400, "customer-required"),
        (PlatformProblems.CustomerNotFound, 404, "customer-not-found"),
        (PlatformProblems.BodyTooLarge, 413, "body-too-large"),
        (PlatformProblems.RequestMalformed, 400, "request-malformed"),
        (PlatformProblems.StreamsOpen(20), 429, "streams-open"),
        (PlatformProblems.DatabaseUnavailable, 503, "database-unavailable"),
        (PlatformProblems.MediaType("text/plain"), 415, "media-type-unsupported"),
        (PlatformProblems.JsonMalformed("x."), 400, "json-malformed"),
        (PlatformProblems.ScopeMissing(["read"]), 403, "scope-missing"),
        (PlatformProblems.RoleMissing(StaffRole.Admin), 403, "role-missing"),
    ];

    [Fact]
    public void Every_refusal_of_the_shell_keeps_its_code_and_status()
    {
        foreach (var (problem, status, code) in Shell)
        {
            (problem.Code, ProblemResults.StatusOf(problem)).ShouldBe((code, status));
        }
    }

    [Fact]
    public void Every_kind_of_refusal_has_a_status_of_its_own()
    {
        var statuses = Enum.GetValues<ProblemKind>().Select(ProblemResults.StatusOf).ToList();
        statuses.ShouldBeUnique();
        statuses.ShouldAllBe(status => status >= 400 && status < 600);
    }

    [Fact]
    public async Task A_document_holds_all_members_and_the_extensions()
    {
        var problem = new Problem(ProblemKind.Unacceptable, "scope-unknown", "No.")
        {
            Faults = [new Fault("/scopes/0", "scope-unknown", "It's no scope.")],
            Extensions = new Dictionary<string, object?> { ["limitBytes"] = 5 },
        };
        var (context, body) = await Answer(context => ProblemResults.WriteAsync(context, problem));

        context.Response.ContentType.ShouldBe("application/problem+json");
        body.GetRawText().ShouldBe(
            """{"type":"/docs/problems#scope-unknown","title":"Scope unknown","status":422,"detail":"No.","code":"scope-unknown","faults":[{"pointer":"/scopes/0","code":"scope-unknown","detail":"It's no scope."}],"limitBytes":5}""");
    }

    [Fact]
    public async Task A_missing_key_and_a_wrong_one_are_challenged_as_bearer_tokens_are()
    {
        (await Answer(context => ProblemResults.WriteAsync(context, PlatformProblems.AuthenticationRequired))).Context
            .Response.Headers.WWWAuthenticate.ToString().ShouldBe("Bearer realm=\"cairn\"");
        (await Answer(context => ProblemResults.WriteAsync(context, Domain.Access.AccessProblems.KeyUnknown))).Context
            .Response.Headers.WWWAuthenticate.ToString().ShouldBe("Bearer realm=\"cairn\", error=\"invalid_token\"");
        (await Answer(context => ProblemResults.WriteAsync(context, PlatformProblems.ScopeMissing(["read"])))).Context
            .Response.Headers.WWWAuthenticate.ToString().ShouldContain("scope=\"read\"");
    }

    [Fact]
    public async Task A_bug_is_answered_with_the_request_id_and_nothing_else()
    {
        var (context, body) = await Guarded(_ => throw new InvalidOperationException("secret detail"));

        context.Response.StatusCode.ShouldBe(500);
        body.Text("code").ShouldBe("internal-error");
        body.Text("requestId").ShouldBe(context.TraceIdentifier);
        body.GetRawText().ShouldNotContain("secret detail");
        body.GetRawText().ShouldNotContain("   at ");
    }

    [Fact]
    public async Task A_database_that_is_away_is_answered_with_when_to_try_again()
    {
        foreach (var exception in new Exception[] { new NpgsqlException("gone"), new TimeoutException() })
        {
            var (context, body) = await Guarded(_ => throw exception);
            context.Response.StatusCode.ShouldBe(503);
            context.Response.Headers.RetryAfter.ToString().ShouldBe("5");
            body.Text("code").ShouldBe("database-unavailable");
        }
    }

    [Theory]
    [InlineData(400, "request-malformed")]
    [InlineData(408, "request-timeout")]
    [InlineData(413, "body-too-large")]
    [InlineData(415, "media-type-unsupported")]
    [InlineData(431, "request-refused")]
    public async Task What_the_web_server_refuses_keeps_its_status(int status, string code)
    {
        var (context, body) = await Guarded(_ => throw new BadHttpRequestException("x", status));
        context.Response.StatusCode.ShouldBe(status);
        body.Text("code").ShouldBe(code);
    }

    [Fact]
    public async Task An_answer_that_has_begun_is_not_mended()
    {
        var context = new DefaultHttpContext();
        context.Features.Set<Microsoft.AspNetCore.Http.Features.IHttpResponseFeature>(new Begun());
        var guard = new ProblemGuard(_ => throw new InvalidOperationException("late"), NullLogger<ProblemGuard>.Instance);

        await Should.ThrowAsync<InvalidOperationException>(() => guard.InvokeAsync(context));
    }

    private static Task<(HttpContext Context, JsonElement Body)> Guarded(RequestDelegate inside) =>
        Answer(new ProblemGuard(inside, NullLogger<ProblemGuard>.Instance).InvokeAsync);

    private static async Task<(HttpContext Context, JsonElement Body)> Answer(RequestDelegate run)
    {
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { Response = { Body = body } };
        await run(context);
        using var document = JsonDocument.Parse(body.ToArray());
        return (context, document.RootElement.Clone());
    }

    private sealed class Begun : Microsoft.AspNetCore.Http.Features.HttpResponseFeature
    {
        public override bool HasStarted => true;
    }
}
