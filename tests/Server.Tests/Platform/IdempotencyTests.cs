using System.Net;
using System.Text;
using Cairn.Domain.Foundation;
using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Platform;

public sealed class IdempotencyTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private HttpClient Operator => server.Client(server.OperatorKey);

    [Fact]
    public async Task The_same_key_and_body_get_the_same_answer_and_write_once()
    {
        var body = $$"""{"name":"Once {{Guid.NewGuid():N}}"}""";
        var first = await Post(Operator, "/v1/customers", "order-1", body);
        var again = await Post(Operator, "/v1/customers", "order-1", body);

        again.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await again.Content.ReadAsStringAsync()).ShouldBe(await first.Content.ReadAsStringAsync(), "Its secret too: the first answer may have been lost.");
        again.Headers.Location.ShouldBe(first.Headers.Location);
        again.Headers.ETag.ShouldBe(first.Headers.ETag);
        again.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        first.Headers.Contains("Idempotency-Replayed").ShouldBeFalse();
        (await Count(body)).ShouldBe(1);
    }

    [Fact]
    public async Task The_same_key_with_another_body_or_address_is_a_conflict()
    {
        var customer = await server.NewCustomer();
        var keys = $"/v1/customers/{customer.Id}/api-keys";
        await Post(Operator, keys, "key-1", """{"name":"a","scopes":["read"]}""");
        await (await Post(Operator, keys, "key-1", """{"name":"b","scopes":["read"]}""")).ShouldBeProblem(HttpStatusCode.Conflict, "idempotency-key-reused");
        (await Post(Operator, "/v1/customers", "key-1", """{"name":"Elsewhere"}""")).StatusCode.ShouldBe(HttpStatusCode.Created, "Keys stand under the customer that they are about.");
        using var own = server.Client(customer.Key);
        (await Post(own, keys, "key-1", """{"name":"b","scopes":["read"]}""")).StatusCode.ShouldBe(HttpStatusCode.Created, "Keys are each caller's own.");
    }

    [Fact]
    public async Task Requests_at_the_same_time_write_once_and_get_one_answer()
    {
        var customer = await server.NewCustomer();
        var keys = $"/v1/customers/{customer.Id}/api-keys";
        var body = $$"""{"name":"Twin {{Guid.NewGuid():N}}","scopes":["read"]}""";
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Post(Operator, keys, "twins", body)));

        var texts = await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync()));
        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.Created);
        texts.Distinct().ShouldHaveSingleItem();
        (await (await Operator.GetAsync(keys)).Content.ReadAsStringAsync()).Split("Twin ").Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_refusal_is_not_kept_and_the_corrected_request_may_use_the_key()
    {
        await (await Post(Operator, "/v1/customers", "fix-1", "{}")).ShouldBeProblem(HttpStatusCode.BadRequest, "member-missing");
        (await Post(Operator, "/v1/customers", "fix-1", """{"name":"Fixed"}""")).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678")]
    public async Task A_key_that_is_no_text_is_refused(string key) =>
        await (await Post(Operator, "/v1/customers", key, """{"name":"Acme"}""")).ShouldBeProblem(HttpStatusCode.BadRequest, "idempotency-key-malformed");

    [Fact]
    public async Task After_a_day_the_key_is_free_and_the_answer_gone()
    {
        var body = $$"""{"name":"Old {{Guid.NewGuid():N}}"}""";
        await Post(Operator, "/v1/customers", "old-1", body);
        await server.Database.ForOperator(work => work.Execute("update platform_idempotency set created_at = created_at - interval '25 hours' where idempotency_key = 'old-1'"));
        (await Post(Operator, "/v1/customers", "old-1", body)).Headers.Contains("Idempotency-Replayed").ShouldBeFalse();
        (await Count(body)).ShouldBe(2);
    }

    [Fact]
    public async Task What_is_kept_is_sealed()
    {
        var answer = await Post(Operator, "/v1/customers", "sealed-1", """{"name":"Sealed"}""");
        var secret = (await answer.Json()).Text("receiptSecret");
        var stored = await server.Database.ForOperator(work => work.Single<byte[]>(
            "select sealed_answer from platform_idempotency where customer_id = @owner and idempotency_key = 'sealed-1'", new { owner = CustomerId.Installation.Value }));
        Encoding.Latin1.GetString(stored).ShouldNotContain(secret);
    }

    private async Task<int> Count(string body) =>
        (await (await Operator.GetAsync("/v1/customers?q=" + body.Split('"')[3].Replace(" ", "%20", StringComparison.Ordinal))).Json()).GetProperty("items").GetArrayLength();

    private static Task<HttpResponseMessage> Post(HttpClient client, string path, string key, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return client.SendAsync(request);
    }
}
