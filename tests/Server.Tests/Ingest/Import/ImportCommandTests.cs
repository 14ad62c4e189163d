using System.CommandLine;
using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Server.Ingest.Import;

namespace Cairn.Server.Tests.Ingest.Import;

public sealed class ImportCommandTests : IDisposable
{
    private const string Customer = "cus_01j00000000000000000000000";
    private const string Csv = Some.Header + "A1,10001,2.50,4,2011-01-05 09:00,=1+1\nA2,10001,2.50,-4,2011-01-06 09:00,x\n";

    private readonly TestFolder folder = new();
    private readonly MemoryLog log;
    private readonly string mapping;
    private Exception? failure;
    private int opened;
    private int closed;

    public ImportCommandTests()
    {
        mapping = folder.Write("mapping.yaml", Some.MappingText);
        log = new MemoryLog { BeforeChunk = _ => { if (failure is not null) { throw failure; } } };
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_good_import_ends_with_0_prints_its_report_and_closes_the_log()
    {
        folder.Write("orders.csv", Csv);
        var (code, output, _) = await Run(folder.Root, "--customer", Customer, "--mapping", mapping);
        code.ShouldBe(0);
        output.ShouldContain("Read 2 rows of 1 file");
        output.ShouldContain("2 rows are in the log: 2 new, 0 were there before. 0 were rejected.");
        output.ShouldContain("2011-01");
        output.ShouldContain("The rows read and the rows in the log give the same figures.");
        output.ShouldContain("orders.csv:2 (-4)");
        (opened, closed, log.Count).ShouldBe((1, 1, 2));
    }

    [Fact]
    public async Task Json_holds_the_members_that_the_contract_names()
    {
        var file = folder.Write("orders.csv", Csv);
        var (code, output, error) = await Run(file, "--customer", Customer, "--mapping", mapping, "--json");
        code.ShouldBe(0);
        error.ShouldBeEmpty();
        using var json = JsonDocument.Parse(output);
        var root = json.RootElement;
        foreach (var name in (string[])["rows", "accepted", "repeated", "rejected", "flagged", "controlSums", "monthly", "flags", "blanks", "exactRepeats", "faults", "batch", "seconds"])
        {
            root.TryGetProperty(name, out _).ShouldBeTrue(name);
        }

        root.GetProperty("controlSums").GetProperty("total").GetString().ShouldBe("0.00");
        root.GetProperty("controlSums").GetProperty("lines").GetInt32().ShouldBe(2);
        root.GetProperty("monthly").GetProperty("2011-01").GetProperty("total").GetString().ShouldBe("0.00");
        root.GetProperty("batch").GetString()!.ShouldStartWith("bat_");
    }

    [Fact]
    public async Task A_dry_run_writes_nothing_needs_no_customer_and_shows_events_and_faults()
    {
        var file = folder.Write("orders.csv", Csv + "A3,10001,free,1,2011-01-06 09:00,x\n");
        var (code, output, _) = await Run(file, "--mapping", mapping, "--dry-run");
        code.ShouldBe(1);
        (opened, log.Count).ShouldBe((0, 0));
        output.ShouldContain("Dry run: nothing was written. 2 rows would be recorded, 1 would be rejected.");
        output.ReplaceLineEndings("").ShouldContain("\"id\":\"orders.csv:1\"");
        output.ShouldContain("orders.csv:3 (line 4) Amount 'free'");
    }

    [Fact]
    public async Task Rejected_rows_end_with_1_and_the_listing_defuses_formulas()
    {
        var file = folder.Write("orders.csv", Csv.Replace("2.50,4,", "=2+2,4,"));
        var listing = Path.Combine(folder.Root, "listing.csv");
        var (code, output, _) = await Run(file, "--customer", Customer, "--mapping", mapping, "--report", listing);
        code.ShouldBe(1);
        output.ShouldContain("is listed in");
        var lines = await File.ReadAllLinesAsync(listing);
        lines[0].ShouldBe("file,row,line,kind,name,column,value,detail");
        lines[1].ShouldStartWith("orders.csv,1,2,rejected,not-a-number,Amount,'=2+2,");
        lines[2].ShouldBe("orders.csv,2,3,flag,negative,qty,-4,");
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+44 20", "'+44 20")]
    [InlineData("-6", "-6")]
    [InlineData("-6+1", "'-6+1")]
    [InlineData("@x", "'@x")]
    [InlineData("\tx", "'\tx")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData(" a", "\" a\"")]
    public void A_cell_of_the_listing_is_safe_in_a_spreadsheet(string value, string cell) =>
        RowListing.Defuse(value).ShouldBe(cell);

    [Fact]
    public async Task Wrong_command_lines_mappings_files_and_headers_end_with_2_and_open_nothing()
    {
        var file = folder.Write("orders.csv", Csv);
        var other = folder.Write("other.csv", "a,b\n");
        var bad = folder.Write("bad.yaml", "v: 3\n");
        (await Run(file, "--mapping", mapping)).Code.ShouldBe(2);
        (await Run(file, "--customer", "somebody", "--mapping", mapping)).Code.ShouldBe(2);
        (await Run(file, "--customer", Customer, "--mapping", bad)).Error.ShouldContain("bad.yaml:1:4");
        (await Run(file, "--customer", Customer, "--mapping", "none.yaml")).Code.ShouldBe(2);
        (await Run("none.csv", "--customer", Customer, "--mapping", mapping)).Error.ShouldContain("There is no file none.csv.");
        (await Run(other, "--customer", Customer, "--mapping", mapping)).Error.ShouldContain("other.csv: no column 'Order'");
        var (code, output, _) = await Run(other, "--customer", Customer, "--mapping", mapping, "--json");
        code.ShouldBe(2);
        using var json = JsonDocument.Parse(output);
        json.RootElement.GetProperty("code").GetString().ShouldBe("files-do-not-fit");
        (await Run(file, "--customer", Customer, "--mapping", mapping, "--report", file)).Error.ShouldContain("would overwrite a file that the import reads");
        (await Run(file, "--customer", Customer, "--mapping", mapping, "--report", Path.Combine(folder.Root, "none", "x.csv"))).Error.ShouldContain("cannot be written");
        File.ReadAllText(file).ShouldBe(Csv);
        opened.ShouldBe(0);
    }

    [Fact]
    public async Task A_log_that_fails_under_way_ends_with_1_and_says_that_the_same_command_continues()
    {
        var file = folder.Write("orders.csv", Csv);
        failure = new TimeoutException("The database does not answer.");
        var (code, _, error) = await Run(file, "--customer", Customer, "--mapping", mapping);
        (code, closed).ShouldBe((1, 1));
        error.ShouldContain("The database does not answer. What was recorded until then stays; the same command again continues.");
    }

    [Fact]
    public async Task A_customer_that_the_log_does_not_know_is_refused()
    {
        var file = folder.Write("orders.csv", Csv);
        var (code, _, error) = await Run(file, "--customer", "cus_01j00000000000000000000001", "--mapping", mapping);
        code.ShouldBe(2);
        error.ShouldContain("There is no such customer.");
    }

    [Fact]
    public void Folders_and_patterns_give_their_files_by_name_each_once()
    {
        var map = Some.Mapping();
        folder.Write("b.csv", Csv);
        folder.Write("a.CSV", Csv);
        folder.Write("notes.txt", "");
        Names(ImportSources.Find([folder.Root, Path.Combine(folder.Root, "b.*")], map)).ShouldBe(["a.CSV", "b.csv"]);
        Names(ImportSources.Find([Path.Combine(folder.Root, "?.csv")], map)).ShouldBe(["b.csv"]);
        folder.Write(Path.Combine("deeper", "b.csv"), Csv);
        ImportSources.Find([folder.Root, Path.Combine(folder.Root, "deeper")], map).Problem!.Faults.Single().Code.ShouldBe("file-name-twice");

        static IEnumerable<string?> Names(Outcome<IReadOnlyList<string>> found) => found.Value.Select(Path.GetFileName);
    }

    [Fact]
    public void The_progress_line_says_rows_speed_and_time_left() =>
        ImportProgressBar.Line(new ImportProgress("a.csv", 12_000, 3, 25, 100), TimeSpan.FromSeconds(2))
            .ShouldBe("██████░░░░░░░░░░░░░░░░░░ 25 %  12,000 rows, 3 rejected, 6,000/s, 0:06 left");

    private async Task<(int Code, string Output, string Error)> Run(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var json = new Option<bool>("--json") { Recursive = true };
        var root = new RootCommand { json, ImportCommand.Create(Open, json, TimeProvider.System) };
        var code = await root.Parse(["import", .. arguments]).InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }

    private Task<Outcome<ImportTarget>> Open(ParseResult parsed, ImportStart start, CancellationToken cancel)
    {
        if (start.Customer.ToString() != Customer)
        {
            return Task.FromResult<Outcome<ImportTarget>>(new Problem(ProblemKind.NotFound, "customer-not-found", "There is no such customer."));
        }

        opened++;
        return Task.FromResult<Outcome<ImportTarget>>(new ImportTarget(BatchId.Of(Guid.CreateVersion7()), log.Append)
        {
            Close = () =>
            {
                closed++;
                return ValueTask.CompletedTask;
            },
        });
    }
}
