using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Server.Ingest.Imports;
using Cairn.Server.Platform;
using Cairn.Server.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Server.Tests.Ingest;

/// <summary>What the addresses around events refuse, each with its status and code.</summary>
public sealed class RefusalsTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Path = "/v1/event-types/sku_update";

    private const string Mapping =
        "v: 1\nevent: t\nsource: s\nid: '{file}:{row}'\ninput: { columns: [sku, at] }\ntime: { column: at, format: rfc3339, zone: UTC }\nfields: { sku: sku }\n";

    [Theory]
    [InlineData("GET", Path, null, 404, "event-type-not-found")]
    [InlineData("PUT", Path, """{"schema":true,"onViolation":"drop"}""", 422, "on-violation-unknown")]
    [InlineData("PUT", Path, """{"schema":{"enum":["\ud800"]}}""", 422, "surrogate-lone")]
    [InlineData("GET", "/v1/imports/imp_00000000000000000000000000", null, 404, "import-not-found")]
    [InlineData("GET", "/v1/data-quality/alerts?state=any", null, 400, "query-state")]
    public async Task An_address_names_what_is_wrong(string method, string path, string? body, int status, string code)
    {
        using var client = await NewClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(request);
        (await Codes(answer)).ShouldContain(code);
        ((int)answer.StatusCode).ShouldBe(status);
    }

    [Fact]
    public async Task A_schema_larger_than_the_limit_is_refused_where_it_stands()
    {
        using var client = await NewClient();
        var answer = await Some.Put(client, Path, $"{{\"schema\":{{\"description\":\"{new string('x', 70_000)}\"}}}}", HttpStatusCode.UnprocessableEntity);
        answer.GetProperty("faults")[0].GetProperty("code").GetString().ShouldBe("too-large");
    }

    [Fact]
    public async Task A_change_of_an_event_type_needs_the_version_it_read()
    {
        using var client = await NewClient();
        await Some.Put(client, Path, """{"schema":true}""", HttpStatusCode.Created);
        foreach (var (given, status, code) in new[] { ("\"7\"", HttpStatusCode.PreconditionFailed, "version-conflict"), ("seven", HttpStatusCode.UnprocessableEntity, "version-unreadable") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, Path) { Content = new StringContent("""{"schema":false}""", Encoding.UTF8, "application/json") };
            request.Headers.TryAddWithoutValidation("If-Match", given);
            using var answer = await client.SendAsync(request);
            (await Codes(answer)).ShouldContain(code);
            answer.StatusCode.ShouldBe(status);
        }
    }

    [Fact]
    public async Task A_payload_that_is_no_JSON_cannot_fit_a_schema()
    {
        using var client = await NewClient();
        await Some.Put(client, Path, """{"schema":{"type":"object"},"onViolation":"reject"}""", HttpStatusCode.Created);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events") { Content = new StringContent("plain", Encoding.UTF8, "text/plain") };
        foreach (var (name, value) in new[] { ("ce-specversion", "1.0"), ("ce-id", "1"), ("ce-source", "/s"), ("ce-type", "sku_update") })
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await client.SendAsync(request);
        (await Codes(answer)).ShouldContain("schema-not-json");
    }

    [Fact]
    public async Task Letters_that_were_lost_before_sending_are_a_fault_of_the_event_that_has_them()
    {
        using var client = await NewClient();
        await Some.Stream(client, [Some.Event("t", "1", "2026-03-02T08:00:00Z", "{\"name\":\"caf\ufffd\"}")]);
        JsonElement faults = default;
        await Eventually.Holds(async () => (faults = (await Some.Get(client, "/v1/data-quality/faults")).GetProperty("items")).GetArrayLength() == 1);
        (faults[0].GetProperty("code").GetString(), faults[0].GetProperty("pointer").GetString()).ShouldBe(("text-broken", "/data/name"));
    }

    [Fact]
    public async Task A_rate_outside_the_range_is_refused()
    {
        var customer = await server.NewCustomer();
        using var client = server.Client(server.OperatorKey);
        var key = (await Some.Get(client, $"/v1/customers/{customer.Id}/api-keys")).GetProperty("items")[0].GetProperty("id").GetString();
        var refused = await Some.Put(client, $"/v1/customers/{customer.Id}/api-keys/{key}/rate-limit", """{"requestsPerMinute":0}""", HttpStatusCode.UnprocessableEntity);
        refused.GetProperty("faults")[0].GetProperty("code").GetString().ShouldBe("number-out-of-range");
    }

    [Fact]
    public async Task A_caller_has_a_limited_number_of_streams_open()
    {
        using var client = await NewClient();
        var open = new List<HttpResponseMessage>();
        try
        {
            for (var n = 0; n < 20; n++)
            {
                open.Add(await client.GetAsync("/v1/events/stream", HttpCompletionOption.ResponseHeadersRead));
                open[^1].StatusCode.ShouldBe(HttpStatusCode.OK);
            }

            using var refused = await client.GetAsync("/v1/events/stream", HttpCompletionOption.ResponseHeadersRead);
            (await Codes(refused)).ShouldContain("streams-open");
            refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        }
        finally
        {
            open.ForEach(one => one.Dispose());
        }
    }

    [Fact]
    public async Task An_upload_says_which_part_is_not_understood()
    {
        using var client = await NewClient();
        (await Upload(client, ("file", "a,b\n"), ("surprise", "x"))).ShouldContain("part-unknown");
        (await Upload(client, ("mapping", "v: 1"), ("mapping", "v: 1"))).ShouldContain("part-unusable");
        (await Upload(client, ("file", "a,b\n"), ("mapping", Mapping), ("expected", "12"))).ShouldContain("expected-unreadable");
        using var broken = new ByteArrayContent(Encoding.UTF8.GetBytes("--x\r\nnonsense"));
        broken.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        using var answer = await client.PostAsync("/v1/imports", broken);
        (await Codes(answer)).ShouldContain("upload-unreadable");
    }

    [Fact]
    public async Task An_upload_beyond_the_limit_leaves_nothing_behind()
    {
        var folder = new DirectoryInfo(System.IO.Path.Combine(System.IO.Path.GetTempPath(), "cairn-upload-" + NewId.Next().ToString("N")));
        var context = new DefaultHttpContext();
        context.Request.ContentType = "text/csv";
        context.Request.Body = new MemoryStream(new byte[1_001]);
        (await ReadUpload.Read(context, folder, limit: 1_000)).Problem!.Code.ShouldBe("upload-too-large");
        folder.Refresh();
        folder.Exists.ShouldBeFalse();
    }

    [Fact]
    public async Task Imports_that_wait_are_limited_and_one_without_its_files_is_lost_and_says_so()
    {
        var customer = await server.NewCustomer();
        TypedId.TryParse<CustomerId>(customer.Id, out var id).ShouldBeTrue();
        using var client = server.Client(customer.Key);
        var waiting = Enumerable.Range(0, 20).Select(_ => new ImportRow
        {
            ImportId = NewId.Next(), State = "waiting", FileNames = ["gone.csv"], Mapping = "v: 1", Actor = "key_test", CreatedAt = server.Services.GetRequiredService<Clock>().Now.ToDateTimeOffset(),
        }).ToList();
        await server.Database.ForCustomer(id, async work =>
        {
            foreach (var row in waiting)
            {
                await ImportsStore.Add(work, id, row);
            }

            return true;
        });
        (await Upload(client, ("file", "sku,at\n1,2026-03-02T08:00:00Z\n"), ("mapping", Mapping)))
            .ShouldContain("imports-waiting");

        await server.Database.ForCustomer(id, async work =>
        {
            await ImportsStore.Own(work, id, waiting[0].ImportId, "a server that is gone");
            return true;
        });
        await server.Services.GetRequiredService<RunImport>().Fail(id, waiting[0].ImportId, ImportsProblems.Lost);
        var lost = await Some.Get(client, $"/v1/imports/{ImportIds.Text(waiting[0].ImportId)}");
        (lost.GetProperty("state").GetString(), lost.GetProperty("problem").GetProperty("code").GetString()).ShouldBe(("failed", "import-lost"));
    }

    /// <summary>The problem's own code and those of its faults.</summary>
    private static async Task<IReadOnlyList<string?>> Codes(HttpResponseMessage answer)
    {
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        return [problem.GetProperty("code").GetString(), .. problem.GetProperty("faults").EnumerateArray().Select(fault => fault.GetProperty("code").GetString())];
    }

    private static async Task<IReadOnlyList<string?>> Upload(HttpClient client, params (string Name, string Text)[] parts)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, text) in parts)
        {
            if (name == "file")
            {
                form.Add(new StringContent(text), name, "a.csv");
            }
            else
            {
                form.Add(new StringContent(text), name);
            }
        }

        using var answer = await client.PostAsync("/v1/imports", form);
        return await Codes(answer);
    }

    private async Task<HttpClient> NewClient() => server.Client((await server.NewCustomer()).Key);
}
