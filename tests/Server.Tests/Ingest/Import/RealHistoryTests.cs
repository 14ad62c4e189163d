using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest.Import;
using Cairn.Server.Ingest.Import;
using Cairn.Testing;

namespace Cairn.Server.Tests.Ingest.Import;

/// <summary>The shipped mapping on eight months of a real shop, held against figures that were computed independently.</summary>
public sealed class RealHistoryTests
{
    private static readonly BatchId AnyBatch = new(new Guid("01900000-0000-7000-8000-000000000001"));

    [Fact]
    public async Task The_history_of_a_real_shop_equals_its_published_figures_and_a_second_import_adds_nothing()
    {
        var folder = Shared("online-retail", "by-day");
        using var expected = JsonDocument.Parse(await File.ReadAllTextAsync(Shared("expected", "online_retail.json")));
        var read = await MappingReader.ReadFile(Repository.PathTo("samples", "online-retail.yaml"), default);
        read.IsOk.ShouldBeTrue();
        var files = ImportSources.Find([folder], read.Value);
        files.Value.Count.ShouldBe(expected.RootElement.GetProperty("files").GetInt32());
        ImportFiles.CheckHeaders(files.Value, read.Value).ShouldBeNull();

        var log = new MemoryLog();
        var first = await new ImportFiles(read.Value, log.Append, TimeProvider.System).Run(files.Value, static _ => { }, default) with { Batch = AnyBatch };
        using var printed = JsonDocument.Parse(ImportReportJson.Write(first));
        ShouldEqual(printed.RootElement, expected.RootElement);
        first.Accepted.ShouldBe(285_421);
        first.Rejected.ShouldBe(0);
        first.ExactRepeats.Count.ShouldBe(2_263);
        first.Flags.Select(flag => (flag.Name, flag.Count)).ShouldBe(
            [("odd_stock_code", 1_777), ("stock_code_case", 1_396), ("negative_quantity", 875), ("no_price", 1_666), ("no_customer", 81_030), ("no_description", 1_079)]);
        first.Blanks.ShouldBe([("Description", 1_079), ("CustomerID", 81_030)]);
        first.Differences.ShouldBeEmpty();
        log.Count.ShouldBe(285_421);

        var second = await new ImportFiles(read.Value, log.Append, TimeProvider.System).Run(files.Value, static _ => { }, default) with { Batch = AnyBatch };
        using var again = JsonDocument.Parse(ImportReportJson.Write(second));
        ShouldEqual(again.RootElement, expected.RootElement);
        second.Accepted.ShouldBe(0);
        second.Repeated.ShouldBe(285_421);
        log.Count.ShouldBe(285_421);
    }

    private static void ShouldEqual(JsonElement printed, JsonElement expected)
    {
        printed.GetProperty("rows").GetInt64().ShouldBe(expected.GetProperty("rows").GetInt64());
        foreach (var name in (string[])["gross", "cancelled", "net"])
        {
            printed.GetProperty("controlSums").GetProperty(name).GetString().ShouldBe(expected.GetProperty(name).GetString());
        }

        printed.GetProperty("controlSums").GetProperty("sale_invoices").GetInt64().ShouldBe(expected.GetProperty("sale_invoices").GetInt64());
        var months = expected.GetProperty("monthly").EnumerateObject().ToList();
        printed.GetProperty("monthly").EnumerateObject().Select(month => month.Name).ShouldBe(months.Select(month => month.Name));
        foreach (var month in months)
        {
            foreach (var figure in month.Value.EnumerateObject())
            {
                printed.GetProperty("monthly").GetProperty(month.Name).GetProperty(figure.Name).ToString().ShouldBe(figure.Value.ToString(), $"{month.Name} {figure.Name}");
            }
        }
    }

    private static string Shared(params string[] parts)
    {
        if (Repository.SharedData is not { } data || !Path.Exists(Path.Combine([data, .. parts])))
        {
            Assert.Skip($"The data set {string.Join('/', parts)} is not beside the checkout.");
            return "";
        }

        return Path.Combine([data, .. parts]);
    }
}
