using Cairn.Domain.Foundation;
using Cairn.Domain.Plans;
using Cairn.Server.Platform;

namespace Cairn.Server.Plans.Reflows;

/// <summary>What was asked of a plan's dates, as read.</summary>
internal sealed record ReflowOrder(ReflowRequest Request, string? Reason, bool AcceptsConflicts);

/// <summary>Reads a reflow from JSON. Items are found in the plan, so it is read once the plan is there.</summary>
internal static class ReflowInput
{
    public static ReflowOrder Read(JsonInput input, PlanNames names, InputFaults faults)
    {
        var changes = JsonPart.List(input.Element("changes"), "/changes", faults);
        if (!input.Has("changes"))
        {
            faults.Add("/changes", InputFaults.MemberMissing, "'changes' is required: a list of changes, which may be empty.");
        }

        var order = new ReflowOrder(
            new ReflowRequest([.. changes.Select(change => Change(change, names, faults))], input.Flag("pull") ?? false),
            input.Text("reason"),
            input.Flag("acceptConflicts") ?? false);
        input.Finish();
        faults.AddRange(input.Faults);
        return order;
    }

    private static ReflowChange Change(JsonPart part, PlanNames names, InputFaults faults)
    {
        var planStart = part.Date("planStart");
        var item = part.Text("item");
        var change = new ReflowChange
        {
            Item = item is null && planStart is not null ? null : names.Find(item, part.Pointer + "/item", faults),
            Start = part.Date("start"),
            Finish = part.Date("finish"),
            WorkingDays = part.Whole("workingDays", 0, PlanLimits.LongestItem),
            Pinned = part.Flag("pinned"),
            AddDependency = part.Part("addDependency")?.Dependency(names),
            RemoveDependency = part.Part("removeDependency")?.Dependency(names),
            PlanStart = planStart,
        };
        part.Finish();
        return change;
    }
}
