using System.Globalization;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest.Import;
using Spectre.Console;

namespace Cairn.Server.Ingest.Import;

/// <summary>Says to a person what an import did: first in one paragraph, then in tables, then what to do next.</summary>
internal sealed class ImportPrinter
{
    private const int Unlimited = 10_000;
    private const int WidthOfFiles = 120;
    private const int FaultsShown = 20;
    private const int PlacesShown = 3;

    private readonly IAnsiConsole console;

    private ImportPrinter(IAnsiConsole console) => this.console = console;

    /// <summary>A printer onto a writer: with colours and its width where that is a terminal, plain and 120 characters wide elsewhere.</summary>
    public static ImportPrinter On(TextWriter writer)
    {
        var isTerminal = (ReferenceEquals(writer, Console.Out) && !Console.IsOutputRedirected) || (ReferenceEquals(writer, Console.Error) && !Console.IsErrorRedirected);
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
        });
        console.Profile.Width = isTerminal ? console.Profile.Width : WidthOfFiles;
        return new ImportPrinter(console);
    }

    public void Print(ImportReport report, string? listing)
    {
        Summary(report);
        if (report.Batch is null)
        {
            Events(report);
        }

        ControlSums(report);
        Reconciliation(report);
        Findings(report);
        Faults(report);
        Next(report, listing);
    }

    /// <summary>A refusal, with every fault on its own line.</summary>
    public void Print(Problem problem)
    {
        Line(problem.Detail);
        foreach (var fault in problem.Faults)
        {
            Line("  " + (fault.Pointer.Length > 0 && !fault.Detail.StartsWith(fault.Pointer, StringComparison.Ordinal) ? fault.Pointer + ": " : "") + fault.Detail);
        }
    }

    private void Summary(ImportReport report)
    {
        var speed = report.Seconds > 0 ? $", {Count((long)(report.Rows / report.Seconds))} rows a second" : "";
        Line(FormattableString.Invariant($"Read {Count(report.Rows)} rows of {Count(report.Files)} file{(report.Files == 1 ? "" : "s")} in {report.Seconds:0.0} s{speed}."));
        Line(report.Batch is null
            ? $"Dry run: nothing was written. {Count(report.Rows - report.Rejected)} rows would be recorded, {Count(report.Rejected)} would be rejected."
            : $"{Count(report.Accepted + report.Repeated)} rows are in the log: {Count(report.Accepted)} new, {Count(report.Repeated)} were there before. {Count(report.Rejected)} were rejected.");
        if (report.Flagged > 0)
        {
            Line($"{Count(report.Flagged)} rows have a flag or repeat an earlier row: they count like all others, and deserve a look.");
        }

        if (report.IgnoredColumns.Count > 0)
        {
            Line("Columns that the mapping does not name, and that are in no event: " + string.Join(", ", report.IgnoredColumns) + ".");
        }

        if (report.Stopped is { } stopped)
        {
            Line(stopped.Detail);
        }
    }

    private void Events(ImportReport report)
    {
        if (report.FirstEvents.Count == 0)
        {
            return;
        }

        Title($"The first {report.FirstEvents.Count} events as they would be recorded");
        foreach (var made in report.FirstEvents)
        {
            Line(ImportReportJson.EventLine(made));
        }
    }

    private void ControlSums(ImportReport report)
    {
        if (report.ControlSums.Count == 0)
        {
            return;
        }

        Title(report.Batch is null ? "Control sums of the rows that would be recorded" : "Control sums of the rows in the log");
        var monthly = report.Monthly.Count > 0 ? report.Monthly[0].Figures.Select(figure => figure.Name).ToHashSet() : [];
        var table = NewTable(["month", .. report.ControlSums.Select(figure => figure.Name.Replace('_', '\n'))], numbersFrom: 1);
        foreach (var month in report.Monthly)
        {
            var figures = month.Figures.ToDictionary(figure => figure.Name, figure => Number(figure.Value));
            Row(table, [month.Month, .. report.ControlSums.Select(figure => monthly.Contains(figure.Name) ? figures[figure.Name] : "")]);
        }

        Row(table, ["all", .. report.ControlSums.Select(figure => Number(figure.Value))]);
        WriteUnbroken(table);
    }

    private void Reconciliation(ImportReport report)
    {
        if (report.Unmeasured > 0)
        {
            Line($"{Count(report.Unmeasured)} rejected rows stand in no figure, because a value of theirs cannot be read.");
        }

        if (report.Differences.Count == 0)
        {
            if (report.ControlSums.Count > 0 && report.Unmeasured == 0)
            {
                Line(report.Batch is null ? "No row would be missing from these figures." : "The rows read and the rows in the log give the same figures.");
            }

            return;
        }

        Title("The rows read and the rows recorded differ");
        var table = NewTable(["control sum", "read", "recorded", "difference"], numbersFrom: 1);
        foreach (var one in report.Differences)
        {
            Row(table, [one.Name, Number(one.Read), Number(one.Recorded), Number(one.Missing)]);
        }

        WriteUnbroken(table);
    }

    private void Findings(ImportReport report)
    {
        var findings = report.Flags.Append(report.ExactRepeats).Where(finding => finding.Count > 0).ToList();
        if (findings.Count > 0)
        {
            Title("Flagged rows");
            var table = NewTable(["flag", "rows", "what it means", "first at"], numbersFrom: 1, numbersTo: 1);
            foreach (var finding in findings)
            {
                var places = finding.First.Take(PlacesShown).Select(note => $"{note.Place.File}:{note.Place.Row}" + (note.Value.Length > 0 ? $" ({note.Value})" : ""));
                Row(table, [finding.Name, Count(finding.Count), finding.Says ?? "", string.Join("\n", places)]);
            }

            console.Write(table);
        }

        if (report.Blanks.Count > 0)
        {
            Line("Blank values: " + string.Join(", ", report.Blanks.Select(blank => $"{blank.Column} {Count(blank.Count)}")) + ".");
        }
    }

    private void Faults(ImportReport report)
    {
        if (report.Faults.Count == 0)
        {
            return;
        }

        Title("Rejected rows");
        Line(string.Join(", ", report.FaultCounts.Select(count => $"{count.Code} {Count(count.Count)}")) + ".");
        // In a dry run the faults are the point of it; otherwise a screenful will do.
        var shown = report.Batch is null ? report.Faults : [.. report.Faults.Take(FaultsShown)];
        foreach (var fault in shown)
        {
            var value = fault.Value is { Length: > 0 } text ? $" '{text}'" : "";
            var column = fault.Column is { } name ? $" {name}" : "";
            Line($"  {fault.Place.File}:{fault.Place.Row} (line {fault.Place.Line}){column}{value}: {fault.Detail}");
        }

        var more = report.FaultCounts.Sum(count => count.Count) - shown.Count;
        if (more > 0)
        {
            Line($"  and {Count(more)} more; --report FILE writes them all.");
        }
    }

    private void Next(ImportReport report, string? listing)
    {
        if (listing is not null)
        {
            Line($"Every flagged, repeated and rejected row is listed in {listing}.");
        }
        else if (report.Flagged > 0 || report.Rejected > 0)
        {
            Line("To list every flagged, repeated and rejected row, add --report FILE.");
        }

        if (report.Rejected > 0 && report.Batch is not null)
        {
            Line("Mend the rejected rows in their files and run the same command again: what is recorded is not repeated.");
        }
    }

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>An exact number with thousands set apart; no digit is dropped.</summary>
    private static string Number(ExactDecimal value)
    {
        var text = value.ToString();
        var point = text.IndexOf('.', StringComparison.Ordinal) is var at and >= 0 ? at : text.Length;
        for (var place = point - 3; place > (text[0] == '-' ? 1 : 0); place -= 3)
        {
            text = text.Insert(place, ",");
        }

        return text;
    }

    private static Table NewTable(IEnumerable<string> headers, int numbersFrom, int numbersTo = int.MaxValue)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var (header, at) in headers.Select((header, at) => (header, at)))
        {
            var column = new TableColumn(new Text(header));
            table.AddColumn(at >= numbersFrom && at <= numbersTo ? column.RightAligned().NoWrap() : column);
        }

        return table;
    }

    /// <summary>Cells are plain text: a value of a file is never read as markup.</summary>
    private static void Row(Table table, IEnumerable<string> cells) => table.AddRow(cells.Select(cell => new Text(cell)));

    private void Title(string text)
    {
        console.WriteLine();
        console.WriteLine(text, new Style(decoration: Decoration.Bold));
    }

    /// <summary>A number broken over two lines is a wrong number to a hasty reader, so a table of numbers takes the width it needs.</summary>
    private void WriteUnbroken(Table table)
    {
        var width = console.Profile.Width;
        console.Profile.Width = Unlimited;
        console.Write(table);
        console.Profile.Width = width;
    }

    /// <summary>A line as it is: the terminal wraps it, and what is copied from it or piped on stays whole.</summary>
    private void Line(string text) => console.Profile.Out.Writer.WriteLine(text);
}
