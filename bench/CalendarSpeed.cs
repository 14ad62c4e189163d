using System.Diagnostics;
using Cairn.Domain.Foundation.Calendars;
using NodaTime;

namespace Cairn.Bench;

/// <summary>How many questions one core answers with a business calendar in a second.</summary>
internal static class CalendarSpeed
{
    private const double Target = 1_000_000;

    private const int Questions = 1 << 14;

    public static void Report(TimeSpan duration)
    {
        var calendar = Some();
        var chance = new Random(5);
        var begin = Instant.FromUtc(2020, 1, 1, 0, 0);
        var moments = Enumerable.Range(0, Questions).Select(_ => begin + Duration.FromMinutes(chance.Next(10 * 366 * 24 * 60))).ToArray();
        var times = Enumerable.Range(0, Questions).Select(_ => Duration.FromMinutes(chance.Next(1, 30 * 8 * 60))).ToArray();
        var hours = 0L;
        void Add(int at)
        {
            if (calendar.Add(moments[at], times[at]).Value <= moments[at])
            {
                throw new InvalidOperationException("Time went back, so the figure would mean nothing.");
            }
        }

        void Between(int at) => hours += (long)calendar.Between(moments[at], moments[at] + Duration.FromDays(at % 90)).Value.TotalHours;

        // Until the compiler has settled and the years are worked out.
        Rate(duration, Add);
        Rate(duration, Between);
        Console.WriteLine(Table.Target("business time added a second on a core, up to 30 days of eight hours, over ten years (1,000,000)", Rate(duration, Add), Target));
        Console.WriteLine(Table.Target("business time between two moments a second on a core, up to 90 days apart (1,000,000)", Rate(duration, Between), Target));
        if (hours <= 0)
        {
            throw new InvalidOperationException("No time was counted, so the figure would mean nothing.");
        }

        Console.WriteLine();
    }

    private static double Rate(TimeSpan duration, Action<int> ask)
    {
        var count = 0L;
        var (begin, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        while (Stopwatch.GetElapsedTime(begin) < duration)
        {
            for (var at = 0; at < Questions; at++)
            {
                ask(at);
            }

            count += Questions;
        }

        return count / (Environment.CpuUsage.TotalTime - used).TotalSeconds;
    }

    /// <summary>Two zones, a break at noon and a hundred closed days: what a large customer has.</summary>
    private static BusinessCalendar Some()
    {
        var closed = Enumerable.Range(0, 100).Select(at => new ClosedDay(new LocalDate(2020, 1, 6).PlusDays(at * 36), "closed")).ToList();
        var before = new CalendarVersion { TimeZone = "Europe/London", Week = WeekText.Parse("mon-fri 09:00-12:00,13:00-18:00").Value, ClosedDays = closed };
        var after = before with { ValidFrom = new LocalDate(2025, 4, 1), TimeZone = "America/New_York", Week = WeekText.Parse("mon-thu 08:00-12:00,12:30-18:00; fri 08:00-14:00; sat 10:00-12:00").Value };
        return BusinessCalendar.Create([before, after]).Value;
    }
}
