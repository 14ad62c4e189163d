using System.Net;
using System.Text;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using Cairn.Server.Tests.Ingest;
using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Platform;

/// <summary>Rate limits: the bucket by itself, and through HTTP.</summary>
public sealed class RateLimitTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public void A_bucket_gives_its_minutes_worth_at_once_and_fills_evenly()
    {
        var time = new StandingTime();
        var limiter = new RateLimiter(time);
        var limit = new RateLimit(Guid.NewGuid(), 60);
        Enumerable.Range(0, 60).Select(_ => limiter.Take(limit).IsWithin).ShouldAllBe(within => within);
        limiter.Take(limit).ShouldBe(new RateVerdict(false, 0, 1));
        time.Pass(TimeSpan.FromSeconds(1.5));
        limiter.Take(limit).ShouldBe(new RateVerdict(true, 0, 60));
        limiter.Take(limit).IsWithin.ShouldBeFalse();
        time.Pass(TimeSpan.FromHours(1));
        limiter.Take(limit).ShouldBe(new RateVerdict(true, 59, 1));
        limiter.Take(new RateLimit(Guid.NewGuid(), 1)).IsWithin.ShouldBeTrue();
    }

    [Fact]
    public void A_limit_that_was_lowered_holds_at_once()
    {
        var limiter = new RateLimiter(new StandingTime());
        var key = Guid.NewGuid();
        limiter.Take(new RateLimit(key, 1_000));
        limiter.Take(new RateLimit(key, 2)).Remaining.ShouldBe(1);
        limiter.Take(new RateLimit(key, 2)).IsWithin.ShouldBeTrue();
        limiter.Take(new RateLimit(key, 2)).IsWithin.ShouldBeFalse();
    }

    [Fact]
    public async Task Answers_to_a_key_tell_its_limit_and_past_it_are_429_until_the_bucket_fills()
    {
        var customer = await server.NewCustomer();
        TypedId.TryParse<CustomerId>(customer.Id, out var id).ShouldBeTrue();
        var key = await server.NewKey(id, Scopes.All);
        using var client = server.Client(key);
        using (var free = await client.GetAsync("/v1/events"))
        {
            free.Headers.GetValues("RateLimit-Policy").Single().ShouldBe("\"per-key\";q=1200000;w=60");
            free.Headers.GetValues("RateLimit").Single().ShouldMatch("^\"per-key\";r=11999[0-9][0-9];t=[0-9]+$");
        }

        using var operators = server.Client(server.OperatorKey);
        var keyId = (await Some.Get(operators, $"/v1/customers/{customer.Id}/api-keys")).GetProperty("items").EnumerateArray().Last().GetProperty("id").GetString();
        (await Limit(operators, customer.Id, keyId!, "{\"requestsPerMinute\":3}")).ShouldBe(HttpStatusCode.NoContent);
        var answers = new List<HttpResponseMessage>();
        for (var n = 0; n < 5; n++)
        {
            answers.Add(await client.GetAsync("/v1/events"));
        }

        answers.Select(answer => answer.StatusCode).Count(status => status == HttpStatusCode.TooManyRequests).ShouldBeGreaterThanOrEqualTo(1);
        var refused = answers.Last();
        refused.Headers.GetValues("RateLimit-Policy").Single().ShouldBe("\"per-key\";q=3;w=60");
        refused.Headers.GetValues("RateLimit").Single().ShouldMatch("^\"per-key\";r=0;t=[0-9]+$");
        refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 20);
        var problem = await PostEventsTests.Json(refused);
        (problem.GetProperty("code").GetString(), problem.GetProperty("type").GetString()).ShouldBe(("rate-limited", "https://iana.org/assignments/http-problem-types#quota-exceeded"));
        problem.GetProperty("violated-policies").EnumerateArray().Select(policy => policy.GetString()).ShouldBe(["per-key"]);
        answers.ForEach(answer => answer.Dispose());
        (await Some.Get(operators, $"/v1/customers/{customer.Id}/api-keys")).GetProperty("items").EnumerateArray().Last().GetProperty("requestsPerMinute").GetInt32().ShouldBe(3);
        (await Limit(operators, customer.Id, keyId!, "{\"requestsPerMinute\":null}")).ShouldBe(HttpStatusCode.NoContent);
        (await client.GetAsync("/v1/events")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var own = server.Client(customer.Key);
        (await Limit(own, customer.Id, keyId!, "{\"requestsPerMinute\":9}")).ShouldBe(HttpStatusCode.Forbidden);
        (await Limit(operators, customer.Id, keyId!, "{\"requestsPerMinute\":0}")).ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Limit(operators, customer.Id, "key_x", "{\"requestsPerMinute\":5}")).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Answers_to_nobody_in_particular_tell_no_limit()
    {
        using var client = server.Client();
        using var answer = await client.GetAsync("/v1/events");
        (answer.StatusCode, answer.Headers.Contains("RateLimit")).ShouldBe((HttpStatusCode.Unauthorized, false));
    }

    private static async Task<HttpStatusCode> Limit(HttpClient client, string customer, string key, string body)
    {
        using var answer = await client.PutAsync($"/v1/customers/{customer}/api-keys/{key}/rate-limit", new StringContent(body, Encoding.UTF8, "application/json"));
        return answer.StatusCode;
    }

    private sealed class StandingTime : TimeProvider
    {
        private long now = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => now;

        public void Pass(TimeSpan time) => now += time.Ticks;
    }
}
