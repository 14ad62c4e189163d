using System.Text.Json;
using Cairn.Server.CommandLine;
using Cairn.Server.Tests.Faults;
using Cairn.Server.Tests.Support;
using Cairn.Testing;

namespace Cairn.Server.Tests.CommandLine;

/// <summary>The real program, on calendars that are described by options: no installation is opened.</summary>
public sealed class CalendarCommandTests : IAsyncLifetime
{
    private const string Header = "id,zone,start,end,workdays,holidays,open_utc,close_utc,business_minutes,due_after_minutes,due_utc";

    private readonly TestInstallation installation = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => installation.DisposeAsync();

    [Fact]
    public async Task Due_is_answered_and_explained_with_the_holidays_of_a_region()
    {
        var due = await Run("due", "--from", "2026-01-05 15:00", "--add", "4h", "--zone", "Europe/Berlin", "--country", "DE", "--region", "BY", "--closed", "2026-01-07=Stock taking", "--explain");
        due.ExitCode.ShouldBe(CommandContext.Done);
        var lines = due.Out.Split('\n').Select(line => line.Trim()).ToList();
        lines[0].ShouldBe("Thursday 2026-01-08 11:00 (Europe/Berlin)");
        lines[1].ShouldBe("2026-01-08T10:00:00.000Z");
        lines.ShouldContain("Tuesday 2026-01-06: closed, Epiphany");
        lines.ShouldContain("Wednesday 2026-01-07: closed, Stock taking");
        lines.ShouldContain(line => line.StartsWith("Monday 2026-01-05: 15:00 to 17:00", StringComparison.Ordinal) && line.EndsWith("2 h", StringComparison.Ordinal));
        Directory.EnumerateDirectories(installation.Data.FullName).ShouldBeEmpty("No installation was opened.");
    }

    [Fact]
    public async Task Between_next_and_nth_answer_for_programs()
    {
        var between = Json(await Run("between", "--from", "2026-03-06T15:00:00Z", "--until", "2026-03-09T10:00:00Z", "--hours", "24/7", "--json"));
        between.GetProperty("seconds").GetInt64().ShouldBe(67 * 3600);
        Json(await Run("next", "--at", "2026-03-06 18:00", "--zone", "Asia/Kathmandu", "--hours", "sun-thu 10:00-17:00", "--json")).Text("local").ShouldBe("2026-03-08T10:00:00");
        Json(await Run("nth", "--from", "2026-03-02", "--n", "-1", "--json")).Text("date").ShouldBe("2026-02-27");
        Json(await Run("due", "--from", "2026-03-09 10:00", "--add=-2h", "--json")).Text("at").ShouldBe("2026-03-06T16:00:00.000Z");
    }

    [Theory]
    [InlineData("opening-hours-unusable", "due --add 8h --hours never")]
    [InlineData("business-time-unusable", "due --add soon")]
    [InlineData("time-unusable", "due --add 8h --from soon")]
    [InlineData("calendar-zone-unknown", "due --add 8h --zone Mars")]
    [InlineData("date-unusable", "due --add 8h --closed soon")]
    [InlineData("holidays-unknown", "due --add 8h --country QQ")]
    [InlineData("country-unusable", "due --add 8h --region BY")]
    [InlineData("option-conflict", "due --add 8h --customer cus_01j00000000000000000000000 --zone UTC")]
    public async Task What_cannot_be_understood_is_told_with_its_fix(string code, string command)
    {
        var ended = await Run([.. command.Split(' '), "--json"]);
        ended.ExitCode.ShouldBe(CommandContext.Usage);
        JsonDocument.Parse(ended.Errors).RootElement.Text("code").ShouldBe(code);
    }

    [Fact]
    public async Task A_customers_own_calendar_is_asked_by_its_id()
    {
        var made = await installation.Run("customer", "create", "--name", "Acme", "--time-zone", "Asia/Tokyo", "--json");
        var customer = JsonDocument.Parse(made.Out).RootElement.Text("id");
        var due = JsonDocument.Parse((await Run("due", "--from", "2026-03-06 16:00", "--add", "2h", "--customer", customer, "--json")).Out).RootElement;
        due.Text("local").ShouldBe("2026-03-09T10:00:00");
        due.Text("timeZone").ShouldBe("Asia/Tokyo");
        (await Run("due", "--add", "2h", "--customer", "cus_01j00000000000000000000000")).ExitCode.ShouldBe(CommandContext.Failed);
    }

    [Fact]
    public async Task Beyond_the_known_holidays_the_answer_says_so_even_unasked()
    {
        var due = await Run("due", "--from", "2041-01-02 09:00", "--add", "1h", "--country", "GB");
        due.Out.ShouldContain("Not known: The public holidays of GB in 2041 are not known (2015 to 2040 are)");
    }

    [Fact]
    public async Task A_file_of_questions_is_checked_row_by_row()
    {
        var good = await Check(
            "0,America/New_York,09:00,17:00,12345,2025-07-04,2025-07-03T20:00Z,2025-07-07T14:00Z,120,240,2025-07-07T16:00Z",
            "1,America/St_Johns,00:00,24:00,1234567,,2025-03-27T21:21Z,2025-04-03T00:03Z,8802,960,2025-03-28T13:21Z");
        good.Out.TrimEnd().Split('\n')[^1].ShouldBe("2 agree, 0 differ");
        good.ExitCode.ShouldBe(CommandContext.Done);

        var wrong = await Check(
            "0,America/New_York,09:00,17:00,12345,2025-07-04,2025-07-03T20:00Z,2025-07-07T14:00Z,121,240,2025-07-07T16:01Z",
            "\"1\",Europe/London,08:30,17:30,12345,,2025-10-21T09:16Z,2025-10-22T15:52Z,936,480,2025-10-22T08:16Z");
        wrong.ExitCode.ShouldBe(CommandContext.Failed);
        wrong.Out.TrimEnd().Split('\n').ShouldBe(
        [
            "line 2, id 0: business_minutes: expected 121, got 120",
            "line 2, id 0: due_utc: expected 2025-07-07T16:01Z, got 2025-07-07T16:00Z",
            "1 agree, 1 differ",
        ]);
    }

    [Fact]
    public async Task Rows_that_cannot_be_read_are_all_listed_and_nothing_is_compared()
    {
        var ended = await Check(
            "0,Mars,09:00,17:00,12345,,2025-07-03T20:00Z,2025-07-07T14:00Z,120,240,2025-07-07T16:00Z",
            "1,UTC,17:00,09:00,12345,,2025-07-03T20:00Z,2025-07-07T14:00Z,120,240,2025-07-07T16:00Z",
            "2,UTC,09:00,17:00,128,,2025-07-03T20:00Z,2025-07-07T14:00Z,120,240,2025-07-07T16:00Z",
            "3,UTC,09:00,17:00,12345,2025-02-30,2025-07-03T20:00Z,2025-07-07T14:00Z,120,240,2025-07-07T16:00Z",
            "4,UTC,09:00,17:00,12345,,soon,2025-07-07T14:00Z,many,240,2025-07-07T16:00Z",
            "5,UTC,09:00");
        ended.ExitCode.ShouldBe(CommandContext.Usage);
        ended.Out.ShouldBeEmpty();
        foreach (var place in (string[])["line 2:", "line 3:", "line 4:", "line 5:", "line 6, open_utc:", "line 6, business_minutes:", "line 7"])
        {
            ended.Errors.ShouldContain(place);
        }

        var nowhere = await Run("check", "nowhere.csv", "--json");
        nowhere.ExitCode.ShouldBe(CommandContext.Usage);
        JsonDocument.Parse(nowhere.Errors).RootElement.Text("code").ShouldBe("questions-unusable");
        var columns = Path.Combine(installation.Data.FullName, "columns.csv");
        await File.WriteAllTextAsync(columns, "id,zone\n1,UTC\n");
        (await Run("check", columns)).Errors.ShouldContain("these columns are missing: start, end");
    }

    [Fact]
    public async Task The_vectors_agree()
    {
        if (Repository.SharedData is not { } folder || !File.Exists(Path.Combine(folder, "business-hours-vectors.csv")))
        {
            Assert.Skip("The data set business-hours-vectors.csv is not beside the checkout (../shared/data).");
            return;
        }

        var ended = await Run("check", Path.Combine(folder, "business-hours-vectors.csv"));
        ended.Out.TrimEnd().ShouldBe("60 agree, 0 differ");
    }

    private async Task<Finished> Check(params string[] rows)
    {
        var path = Path.Combine(Path.GetTempPath(), $"questions-{Guid.CreateVersion7():N}.csv");
        try
        {
            await File.WriteAllTextAsync(path, Header + "\r\n" + string.Concat(rows.Select(row => row + "\r\n")));
            return await Run("check", path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private Task<Finished> Run(params string[] arguments) => installation.Run(["calendar", .. arguments]);

    private static JsonElement Json(Finished ended)
    {
        ended.Errors.ShouldBeEmpty();
        return JsonDocument.Parse(ended.Out).RootElement;
    }
}
