using System.Text;
using Cairn.Domain.Ingest.Import;
using Cairn.Server.Ingest.Import;

namespace Cairn.Server.Tests.Ingest.Import;

public sealed class ImportFilesTests
{
    private const string Good = "A1,10001,2.50,4,2011-01-05 09:00,first\n";

    /// <summary>A bad row between two good ones, the code of its fault and the column that it names.</summary>
    public static TheoryData<string, string, string?> BadRows => new()
    {
        { "A1,10001,2.50,4,2011-01-05 09:00", "wrong-column-count", null },
        { "A1,10001,2.50,4,2011-01-05 09:00,x,y", "wrong-column-count", null },
        { ",10001,2.50,4,2011-01-05 09:00,x", "required-is-blank", "Order" },
        { "A1,10001, ,4,2011-01-05 09:00,x", "required-is-blank", "Amount" },
        { "A1,10001,\"2,500.00\",4,2011-01-05 09:00,x", "not-a-number", "Amount" },
        { "A1,10001,£2.50,4,2011-01-05 09:00,x", "not-a-number", "Amount" },
        { "A1,10001,2.50,4.5,2011-01-05 09:00,x", "not-a-whole-number", "Qty" },
        { "A1,10001,2.50,4,05/01/2011,x", "not-a-time", "At" },
        { "A1,10001,2.50,4,2011-02-30 09:00,x", "not-a-time", "At" },
        { "A1,10001,2.50,4,,x", "time-is-blank", "At" },
        { "A1,10001,2.50,4,2011-01-05 09:00,a\0b", "holds-nul", "Note" },
        { "A1,10\00001,2.50,4,2011-01-05 09:00,x", "holds-nul", "Sku" },
        { "A1,\"10001\"x,2.50,4,2011-01-05 09:00,x", "bad-quoting", null },
    };

    [Theory]
    [MemberData(nameof(BadRows))]
    public async Task A_bad_row_is_rejected_by_name_and_place_and_its_neighbours_are_recorded(string row, string code, string? column)
    {
        var log = new MemoryLog();
        var report = await Some.Import(Some.Header + Good + row + "\n" + Good.Replace("A1", "A2"), log);
        (report.Rows, report.Accepted, report.Rejected).ShouldBe((3, 2, 1));
        var fault = report.Faults.ShouldHaveSingleItem();
        (fault.Code, fault.Column, fault.Place).ShouldBe((code, column, new RowPlace("orders.csv", 2, 3)));
        fault.Detail.ShouldEndWith(".");
    }

    [Fact]
    public async Task Every_fault_of_a_row_is_listed_and_its_value_is_shortened()
    {
        var report = await Some.Import(Some.Header + $"A1,10001,{new string('9', 80)}x,no,never,x\n");
        report.Faults.Select(fault => fault.Column).ShouldBe(["Amount", "Qty", "At"]);
        report.Rejected.ShouldBe(1);
        report.Faults[0].Value!.Length.ShouldBe(ImportLimits.ValueShown + 1);
    }

    [Fact]
    public async Task Bytes_that_are_not_utf8_reject_their_row_only()
    {
        using var folder = new TestFolder();
        byte[] latin = [.. Encoding.UTF8.GetBytes(Some.Header + Good), .. Encoding.Latin1.GetBytes("A2,10002,1.00,1,2011-01-05 09:00,caf\u00e9\n"), .. Encoding.UTF8.GetBytes(Good.Replace("A1", "A3"))];
        var path = folder.Write("orders.csv", latin);
        var strict = await new ImportFiles(Some.Mapping(), null, TimeProvider.System).Run([path], static _ => { }, default);
        (strict.Rows, strict.Rejected).ShouldBe((3, 1));
        strict.Faults.Single().Column.ShouldBe("Note");
        strict.Faults.Single().Code.ShouldBe("not-in-encoding");

        var log = new MemoryLog();
        var named = Some.Mapping(Some.MappingText.Replace("input:\n", "input:\n  encoding: windows-1252\n"));
        (await new ImportFiles(named, log.Append, TimeProvider.System).Run([path], static _ => { }, default)).Rejected.ShouldBe(0);
        log.Payloads.ShouldContain(payload => payload.Contains("café"));
    }

    [Fact]
    public async Task A_byte_order_mark_carriage_returns_and_line_breaks_in_quotes_are_understood()
    {
        var log = new MemoryLog();
        var report = await Some.Import("\uFEFF" + (Some.Header + "A1,10001,2.50,4,2011-01-05 09:00,\"5\"\" nail,\nlong\"\n\n" + Good).Replace("\n", "\r\n"), log);
        (report.Rows, report.Accepted).ShouldBe((2, 2));
        log.Payloads.First().ShouldBe("""{"order":"A1","amount":{"amount":"2.50","currency":"GBP"},"qty":4,"note":"5\" nail,\r\nlong"}""");
    }

    [Fact]
    public async Task A_quote_that_stays_open_ends_the_file_because_later_rows_would_be_miscounted()
    {
        var log = new MemoryLog();
        var report = await Some.Import(Some.Header + Good + "A2,10001,2.50,4,2011-01-05 09:00,\"open\n" + Good + Good, log);
        (report.Rows, report.Accepted, report.Rejected).ShouldBe((2, 1, 1));
        report.Faults.Single().Code.ShouldBe("quote-stays-open");
        report.Faults.Single().Place.ShouldBe(new RowPlace("orders.csv", 2, 3));
    }

    [Fact]
    public async Task A_quote_that_swallows_a_large_file_is_one_rejected_row()
    {
        var rest = new StringBuilder(Some.Header + "A2,10001,2.50,4,2011-01-05 09:00,\"open\n");
        for (var row = 0; row < 80_000; row++)
        {
            rest.Append(Good);
        }

        var report = await Some.Import(rest.ToString());
        (report.Rows, report.Rejected).ShouldBe((1, 1));
        report.Faults.Single().Code.ShouldBe("row-too-large");
    }

    [Fact]
    public async Task Blanks_repeats_and_flags_are_counted_and_listed_and_recorded_all_the_same()
    {
        var log = new MemoryLog();
        var report = await Some.Import(Some.Header + Good + Good + "A2,10001A,1.00,-2,2011-01-06 09:00,\nA3,10001a,1.00,,2011-02-06 09:00,x\n", log);
        (report.Rows, report.Accepted, report.Flagged).ShouldBe((4, 4, 3));
        report.Blanks.ShouldBe([("Qty", 1), ("Note", 1)]);
        report.ExactRepeats.Count.ShouldBe(1);
        report.ExactRepeats.First.Single().ShouldBe(new RowNote(new RowPlace("orders.csv", 2, 3), "orders.csv:1"));
        report.Flags.Select(flag => (flag.Name, flag.Count)).ShouldBe([("negative", 1), ("sku_case", 1)]);
        report.Flags[0].First.Single().Value.ShouldBe("-2");
        log.Payloads.Last().ShouldBe("""{"order":"A3","amount":{"amount":"1.00","currency":"GBP"},"qty":null,"note":"x"}""");
        report.ControlSums.Select(figure => figure.Value.ToString()).ShouldBe(["18.00", "4"]);
        report.Monthly.Select(month => (month.Month, month.Figures.Single().Value.ToString())).ShouldBe([("2011-01", "18.00"), ("2011-02", "0")]);
    }

    [Fact]
    public async Task Times_in_the_hours_of_a_clock_change_are_recorded_and_flagged()
    {
        var report = await Some.Import(Some.Header + "A1,1,1,1,2011-03-27 01:30,spring\nA2,1,1,1,2011-10-30 01:30,autumn\nA3,1,1,1,2011-07-01 00:30,summer\n");
        report.Rejected.ShouldBe(0);
        report.Flags.Where(flag => flag.Count > 0).Select(flag => flag.Name).ShouldBe([CheckRule.TimeSkipped, CheckRule.TimeTwice]);
        report.FirstEvents.Select(made => made.TimeText).ShouldBe(["2011-03-27T02:30:00+01:00", "2011-10-30T01:30:00+01:00", "2011-07-01T00:30:00+01:00"]);
        report.Monthly.Select(month => month.Month).ShouldBe(["2011-03", "2011-07", "2011-10"]);
    }

    [Fact]
    public async Task A_second_import_repeats_everything_and_adds_nothing()
    {
        var log = new MemoryLog();
        var csv = Some.Header + Good + Good;
        (await Some.Import(csv, log)).Accepted.ShouldBe(2);
        var again = await Some.Import(csv, log);
        (again.Accepted, again.Repeated, log.Count).ShouldBe((0, 2, 2));
        again.ControlSums[0].Value.ToString().ShouldBe("20.00");
    }

    [Fact]
    public async Task A_row_that_the_log_refuses_is_rejected_and_the_difference_is_shown()
    {
        var log = new MemoryLog();
        await Some.Import(Some.Header + Good, log);
        var changed = await Some.Import(Some.Header + Good.Replace("2.50", "9.00") + Good, log);
        (changed.Accepted, changed.Repeated, changed.Rejected).ShouldBe((1, 0, 1));
        changed.Faults.Single().Code.ShouldBe("event-id-conflict");
        var difference = changed.Differences.First();
        (difference.Read.ToString(), difference.Recorded.ToString(), difference.Missing.ToString()).ShouldBe(("46.00", "10.00", "36.00"));
    }

    [Fact]
    public async Task Chunks_hold_a_thousand_rows_and_keep_rejected_rows_in_their_places()
    {
        var rows = new StringBuilder(Some.Header);
        for (var row = 0; row < 2_500; row++)
        {
            rows.Append(row % 5 == 0 ? Good.Replace("2.50", "bad") : Good);
        }

        var log = new MemoryLog();
        var report = await Some.Import(rows.ToString(), log);
        (report.Rows, report.Accepted, report.Rejected, log.Chunks, log.LargestChunk).ShouldBe((2_500, 2_000, 500, 3, 800));
        (report.Faults.Count, report.Unmeasured, report.Faults[1].Place.Row).ShouldBe((ImportLimits.FaultsListed, 500, 6));
    }

    [Fact]
    public async Task Stopping_ends_between_chunks_and_the_next_run_continues()
    {
        using var folder = new TestFolder();
        var path = folder.Write("orders.csv", Some.Header + string.Concat(Enumerable.Repeat(Good, 5_000)));
        using var stop = new CancellationTokenSource();
        var log = new MemoryLog { BeforeChunk = chunk => { if (chunk == 1) { stop.Cancel(); } } };
        var first = await new ImportFiles(Some.Mapping(), log.Append, TimeProvider.System).Run([path], static _ => { }, stop.Token);
        first.Stopped!.Code.ShouldBe("import-interrupted");
        (first.Rows, first.Accepted, log.Count).ShouldBe((2_000, 2_000, 2_000));

        var second = await new ImportFiles(Some.Mapping(), log.Append, TimeProvider.System).Run([path], static _ => { }, default);
        (second.Rows, second.Accepted, second.Repeated, log.Count).ShouldBe((5_000, 3_000, 2_000, 5_000));
        second.Stopped.ShouldBeNull();
    }

    [Fact]
    public async Task A_log_that_fails_ends_the_import_and_what_was_recorded_stays()
    {
        using var folder = new TestFolder();
        var path = folder.Write("orders.csv", Some.Header + string.Concat(Enumerable.Repeat(Good, 20_000)));
        var log = new MemoryLog { BeforeChunk = static chunk => { if (chunk == 1) { throw new TimeoutException("The database is gone."); } } };
        await Should.ThrowAsync<TimeoutException>(() => new ImportFiles(Some.Mapping(), log.Append, TimeProvider.System).Run([path], static _ => { }, default));
        log.Count.ShouldBe(1_000);
    }

    [Fact]
    public void A_header_that_does_not_fit_is_refused_before_anything_is_recorded()
    {
        using var folder = new TestFolder();
        string[] files = [folder.Write("a.csv", "Order;Sku\n"), folder.Write("b.csv", Some.Header), folder.Write("c.csv", "order,Sku,Amount,Qty,At,At,Note\n"), folder.Write("d.csv", "")];
        var problem = ImportFiles.CheckHeaders(files, Some.Mapping())!;
        var faults = problem.Faults.Select(fault => fault.Detail).ToList();
        faults.ShouldContain(detail => detail.StartsWith("a.csv: no column 'Order'. The header is one single column"));
        faults.ShouldContain("c.csv: no column 'Order'. It has 'order': write it the same way in the mapping.");
        faults.ShouldContain(detail => detail.StartsWith("c.csv: the column 'At' is there more than once"));
        faults.ShouldContain(detail => detail.StartsWith("d.csv:"));
    }

    [Fact]
    public async Task Columns_may_stand_in_any_order_and_others_are_named_as_not_imported()
    {
        using var folder = new TestFolder();
        var log = new MemoryLog();
        var path = folder.Write("orders.csv", "Extra,Note,At,Qty,Amount,Sku,Order\ne,n,2011-01-05 09:00,4,2.50,10001,A1\n,n,2011-01-05 09:00,4,2.50,10001,A1\n");
        var report = await new ImportFiles(Some.Mapping(), log.Append, TimeProvider.System).Run([path], static _ => { }, default);
        report.IgnoredColumns.ShouldBe(["Extra"]);
        report.Blanks.ShouldBe([("Extra", 1)]);
        report.ExactRepeats.Count.ShouldBe(0);
        log.Payloads.First().ShouldBe("""{"order":"A1","amount":{"amount":"2.50","currency":"GBP"},"qty":4,"note":"n"}""");
    }
}
