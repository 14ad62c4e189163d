using System.CommandLine;
using System.Globalization;
using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Calendars;
using CsvHelper;
using NodaTime;
using NodaTime.Text;

namespace Cairn.Server.CommandLine;

/// <summary>
/// <c>cairn calendar check</c>: answers a file of questions and compares. Exit codes: 0 all agree, 1 some differ, 2 the
/// file or some of its rows cannot be read, and then nothing is compared.
/// </summary>
internal static class CalendarCheckCommand
{
    private const string Help = """
        Answer a file of questions and compare with the answers in it.

        Each row describes a calendar by its zone, the hours from start to end, the workdays (digits, 1 is Monday, 7 Sunday)
        and the closed days (holidays, dates with semicolons between), and asks two questions: how many business minutes lie
        between open_utc and close_utc, and when it is due_after_minutes after open_utc. The columns, in any order:
        id,zone,start,end,workdays,holidays,open_utc,close_utc,business_minutes,due_after_minutes,due_utc

        Example:
          cairn calendar check questions.csv

        The last line is "N agree, N differ". Exit codes: 0 all agree, 1 some differ, 2 the file cannot be read.
        """;

    public static Command Create(CommandContext context)
    {
        var file = new Argument<string>("FILE") { Description = "A CSV file with a header" };
        var command = new Command("check", Help) { file };
        command.SetAction((parsed, stop) => context.Guard(parsed, (output, _) => Task.FromResult(Run(parsed.GetValue(file)!, output)), stop));
        return command;
    }

    private static int Run(string path, Output output)
    {
        var faults = new InputFaults();
        var questions = Read(path, faults);
        if (faults.Any)
        {
            output.Refuse(CalendarProblems.QuestionsUnusable(faults));
            return CommandContext.Usage;
        }

        var differences = questions.SelectMany(question => question.Differences()).ToList();
        var differ = differences.Select(difference => difference.Line).Distinct().Count();
        output.Result(new { agree = questions.Count - differ, differ, differences }, _ =>
        {
            foreach (var difference in differences)
            {
                Console.Out.WriteLine($"line {difference.Line}, id {difference.Id}: {difference.Question}: expected {difference.Expected}, got {difference.Got}");
            }

            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{questions.Count - differ} agree, {differ} differ"));
        });
        return differ > 0 ? CommandContext.Failed : CommandContext.Done;
    }

    private static List<CalendarQuestion> Read(string path, InputFaults faults)
    {
        var questions = new List<CalendarQuestion>();
        try
        {
            using var csv = CsvReader.FromFile(path, new CsvReaderOptions { TrackLineNumbers = true });
            csv.ReadHeader();
            var headers = csv.Headers.Select(header => header.Trim()).ToList();
            var missing = CalendarQuestion.Columns.Except(headers).ToList();
            if (missing.Count > 0)
            {
                faults.Add("line 1", "questions-unusable", $"these columns are missing: {string.Join(", ", missing)}.");
                return questions;
            }

            var calendars = new Dictionary<string, Outcome<BusinessCalendar>>(StringComparer.Ordinal);
            while (csv.Read())
            {
                var line = (int)csv.LineNumber;
                string? Cell(string name) => headers.IndexOf(name) is var at && at < csv.FieldCount ? csv.GetString(at).Trim() : null;
                if (CalendarQuestion.Read(line, Cell, calendars, faults) is { } question)
                {
                    questions.Add(question);
                }
            }
        }
        catch (Exception e) when (e is CsvFormatException or IOException or UnauthorizedAccessException)
        {
            faults.Add("file", "questions-unusable", $"{path} cannot be read: {e.Message}");
        }

        return questions;
    }
}

/// <summary>A row of a file of questions.</summary>
internal sealed record CalendarQuestion
{
    public static IReadOnlyList<string> Columns { get; } =
        ["id", "zone", "start", "end", "workdays", "holidays", "open_utc", "close_utc", "business_minutes", "due_after_minutes", "due_utc"];

    private static readonly InstantPattern Minutes = InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm'Z'");

    public required int Line { get; init; }

    public required string Id { get; init; }

    public required BusinessCalendar Calendar { get; init; }

    public required Instant From { get; init; }

    public required Instant Until { get; init; }

    public required decimal BusinessMinutes { get; init; }

    public required decimal DueAfterMinutes { get; init; }

    public required Instant Due { get; init; }

    /// <summary>Reads a row; <see langword="null"/> after a fault. Rows that describe the same calendar share it.</summary>
    public static CalendarQuestion? Read(int line, Func<string, string?> cell, Dictionary<string, Outcome<BusinessCalendar>> calendars, InputFaults faults)
    {
        var row = new Row(line, cell, faults);
        var described = string.Join('\n', Columns.Skip(1).Take(5).Select(name => cell(name)));
        if (!calendars.TryGetValue(described, out var calendar))
        {
            calendars[described] = calendar = row.Calendar();
        }

        if (!calendar.IsOk)
        {
            faults.Add($"line {line}", calendar.Problem.Code, calendar.Problem.Detail);
        }

        var (from, until, due) = (row.Moment("open_utc"), row.Moment("close_utc"), row.Moment("due_utc"));
        var (business, after) = (row.Number("business_minutes"), row.Number("due_after_minutes"));
        return !calendar.IsOk || row.IsFaulty ? null : new CalendarQuestion
        {
            Line = line,
            Id = cell("id") ?? "",
            Calendar = calendar.Value,
            From = from,
            Until = until,
            BusinessMinutes = business,
            DueAfterMinutes = after,
            Due = due,
        };
    }

    /// <summary>Where the calendar answers otherwise than the row.</summary>
    public IEnumerable<CalendarDifference> Differences()
    {
        var between = Calendar.Between(From, Until);
        var minutes = between.IsOk ? (decimal?)between.Value.ToInt64Nanoseconds() / NodaConstants.NanosecondsPerMinute : null;
        if (minutes != BusinessMinutes)
        {
            yield return new CalendarDifference(Line, Id, "business_minutes", Write(BusinessMinutes), minutes is { } got ? Write(got) : between.Problem!.Code);
        }

        var due = Calendar.Add(From, Duration.FromNanoseconds((long)(DueAfterMinutes * NodaConstants.NanosecondsPerMinute)));
        if (!due.IsOk || due.Value != Due)
        {
            yield return new CalendarDifference(Line, Id, "due_utc", Write(Due), due.IsOk ? Write(due.Value) : due.Problem.Code);
        }
    }

    private static string Write(decimal minutes) => minutes.ToString("0.#########", CultureInfo.InvariantCulture);

    private static string Write(Instant at) => at.ToUnixTimeTicks() % NodaConstants.TicksPerMinute == 0 ? Minutes.Format(at) : InstantPattern.ExtendedIso.Format(at);

    /// <summary>Reads the cells of one row and notes every fault.</summary>
    private sealed class Row(int line, Func<string, string?> cell, InputFaults faults)
    {
        /// <summary>More minutes than this lie outside of every calendar.</summary>
        private const decimal MostMinutes = 100_000_000;

        public bool IsFaulty { get; private set; }

        public Outcome<BusinessCalendar> Calendar()
        {
            var (from, until) = (OpeningInterval.Read(cell("start") ?? ""), OpeningInterval.Read(cell("end") ?? ""));
            var workdays = cell("workdays") ?? "";
            var closed = (cell("holidays") ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().Select(text => (text, LocalDatePattern.Iso.Parse(text))).ToList();
            var wrong = from is null || until is null || from >= until ? "start and end are times like 09:00, from 00:00 to 24:00, in order"
                : workdays.Length == 0 || workdays.Any(digit => digit is < '1' or > '7') ? "workdays are digits from 1 (Monday) to 7 (Sunday)"
                : closed.Find(day => !day.Item2.Success).text is { } text ? $"'{InputFaults.Shorten(text)}' in holidays is no date like 2026-12-24"
                : null;
            if (wrong is not null)
            {
                return CalendarProblems.QuestionUnusable(wrong + ".");
            }

            IReadOnlyList<OpeningInterval> hours = [new OpeningInterval(from!.Value, until!.Value)];
            return BusinessCalendar.Create(
            [
                new CalendarVersion
                {
                    TimeZone = cell("zone") ?? "",
                    Week = [.. Enumerable.Range(1, 7).Select(day => workdays.Contains((char)('0' + day)) ? hours : [])],
                    ClosedDays = [.. closed.Select(day => new ClosedDay(day.Item2.Value, "closed"))],
                },
            ]);
        }

        public Instant Moment(string column)
        {
            var text = cell(column) ?? "";
            if (Minutes.Parse(text) is { Success: true } read)
            {
                return read.Value;
            }

            if (Rfc3339.Parse(text) is { } instant)
            {
                return instant;
            }

            Fault(column, $"'{InputFaults.Shorten(text)}' is no time like 2025-07-05T15:56Z.");
            return default;
        }

        public decimal Number(string column)
        {
            var text = cell(column) ?? "";
            if (decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) <= MostMinutes)
            {
                return number;
            }

            Fault(column, $"'{InputFaults.Shorten(text)}' is no number of minutes.");
            return 0;
        }

        private void Fault(string column, string detail)
        {
            IsFaulty = true;
            faults.Add($"line {line}, {column}", "questions-unusable", detail);
        }
    }
}

/// <summary>A row on which the calendar and the file disagree.</summary>
internal sealed record CalendarDifference(int Line, string Id, string Question, string Expected, string Got);
