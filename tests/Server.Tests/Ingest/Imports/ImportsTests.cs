using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Cairn.Server.Tests.Support;
using Cairn.Testing;

namespace Cairn.Server.Tests.Ingest.Imports;

/// <summary>Imports through HTTP: upload, progress, report, preview.</summary>
public sealed class ImportsTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Mapping = """
        v: 1
        event: order.line
        source: shop/orders
        id: "{file}:{row}"
        subject: sku
        input: { columns: [order, sku, amount, at] }
        time: { column: at, format: rfc3339, zone: UTC }
        fields: { invoice: order, sku: sku, quantity: { column: amount, type: integer, required: true } }
        control_sums: { total: { sum: quantity } }
        """;

    private const string Csv = "order,sku,amount,at\n1,A,2,2026-03-02T08:00:00Z\n1,B,3,2026-03-02T08:00:00Z\n2,A,x,2026-03-02T09:00:00Z\n";

    [Fact]
    public async Task An_upload_is_imported_with_its_report_its_batch_and_its_rejected_rows()
    {
        using var client = server.Client((await server.NewCustomer()).Key);
        var import = await Finished(client, await Upload(client, "/v1/imports", ("orders.csv", Csv), Mapping));
        import.GetProperty("state").GetString().ShouldBe("finished");
        var report = import.GetProperty("report");
        (report.GetProperty("rows").GetInt32(), report.GetProperty("accepted").GetInt32(), report.GetProperty("rejected").GetInt32()).ShouldBe((3, 2, 1));
        report.GetProperty("controlSums").GetProperty("total").GetString().ShouldBe("5");
        (import.GetProperty("progress").GetProperty("rows").GetInt32(), import.GetProperty("progress").GetProperty("bytesDone").GetInt64()).ShouldBe((3, Csv.Length));
        var batch = import.GetProperty("batch").GetString();
        (await Some.Get(client, $"/v1/events?batch={batch}")).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("eventId").GetString()).ShouldBe(["orders.csv:1", "orders.csv:2"]);
        (await Some.Get(client, $"/v1/batches/{batch}")).GetProperty("rejected").GetInt32().ShouldBe(1);
        JsonElement faults = default;
        await Eventually.Holds(async () => (faults = (await Some.Get(client, $"/v1/data-quality/faults?batch={batch}")).GetProperty("items")).GetArrayLength() == 1);
        (faults[0].GetProperty("place").GetString(), faults[0].GetProperty("pointer").GetString(), faults[0].GetProperty("kind").GetString()).ShouldBe(("orders.csv, row 3, line 4", "amount", "refused"));
        (await Some.Get(client, "/v1/imports")).GetProperty("items").EnumerateArray().Single().GetProperty("id").GetString().ShouldBe(import.GetProperty("id").GetString());
        (await Some.Get(client, "/v1/audit-trail?action=import.finished")).GetProperty("items").GetArrayLength().ShouldBe(1);

        var again = await Finished(client, await Upload(client, "/v1/imports", ("orders.csv", Csv), Mapping));
        (again.GetProperty("report").GetProperty("accepted").GetInt32(), again.GetProperty("report").GetProperty("repeated").GetInt32()).ShouldBe((0, 2));
    }

    [Theory]
    [InlineData("{\"total\":\"5\",\"rows\":2}", true, null)]
    [InlineData("{\"total\":\"6.5\"}", false, "-1.5")]
    public async Task The_sources_own_books_are_held_against_what_is_in_the_log(string expected, bool isReconciled, string? difference)
    {
        using var client = server.Client((await server.NewCustomer()).Key);
        var import = await Finished(client, await Upload(client, "/v1/imports", ("orders.csv", Csv[..Csv.IndexOf("2,A,x", StringComparison.Ordinal)]), Mapping, expected));
        var quality = await Some.Get(client, $"/v1/data-quality?batch={import.GetProperty("batch").GetString()}");
        var reconciliation = quality.GetProperty("reconciliation");
        reconciliation.GetRawText().ShouldBe(import.GetProperty("reconciliation").GetRawText());
        reconciliation.GetProperty("isReconciled").GetBoolean().ShouldBe(isReconciled);
        var total = reconciliation.GetProperty("figures").EnumerateArray().Single(figure => figure.GetProperty("name").GetString() == "total");
        total.GetProperty("difference").GetString().ShouldBe(difference);
    }

    [Fact]
    public async Task A_rejected_row_keeps_an_import_from_reconciling()
    {
        using var client = server.Client((await server.NewCustomer()).Key);
        var import = await Finished(client, await Upload(client, "/v1/imports", ("orders.csv", Csv), Mapping));
        var reconciliation = import.GetProperty("reconciliation");
        reconciliation.GetProperty("isReconciled").GetBoolean().ShouldBeFalse();
        var rows = reconciliation.GetProperty("figures")[0];
        (rows.GetProperty("name").GetString(), rows.GetProperty("read").GetString(), rows.GetProperty("recorded").GetString(), rows.GetProperty("difference").GetString()).ShouldBe(("rows", "3", "2", "-1"));
    }

    [Fact]
    public async Task A_dry_run_counts_and_shows_and_records_nothing()
    {
        using var client = server.Client((await server.NewCustomer()).Key);
        var import = await Finished(client, await Upload(client, "/v1/imports?dry_run=true", ("orders.csv", Csv), Mapping));
        (import.GetProperty("isDryRun").GetBoolean(), import.GetProperty("batch").ValueKind).ShouldBe((true, JsonValueKind.Null));
        import.GetProperty("report").GetProperty("firstEvents").GetArrayLength().ShouldBe(2);
        (await Some.Get(client, "/v1/events")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_bare_csv_takes_the_mapping_of_an_earlier_import()
    {
        using var client = server.Client((await server.NewCustomer()).Key);
        var first = await Finished(client, await Upload(client, "/v1/imports", ("a.csv", Csv), Mapping));
        using var content = new StringContent(Csv, Encoding.UTF8, "text/csv");
        using var answer = await client.PostAsync($"/v1/imports?file_name=b.csv&mapping_from={first.GetProperty("id").GetString()}", content);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var second = await Finished(client, await PostEventsTests.Json(answer));
        second.GetProperty("report").GetProperty("accepted").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task What_cannot_be_imported_is_refused_before_anything_is_kept()
    {
        using var client = server.Client((await server.NewCustomer()).Key);
        (await Refused(client, ("a.csv", "x,y\n1,2\n"), Mapping)).ShouldBe((400, "files-do-not-fit", 4));
        (await Refused(client, ("a.csv", Csv), "v: 2\nevent: x\n")).Item2.ShouldBe("mapping-has-faults");
        (await Refused(client, ("a.csv", Csv), null)).ShouldBe((400, "mapping-missing", 0));
        (await Refused(client, null, Mapping)).ShouldBe((400, "file-missing", 0));
        (await Refused(client, ("..", Csv), Mapping)).Item2.ShouldBe("file-name-unusable");
        (await Refused(client, ("a.csv", Csv), Mapping, "{\"total\":\"much\"}")).Item2.ShouldBe("expected-not-a-number");
        using var json = await client.PostAsync("/v1/imports", new StringContent("{}", Encoding.UTF8, "application/json"));
        json.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        using var broken = new ByteArrayContent(Encoding.UTF8.GetBytes("--x\r\nnonsense"));
        broken.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        using var unreadable = await client.PostAsync("/v1/imports", broken);
        unreadable.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Some.Get(client, "/v1/imports")).GetProperty("items").GetArrayLength().ShouldBe(0);
        await Some.Get(client, "/v1/imports/imp_x", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_import_of_another_customer_is_not_there()
    {
        using var client = server.Client((await server.NewCustomer()).Key);
        using var stranger = server.Client((await server.NewCustomer()).Key);
        var import = await Finished(client, await Upload(client, "/v1/imports", ("a.csv", Csv), Mapping));
        var id = import.GetProperty("id").GetString();
        await Some.Get(stranger, $"/v1/imports/{id}", HttpStatusCode.NotFound);
        (await stranger.PostAsync($"/v1/imports/{id}/cancellation", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var content = new StringContent(Csv, Encoding.UTF8, "text/csv");
        (await stranger.PostAsync($"/v1/imports?mapping_from={id}", content)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_stopped_import_keeps_what_it_recorded_and_the_same_files_go_on()
    {
        using var client = server.Client((await server.NewCustomer()).Key);
        var csv = "order,sku,amount,at\n" + string.Concat(Enumerable.Range(0, 120_000).Select(n => $"{n},A,1,2026-03-02T08:00:00Z\n"));
        var import = await Upload(client, "/v1/imports", ("big.csv", csv), Mapping);
        var path = $"/v1/imports/{import.GetProperty("id").GetString()}";
        using var stop = await client.PostAsync(path + "/cancellation", null);
        stop.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var stopped = await Finished(client, import);
        stopped.GetProperty("state").GetString().ShouldBe("stopped");
        stopped.GetProperty("problem").GetProperty("code").GetString().ShouldBe("import-interrupted");
        var recorded = stopped.GetProperty("report").GetProperty("accepted").GetInt32();
        recorded.ShouldBeLessThan(120_000);
        var again = await Finished(client, await Upload(client, "/v1/imports", ("big.csv", csv), Mapping));
        (again.GetProperty("report").GetProperty("repeated").GetInt32(), again.GetProperty("report").GetProperty("accepted").GetInt32()).ShouldBe((recorded, 120_000 - recorded));
    }

    [Theory]
    [InlineData(100, "integer")]
    [InlineData(20, "text")]
    public async Task A_few_mistyped_values_do_not_hide_what_a_column_is(int rows, string expected)
    {
        using var client = server.Client((await server.NewCustomer()).Key);
        var csv = "amount\nn/a\n" + string.Concat(Enumerable.Range(1, rows - 1).Select(n => $"{n}\n"));
        var file = (await Upload(client, "/v1/import-previews", ("a.csv", csv), null, status: HttpStatusCode.OK)).GetProperty("files")[0];
        file.GetProperty("columns")[0].GetProperty("type").GetString().ShouldBe(expected);
    }

    [Fact]
    public async Task A_preview_shows_the_file_guesses_its_columns_and_tries_the_mapping()
    {
        using var client = server.Client((await server.NewCustomer()).Key);
        const string csv = "id;when;price;ok;note\n007;31/12/2025 10:00;2.5;yes;\n008;1/2/2026 09:30;3;no;x\n";
        var bare = await Upload(client, "/v1/import-previews", ("a.csv", csv), null, status: HttpStatusCode.OK);
        bare.GetProperty("files")[0].GetProperty("sampled").GetInt32().ShouldBe(csv.Count(letter => letter == '\n') - 1);
        var file = bare.GetProperty("files")[0];
        file.GetProperty("delimiter").GetString().ShouldBe(";");
        file.GetProperty("columns").EnumerateArray().Select(column => $"{column.GetProperty("name")}:{column.GetProperty("type")}:{column.GetProperty("format")}:{column.GetProperty("blanks")}")
            .ShouldBe(["id:text::0", "when:timestamp:d/M/yyyy HH:mm:0", "price:decimal::0", "ok:boolean::0", "note:text::1"]);
        file.GetProperty("rows")[1].EnumerateArray().Select(cell => cell.GetString()).ShouldBe(["008", "1/2/2026 09:30", "3", "no", "x"]);
        bare.GetProperty("mappingFaults").ValueKind.ShouldBe(JsonValueKind.Null);

        var faulty = await Upload(client, "/v1/import-previews", ("a.csv", csv), Mapping, status: HttpStatusCode.OK);
        faulty.GetProperty("mappingFaults").GetArrayLength().ShouldBe(4);
        var sound = await Upload(client, "/v1/import-previews", ("a.csv", Csv), Mapping, status: HttpStatusCode.OK);
        sound.GetProperty("mappingFaults").GetArrayLength().ShouldBe(0);
        sound.GetProperty("report").GetProperty("firstEvents").GetArrayLength().ShouldBe(2);
        sound.GetProperty("report").GetProperty("faults").GetArrayLength().ShouldBe(1);
        (await Some.Get(client, "/v1/imports")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_real_shops_day_is_imported_with_the_shipped_mapping()
    {
        if (Repository.SharedData is not { } folder)
        {
            Assert.Skip("The data set online-retail is not beside the checkout (../shared/data).");
            return;
        }

        using var client = server.Client((await server.NewCustomer()).Key);
        var csv = await File.ReadAllTextAsync(Path.Combine(folder, "online-retail", "by-day", "2010-12-01.csv"));
        var import = await Finished(client, await Upload(client, "/v1/imports", ("2010-12-01.csv", csv), await File.ReadAllTextAsync(Repository.PathTo("samples", "online-retail.yaml"))));
        import.GetProperty("report").GetProperty("accepted").GetInt32().ShouldBe(csv.Count(letter => letter == '\n') - 1);
    }

    private static async Task<JsonElement> Upload(
        HttpClient client, string path, (string Name, string Text)? file, string? mapping, string? expected = null, HttpStatusCode status = HttpStatusCode.Accepted)
    {
        using var answer = await client.PostAsync(path, Form(file, mapping, expected));
        answer.StatusCode.ShouldBe(status, await answer.Content.ReadAsStringAsync());
        return await PostEventsTests.Json(answer);
    }

    private static async Task<(int, string, int)> Refused(HttpClient client, (string Name, string Text)? file, string? mapping, string? expected = null)
    {
        using var answer = await client.PostAsync("/v1/imports", Form(file, mapping, expected));
        var problem = await PostEventsTests.Json(answer);
        return ((int)answer.StatusCode, problem.GetProperty("code").GetString()!, problem.GetProperty("faults").GetArrayLength());
    }

    private static MultipartFormDataContent Form((string Name, string Text)? file, string? mapping, string? expected)
    {
        var form = new MultipartFormDataContent();
        if (mapping is not null)
        {
            form.Add(new StringContent(mapping), "mapping");
        }

        if (expected is not null)
        {
            form.Add(new StringContent(expected), "expected");
        }

        if (file is { } one)
        {
            form.Add(new StringContent(one.Text), "file", one.Name);
        }

        return form;
    }

    private static async Task<JsonElement> Finished(HttpClient client, JsonElement import)
    {
        var path = $"/v1/imports/{import.GetProperty("id").GetString()}";
        await Eventually.Holds(async () => (await Some.Get(client, path)).GetProperty("finishedAt").ValueKind == JsonValueKind.String);
        return await Some.Get(client, path);
    }
}
