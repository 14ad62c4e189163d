using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Playbooks;

namespace Cairn.Domain.Playbooks;

/// <summary>Days and times: everything falls within its phase, nothing runs backwards, no agenda is longer than its meeting.</summary>
internal static class LintDays
{
    private const int MinutesOfHour = 60;

    public static void Check(Playbook playbook, PlaybookFaults faults)
    {
        foreach (var phase in playbook.Phases)
        {
            var isSound = CheckSpan(phase.Node.At("days"), phase.Days, faults);
            foreach (var item in phase.Items)
            {
                // Nothing lies within days that run backwards, so that is told once.
                CheckItem(item, isSound ? phase : phase with { Days = new DaySpan(1, null) }, faults);
            }

            if (isSound && phase.Cutover is { } cutover && !phase.Days.Holds(cutover.Day))
            {
                Outside(cutover.Node.At("day"), "The cutover", new DaySpan(cutover.Day, cutover.Day), phase, faults);
            }
        }
    }

    private static void CheckItem(PlaybookItem item, PlaybookPhase phase, PlaybookFaults faults)
    {
        var at = item.Node.Find("days") ?? item.Node.At("day");
        if (item.Node.Find("day") is not null && item.Node.Find("days") is not null)
        {
            faults.Add(at, "one-of-two", $"'{item.Id}' has a day and days.", "Keep one of the two.");
        }
        else if (item.Days is not { } days)
        {
            CheckHasDay(item, faults);
        }
        else if (CheckSpan(at, days, faults) && !(phase.Days.Holds(days.First) && phase.Days.Holds(days.Last ?? days.First)))
        {
            Outside(at, $"'{item.Id}'", days, phase, faults);
        }

        CheckClock(item, faults);
        if (item.Meeting is { Agenda: var agenda } && item.Time is { } time && agenda.Sum(section => section.Minutes ?? 0) is var minutes && minutes > time.TotalMinutes)
        {
            faults.Add(item.Node.At("agenda"), "agenda-too-long", $"The agenda of '{item.Id}' takes {minutes} minutes and the meeting {(int)time.TotalMinutes}.", $"Shorten the sections, or make the meeting {Hours(minutes)} long.");
        }
    }

    private static void CheckHasDay(PlaybookItem item, PlaybookFaults faults)
    {
        // A member that is there and cannot be read has its own fault already; a required one, too.
        var isTold = item.Node.Find("day") is not null || item.Node.Find("days") is not null || item.Kind is ItemKinds.Milestone or ItemKinds.Deliverable or ItemKinds.HandOff;
        if (!isTold)
        {
            faults.Add(item.Node, "day-missing", $"'{item.Id}' has no day.", $"Write day: 3{(item.Kind == ItemKinds.Task ? ", or days: 1-3" : ", or every: day for one that repeats")}.");
        }
    }

    private static void CheckClock(PlaybookItem item, PlaybookFaults faults)
    {
        var isOneDay = item.Days is not { } days || days.First == days.Last || item.Every is not null;
        if (item.At is not null && !isOneDay)
        {
            faults.Add(item.Node.At("at"), "time-without-day", $"'{item.Id}' has a time of day and several days.", "Give it one day, or take the time out.");
        }
        else if (item.At is null && item.Time is not null && item.Kind == ItemKinds.Task)
        {
            faults.Add(item.Node.At("time"), "time-without-day", $"'{item.Id}' says how long it takes at its time and has no time.", "Add at: \"14:00\", or say the work in it as effort.");
        }

        if (item.Every is null && item.Kind == ItemKinds.Meeting && !isOneDay)
        {
            faults.Add(item.Node.At("days"), "repeats-unsaid", $"The meeting '{item.Id}' has several days and does not say how it repeats.", "Add every: day, week or a weekday; or give it one day.");
        }
    }

    private static bool CheckSpan(FileNode at, DaySpan days, PlaybookFaults faults)
    {
        if (days.Last is { } last && last < days.First)
        {
            faults.Add(at, "days-backwards", $"Days {days.First} to {last} run backwards.", $"Write {last}-{days.First}.");
            return false;
        }

        if (Math.Max(days.First, days.Last ?? 0) <= PlaybookLimits.LastDay)
        {
            return true;
        }

        faults.Add(at, "value-form", $"Day {Math.Max(days.First, days.Last ?? 0)} is too far away.", $"The last day there is is {PlaybookLimits.LastDay}.");
        return false;
    }

    private static void Outside(FileNode at, string what, DaySpan days, PlaybookPhase phase, PlaybookFaults faults) =>
        faults.Add(at, "day-outside-phase", $"{what} is on day {days}, and the phase '{phase.Id}' has days {phase.Days}.", "Move it into the phase, move it to another phase, or change the phase's days.");

    private static string Hours(int minutes) => minutes % MinutesOfHour == 0 ? $"{minutes / MinutesOfHour}h" : $"{minutes}m";
}
