using System.Globalization;
using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest.Import;
using Cairn.Server.Ingest;
using Cairn.Server.Ingest.Import;
using Cairn.Server.Platform;
using Cairn.Server.Tests.Support;
using Cairn.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Server.Tests.Ingest.Quality;

/// <summary>Real histories through the real server, held against figures that were computed independently.</summary>
public sealed class RealDataTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task An_incident_desks_audit_log_becomes_its_incidents_with_the_known_final_states()
    {
        using var expected = JsonDocument.Parse(await File.ReadAllTextAsync(Shared("expected", "servicenow_first119998.json")));
        var (client, id, report) = await Import("servicenow-incidents.yaml", [Shared("servicenow-incidents", "incident_event_log_first119998.csv")]);
        using var own = client;
        (report.Rows, report.Accepted, report.Rejected).ShouldBe((119_998, 119_998, 0));
        report.ControlSums.Select(sum => (sum.Name, sum.Value.ToString())).ShouldBe(
            [("incidents", "20769"), ("opened", "30229"), ("closed", "20825"), ("missed_sla", "8260")]);
        report.Flags.Single(flag => flag.Name == "odd_state").Count.ShouldBe(expected.RootElement.GetProperty("events_by_state").GetProperty("-100").GetInt64());

        var fields = await Fields(client, 119_998);
        // What the export writes as "?" is null here, column by column as counted in the file.
        (fields["/assignedTo"].Nulls, fields["/symptom"].Nulls, fields["/resolvedAt"].Nulls, fields["/causedBy"].Nulls, fields["/caller"].Nulls).ShouldBe((23_030, 28_271, 2_861, 119_980, 29));
        fields.Values.ShouldAllBe(field => field.Present == 119_998);
        fields["/madeSla"].Booleans.ShouldBe(119_998);

        var final = await Incidents(id);
        final.Count.ShouldBe(expected.RootElement.GetProperty("incidents").GetInt32());
        Equal(final, "state", expected.RootElement.GetProperty("final_state"));
        final.Count(incident => incident.GetProperty("madeSla").GetBoolean()).ShouldBe(expected.RootElement.GetProperty("final_made_sla_true").GetInt32());
        final.GroupBy(incident => incident.GetProperty("priority").GetString()![..1]).ToDictionary(group => group.Key, group => (group.Count(), group.Count(one => one.GetProperty("madeSla").GetBoolean())))
            .ShouldBe(expected.RootElement.GetProperty("final_priority").EnumerateObject().ToDictionary(
                one => one.Name, one => (one.Value.GetProperty("incidents").GetInt32(), one.Value.GetProperty("made_sla_true").GetInt32())), ignoreOrder: true);
        Equal(final, "contactType", expected.RootElement.GetProperty("contact_type_final"));
        foreach (var (field, column) in new[] { ("assignedTo", "assigned_to"), ("symptom", "u_symptom"), ("resolvedAt", "resolved_at"), ("location", "location"), ("category", "category"), ("subcategory", "subcategory"), ("group", "assignment_group"), ("resolvedBy", "resolved_by"), ("caller", "caller_id") })
        {
            final.Count(incident => incident.GetProperty(field).ValueKind == JsonValueKind.Null)
                .ShouldBe(expected.RootElement.GetProperty("final_missing").GetProperty(column).GetInt32(), column);
        }

        final.Count(incident => incident.GetProperty("reopenings").GetInt32() > 0).ShouldBe(expected.RootElement.GetProperty("reopened_incidents(final reopen_count>0)").GetInt32());
        final.Count(incident => incident.GetProperty("reassignments").GetInt32() > 0).ShouldBe(expected.RootElement.GetProperty("reassigned_incidents(final reassignment_count>0)").GetInt32());
    }

    [Fact]
    public async Task The_same_log_in_another_spelling_of_dates_and_booleans_becomes_the_same_events()
    {
        var (client, id, report) = await Import("servicenow-incidents-dashes.yaml", [Shared("servicenow-incidents", "incident_event_log_5998_dashdates.csv")]);
        using var own = client;
        (report.Rows, report.Accepted, report.Rejected).ShouldBe((5_998, 5_998, 0));
        var fields = await Fields(client, 5_998);
        (fields["/assignedTo"].Nulls, fields["/resolvedAt"].Nulls, fields["/symptom"].Nulls, fields["/madeSla"].Booleans).ShouldBe((1_707, 59, 1_694, 5_998));
        var other = await MappingReader.ReadFile(Repository.PathTo("samples", "servicenow-incidents.yaml"), default);
        var slashes = new MemoryLogOfPayloads();
        await new ImportFiles(other.Value, slashes.Append, TimeProvider.System).Run([Shared("servicenow-incidents", "incident_event_log_first119998.csv")], static _ => { }, default);
        var dashes = await server.Services.GetRequiredService<Database>().ForCustomer(
            id, work => work.List<byte[]>("select data_raw from ingest_events where customer_id = @customer order by log_index", new { customer = id.Value }));
        dashes.Select(payload => System.Text.Encoding.UTF8.GetString(payload)).ShouldBe(slashes.Payloads.Take(5_998));
    }

    [Fact]
    public async Task A_real_shops_order_lines_are_counted_and_become_the_skus_and_orders_of_its_books()
    {
        using var expected = JsonDocument.Parse(await File.ReadAllTextAsync(Shared("expected", "online_retail.json")));
        var december = Directory.EnumerateFiles(Shared("online-retail", "by-day"), "2010-12-*.csv").Order(StringComparer.Ordinal).ToList();
        var (client, id, report) = await Import("online-retail.yaml", december);
        using var own = client;
        var month = expected.RootElement.GetProperty("monthly").GetProperty("2010-12");
        report.ControlSums.Single(sum => sum.Name == "net").Value.ToString().ShouldBe(month.GetProperty("net").GetString());
        var rows = december.Select(CsvRows).SelectMany(row => row).ToList();
        report.Accepted.ShouldBe(rows.Count);

        var fields = await Fields(client, rows.Count);
        fields["/customer"].Nulls.ShouldBe(rows.Count(row => row[6].Length == 0));
        fields["/description"].Nulls.ShouldBe(rows.Count(row => row[2].Length == 0));
        fields["/unitPrice/amount"].Texts.ShouldBe(rows.Count);
        var figures = await QualityTests.Figures(client, "?batch=" + report.Batch, rows.Count.ToString(CultureInfo.InvariantCulture));
        (figures["faulty"], figures["refused"], figures["late"]).ShouldBe(("0", "0", rows.Count.ToString(CultureInfo.InvariantCulture)));

        await Some.Folded(client);
        var database = server.Services.GetRequiredService<Database>();
        var total = await database.ForCustomer(id, work => work.Single<decimal>(
            "select sum((fields ->> 'total')::numeric) from ingest_entities where customer_id = @customer and entity_type = 'order'", new { customer = id.Value }));
        var all = rows.Sum(row => decimal.Parse(row[3], CultureInfo.InvariantCulture) * decimal.Parse(row[5], CultureInfo.InvariantCulture));
        total.ShouldBe(all);
        var types = (await Some.Get(client, "/v1/entity-types")).GetProperty("items").EnumerateArray().ToDictionary(type => type.GetProperty("type").GetString()!, type => type.GetProperty("entities").GetInt32());
        (types["order"], types["sku"]).ShouldBe((rows.Select(row => row[0]).Distinct().Count(), rows.Select(row => row[1]).Distinct().Count()));
        var heart = await Some.Fields(client, "sku", "85123A");
        heart.GetProperty("net").GetInt64().ShouldBe(rows.Where(row => row[1] == "85123A").Sum(row => long.Parse(row[3], CultureInfo.InvariantCulture)));
        var christmas = await Some.Fields(client, "sku", "85123A", "?as_of=2010-12-10T00:00:00Z");
        christmas.GetProperty("net").GetInt64().ShouldBe(rows.Where(row => row[1] == "85123A" && string.CompareOrdinal(row[4], "2010-12-10") < 0).Sum(row => long.Parse(row[3], CultureInfo.InvariantCulture)));
    }

    private async Task<(HttpClient Client, CustomerId Id, ImportReport Report)> Import(string sample, IReadOnlyList<string> files)
    {
        var customer = await server.NewCustomer();
        TypedId.TryParse<CustomerId>(customer.Id, out var id).ShouldBeTrue();
        var mapping = await MappingReader.ReadFile(Repository.PathTo("samples", sample), default);
        mapping.IsOk.ShouldBeTrue(mapping.Problem?.Faults[0].Detail);
        ImportFiles.CheckHeaders(files, mapping.Value).ShouldBeNull();
        var events = server.Services.GetRequiredService<IngestEvents>();
        var batch = await events.OpenBatch(id, Actor.System, "import", CancellationToken.None);
        var report = await new ImportFiles(mapping.Value, (chunk, _) => events.Chunk(batch, chunk), TimeProvider.System).Run(files, static _ => { }, default);
        await events.CloseBatch(batch, report.Rejected - batch.Rejected, CancellationToken.None);
        return (server.Client(customer.Key), id, report with { Batch = batch.Id });
    }

    private async Task<List<JsonElement>> Incidents(CustomerId customer)
    {
        var rows = await server.Services.GetRequiredService<Database>().ForCustomer(customer, work => work.List<string>(
            "select fields::text from ingest_entities where customer_id = @customer and entity_type = 'incident'", new { customer = customer.Value }));
        return [.. rows.Select(row => JsonDocument.Parse(row).RootElement)];
    }

    private static async Task<Dictionary<string, (long Present, long Nulls, long Texts, long Booleans)>> Fields(HttpClient client, long events)
    {
        await Some.Folded(client);
        await Eventually.Holds(async () => (await Some.Get(client, "/v1/data-quality")).GetProperty("eventsWaiting").GetInt64() == 0);
        var fields = (await Some.Get(client, "/v1/data-quality/fields?limit=1000")).GetProperty("items").EnumerateArray().ToList();
        fields.ShouldAllBe(field => field.GetProperty("events").GetInt64() == events);
        return fields.ToDictionary(
            field => field.GetProperty("field").GetString()!,
            field => (field.GetProperty("present").GetInt64(), field.GetProperty("nulls").GetInt64(),
                field.GetProperty("types").GetProperty("strings").GetInt64(), field.GetProperty("types").GetProperty("booleans").GetInt64()));
    }

    private static void Equal(List<JsonElement> final, string field, JsonElement expected) =>
        final.GroupBy(incident => incident.GetProperty(field).GetString()!).ToDictionary(group => group.Key, group => group.Count())
            .ShouldBe(expected.EnumerateObject().ToDictionary(one => one.Name, one => one.Value.GetInt32()), ignoreOrder: true);

    private static IEnumerable<string[]> CsvRows(string path)
    {
        using var reader = CsvHelper.CsvReader.FromFile(path, new CsvHelper.CsvReaderOptions());
        reader.ReadHeader();
        while (reader.Read())
        {
            yield return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)];
        }
    }

    private static string Shared(params string[] parts)
    {
        if (Repository.SharedData is not { } folder || !Path.Exists(Path.Combine([folder, .. parts])))
        {
            Assert.Skip($"The data set {string.Join('/', parts)} is not beside the checkout (../shared/data).");
            return "";
        }

        return Path.Combine([folder, .. parts]);
    }

    private sealed class MemoryLogOfPayloads
    {
        public List<string> Payloads { get; } = [];

        public Task<IReadOnlyList<Cairn.Domain.Ingest.IngestOutcome>> Append(IReadOnlyList<Cairn.Domain.Ingest.IngestEvent> events, CancellationToken cancel)
        {
            Payloads.AddRange(events.Select(one => System.Text.Encoding.UTF8.GetString(one.Data.Span)));
            return Task.FromResult<IReadOnlyList<Cairn.Domain.Ingest.IngestOutcome>>(
                [.. events.Select((_, at) => new Cairn.Domain.Ingest.IngestOutcome(Cairn.Domain.Ingest.IngestVerdict.Accepted, at, null))]);
        }
    }
}
