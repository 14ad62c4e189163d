using System.Diagnostics;
using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Playbooks;
using Cairn.Domain.Plans;
using NodaTime;

namespace Cairn.Bench;

/// <summary>
/// How long the preview of a reflow takes from the plan in memory to what a screen shows: moves with their reasons,
/// conflicts, forecasts and the critical path. The change slips the first task of the plan, so that everything moves.
/// </summary>
internal static class ReflowSpeed
{
    private const int Rounds = 30;

    private static readonly LocalDate Monday = new(2026, 3, 2);

    public static void Report()
    {
        Console.WriteLine(Within("1,000 tasks previewed, all of them moving (20 ms)", Milliseconds(1_000), 20));
        Console.WriteLine(Within("10,000 tasks previewed, all of them moving (250 ms)", Milliseconds(10_000), 250));
        Console.WriteLine();
    }

    private static string Within(string name, double value, double most) =>
        $"- {(value < most ? "met" : "MISSED")}: {name}: {Table.Number(value, 1)} ms";

    /// <summary>The median of some rounds, each with a calendar that knows no day yet, as a request has it.</summary>
    private static double Milliseconds(int tasks)
    {
        var plan = Some(tasks);
        var request = new ReflowRequest([new ReflowChange { Item = plan.Items[0].Id, Start = Monday.PlusDays(3) }]);
        var times = new List<double>();
        for (var round = 0; round < 2 * Rounds; round++)
        {
            var begin = Stopwatch.GetTimestamp();
            var result = Reflow.Run(plan, request, new BusinessDayIndex(new Weekdays(), Monday), Monday).Value;
            times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
            if (result.Moves.Count != tasks || result.Conflicts.Count > 0)
            {
                throw new InvalidOperationException($"{result.Moves.Count} of {tasks} tasks moved, so the figure would mean nothing.");
            }
        }

        // The first rounds are the compiler's.
        return times.Skip(Rounds).Order().ElementAt(Rounds / 2);
    }

    /// <summary>Ten phases; each task follows two before it, in one of the four ways, so that a slip of the first runs through to the last.</summary>
    private static Plan Some(int tasks)
    {
        var chance = new Random(7);
        var index = new BusinessDayIndex(new Weekdays(), Monday);
        const int phases = 10;
        var items = new List<PlanItem>(tasks);
        for (var at = 0; at < tasks; at++)
        {
            var before = Enumerable.Range(0, at == 0 ? 0 : 2)
                .Select(turn => new PlanDependency(Id(turn == 0 ? (at - 1) / 2 : chance.Next(Math.Max(0, at - 40), at)), turn == 0 ? DependencyKind.FinishToStart : (DependencyKind)chance.Next(4)))
                .DistinctBy(one => one.Item).ToList();
            items.Add(new PlanItem
            {
                Id = Id(at),
                Key = $"task-{at}",
                Kind = ItemKinds.Task,
                Phase = $"phase-{at * phases / tasks}",
                Title = $"Task {at}",
                Start = Monday,
                Finish = index.DateOf((at % 3)),
                WorkingDays = 1 + (at % 3),
                After = before,
                EffortHours = 4,
            });
        }

        var plan = new Plan
        {
            Id = new PlanId(Guid.Empty),
            Title = "Bench",
            Source = new PlanSource("bench", 1, "", "Bench"),
            Start = Monday,
            Phases = [.. Enumerable.Range(0, phases).Select(phase => new PlanPhase($"phase-{phase}", $"Phase {phase}", null, phase == 0 ? [] : [$"phase-{phase - 1}"], Monday, Monday))],
            Items = items,
            GoLive = Id(tasks - 1),
        };
        // As a plan is when it was made: everything where what comes before it puts it.
        return Reflow.Run(plan, new ReflowRequest([]), index, Monday).Value.Plan;
    }

    private static PlanItemId Id(int number) => new(new Guid(number + 1, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0));

    private sealed class Weekdays : IBusinessDays
    {
        public string? WhyClosed(LocalDate day) => day.DayOfWeek >= IsoDayOfWeek.Saturday ? day.DayOfWeek.ToString() : day is { Month: 12, Day: 25 } ? "Christmas Day" : null;
    }
}
