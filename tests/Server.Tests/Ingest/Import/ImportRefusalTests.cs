using System.CommandLine;
using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Server.Ingest.Import;

namespace Cairn.Server.Tests.Ingest.Import;

/// <summary>What <c>cairn import</c> refuses, as programs read it.</summary>
public sealed class ImportRefusalTests : IDisposable
{
    private const string Customer = "cus_01j00000000000000000000000";
    private const string Row = "A1,10001,2.50,4,2011-01-05 09:00,x\n";

    private readonly TestFolder folder = new();

    public ImportRefusalTests()
    {
        folder.Write("mapping.yaml", Some.MappingText);
        folder.Write("bad.yaml", Some.MappingText.Replace("v: 1", "v: 3"));
        folder.Write("orders.csv", Some.Header + Row);
        folder.Write("other.csv", "Order,Order,Sku,Amount,Qty,At\n");
        Directory.CreateDirectory(Path.Combine(folder.Root, "empty"));
    }

    /// <summary>The arguments ('@' stands for the folder), the code, where it is in (if somewhere), the code there, and the fix.</summary>
    public static TheoryData<string, string, string?, string?, string> Refusals => new()
    {
        { "@/orders.csv --mapping @/mapping.yaml", "customer-missing", null, null, "--customer cus_..., or try the mapping with --dry-run" },
        { "@/orders.csv --mapping @/mapping.yaml --customer acme", "customer-missing", null, null, "'cairn customer list' shows them." },
        { $"@/orders.csv --mapping @/bad.yaml --customer {Customer}", "mapping-has-faults", "bad.yaml:1:4", "unknown-version", "this program reads version" },
        { $"@/none.csv --mapping @/mapping.yaml --customer {Customer}", "files-not-found", "@/none.csv", "no-such-file", "Check the path" },
        { $"@/empty --mapping @/mapping.yaml --customer {Customer}", "files-not-found", "@/empty", "no-such-file", "Name the files themselves, or another folder." },
        { $"@/other.csv --mapping @/mapping.yaml --customer {Customer}", "files-do-not-fit", "other.csv", "column-missing", "Its columns are" },
        { $"@/other.csv --mapping @/mapping.yaml --customer {Customer}", "files-do-not-fit", "other.csv", "column-doubled", "Rename one of them in the file." },
        { $"@/orders.csv --mapping @/mapping.yaml --customer {Customer} --report @/orders.csv", "listing-is-input", null, null, "Name another file." },
        { $"@/orders.csv --mapping @/mapping.yaml --customer {Customer} --report @/mapping.yaml", "listing-is-input", null, null, "Name another file." },
        { $"@/orders.csv --mapping @/mapping.yaml --customer {Customer} --report @/none/rows.csv", "listing-not-writable", null, null, "Name a file in a folder that exists" },
        { $"@/orders.csv --mapping @/mapping.yaml --customer {Customer} --report @/empty", "listing-not-writable", null, null, "that you may write to" },
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refused_import_says_where_and_how_to_mend_it_and_records_nothing(string line, string code, string? where, string? fault, string fix)
    {
        var log = new MemoryLog();
        var (exit, answer) = await Run(line, log);
        exit.ShouldBe(ImportCommand.Usage);
        answer.GetProperty("code").GetString().ShouldBe(code);
        var detail = answer.GetProperty("detail").GetString()!;
        if (where is not null)
        {
            var found = answer.GetProperty("faults").EnumerateArray().First(one => one.GetProperty("code").GetString() == fault);
            found.GetProperty("pointer").GetString()!.ShouldEndWith(Located(where));
            detail = found.GetProperty("detail").GetString()!;
        }

        detail.ShouldContain(fix);
        log.Count.ShouldBe(0);
        File.ReadAllText(Path.Combine(folder.Root, "orders.csv")).ShouldBe(Some.Header + Row);
        File.ReadAllText(Path.Combine(folder.Root, "mapping.yaml")).ShouldBe(Some.MappingText);
    }

    [Fact]
    public async Task A_log_that_fails_under_way_has_a_code_and_says_how_to_go_on()
    {
        var log = new MemoryLog { BeforeChunk = static _ => throw new TimeoutException("The database does not answer.") };
        var (exit, answer) = await Run($"@/orders.csv --mapping @/mapping.yaml --customer {Customer}", log);
        exit.ShouldBe(ImportCommand.SomeMissing);
        answer.GetProperty("code").GetString().ShouldBe("import-failed");
        answer.GetProperty("detail").GetString().ShouldBe("The import ended early: The database does not answer. What was recorded until then stays; the same command again continues.");
    }

    [Fact]
    public void A_header_that_does_not_match_names_its_file()
    {
        var problem = CsvFile.Open(Path.Combine(folder.Root, "other.csv"), Some.Mapping()).Problem.ShouldNotBeNull();
        problem.Code.ShouldBe("header-does-not-match");
        problem.Detail.ShouldStartWith("other.csv: ");
        problem.Faults.Select(fault => (fault.Pointer, fault.Code)).ShouldBe([("other.csv", "column-doubled"), ("other.csv", "column-missing")]);
    }

    [Theory]
    [InlineData("gone.csv")]
    [InlineData("empty")]
    public void A_file_that_cannot_be_opened_is_named_with_its_path(string name)
    {
        var path = Path.Combine(folder.Root, name);
        var fault = ImportFiles.CheckHeaders([path], Some.Mapping()).ShouldNotBeNull().Faults.ShouldHaveSingleItem();
        (fault.Pointer, fault.Code).ShouldBe((path, "file-cannot-be-read"));
        fault.Detail.ShouldStartWith(name + " cannot be read: ");
        fault.Detail.ShouldEndWith("Check that it is there, that you may read it and that it is a CSV file.");
    }

    [Fact]
    public async Task A_file_that_vanishes_before_its_turn_stops_the_import_and_keeps_what_was_recorded()
    {
        string[] files = [Long("a.csv"), folder.Write("b.csv", Some.Header + Row)];
        var log = Deleting(files[1]);
        var report = await new ImportFiles(Some.Mapping(), log.Append, TimeProvider.System).Run(files, static _ => { }, TestContext.Current.CancellationToken);
        var stopped = report.Stopped.ShouldNotBeNull();
        stopped.Code.ShouldBe("file-cannot-be-read");
        stopped.Detail.ShouldStartWith("b.csv cannot be read: ");
        stopped.Detail.ShouldContain("Check that it is there");
        (report.Accepted, log.Count).ShouldBe((LongRows, LongRows));
    }

    [Fact]
    public async Task A_file_that_vanishes_while_it_is_read_stops_the_import_and_keeps_what_was_recorded()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows does not let a file be deleted while it is read.");
        }

        var path = Long("a.csv");
        var log = Deleting(path);
        var report = await new ImportFiles(Some.Mapping(), log.Append, TimeProvider.System).Run([path], static _ => { }, TestContext.Current.CancellationToken);
        var stopped = report.Stopped.ShouldNotBeNull();
        stopped.Code.ShouldBe("file-failed");
        stopped.Detail.ShouldContain("a.csv");
        stopped.Detail.ShouldEndWith("the same command again continues.");
        report.Accepted.ShouldBe(log.Count);
        log.Count.ShouldBeGreaterThan(0);
    }

    /// <summary>So many chunks that the reading side, which runs ahead by a few, cannot be done when the first one is recorded.</summary>
    private const int LongRows = 20_000;

    private string Long(string name) => folder.Write(name, Some.Header + string.Concat(Enumerable.Repeat(Row, LongRows)));

    private static MemoryLog Deleting(string path) => new() { BeforeChunk = chunk => { if (chunk == 0) { File.Delete(path); } } };

    private string Located(string text) => text.Replace("@", folder.Root);

    private async Task<(int Exit, JsonElement Answer)> Run(string line, MemoryLog log)
    {
        var output = new StringWriter();
        var json = new Option<bool>("--json") { Recursive = true };
        var root = new RootCommand { json, ImportCommand.Create((_, _, _) => Task.FromResult<Outcome<ImportTarget>>(new ImportTarget(BatchId.Of(Guid.CreateVersion7()), log.Append)), json, TimeProvider.System) };
        var parsed = root.Parse(["import", .. line.Split(' ').Select(Located), "--json"]);
        var exit = await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = TextWriter.Null }, TestContext.Current.CancellationToken);
        return (exit, JsonDocument.Parse(output.ToString()).RootElement);
    }
}
