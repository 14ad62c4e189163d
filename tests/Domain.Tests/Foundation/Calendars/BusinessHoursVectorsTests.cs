using System.Globalization;
using Cairn.Domain.Foundation.Calendars;
using Cairn.Testing;
using NodaTime;
using NodaTime.Text;

namespace Cairn.Domain.Tests.Foundation.Calendars;

/// <summary>Business minutes and due times that others computed minute by minute, over zones, holidays and edges of summer time.</summary>
public sealed class BusinessHoursVectorsTests
{
    private const string FileName = "business-hours-vectors.csv";

    private static readonly InstantPattern Minutes = InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm'Z'");

    [Fact]
    public void All_vectors_agree()
    {
        if (Repository.SharedData is not { } folder || !File.Exists(Path.Combine(folder, FileName)))
        {
            Assert.Skip($"The data set {FileName} is not beside the checkout (../shared/data).");
            return;
        }

        var rows = File.ReadLines(Path.Combine(folder, FileName)).Skip(1).Select(line => line.Split(',')).ToList();
        rows.Count.ShouldBeGreaterThanOrEqualTo(60);
        foreach (var row in rows)
        {
            var calendar = Of(row);
            var (from, until) = (At(row[6]), At(row[7]));
            calendar.Between(from, until).Value.ShouldBe(Duration.FromMinutes(Number(row[8])), $"business minutes of row {row[0]}");
            var due = calendar.Add(from, Duration.FromMinutes(Number(row[9]))).Value;
            due.ShouldBe(At(row[10]), $"due time of row {row[0]}");
            calendar.Lines(from, due).Aggregate(Duration.Zero, (sum, line) => sum + line.Counted).ShouldBe(Duration.FromMinutes(Number(row[9])), $"explanation of row {row[0]}");
        }
    }

    private static BusinessCalendar Of(string[] row)
    {
        IReadOnlyList<OpeningInterval> hours = [new(OpeningInterval.Read(row[2])!.Value, OpeningInterval.Read(row[3])!.Value)];
        return BusinessCalendar.Create(
        [
            new CalendarVersion
            {
                TimeZone = row[1],
                Week = [.. Enumerable.Range(1, 7).Select(day => row[4].Contains((char)('0' + day)) ? hours : [])],
                ClosedDays = [.. row[5].Split(';', StringSplitOptions.RemoveEmptyEntries).Select(day => new ClosedDay(Calendars.Day(day), "closed"))],
            },
        ]).Value;
    }

    private static Instant At(string text) => Minutes.Parse(text).GetValueOrThrow();

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
