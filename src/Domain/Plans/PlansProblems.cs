using Cairn.Domain.Foundation;

namespace Cairn.Domain.Plans;

/// <summary>Everything that Plans refuses beside faulty input, in the order in which it is checked.</summary>
public static class PlansProblems
{
    /// <summary>No plan of the customer has that id.</summary>
    public static Problem PlanNotFound { get; } = new(
        ProblemKind.NotFound, "plan-not-found", "This customer has no such plan. GET …/plans lists them.");

    /// <summary>No item of the plan has that id.</summary>
    public static Problem ItemNotFound { get; } = new(
        ProblemKind.NotFound, "plan-item-not-found", "The plan has no such item. GET the plan: 'items' lists them with their ids.");

    /// <summary>No reflow of the plan has that id.</summary>
    public static Problem ReflowNotFound { get; } = new(
        ProblemKind.NotFound, "reflow-not-found", "The plan has no such reflow. GET …/reflows lists them.");

    /// <summary>No time entry of the plan has that id, or it was taken back.</summary>
    public static Problem TimeEntryNotFound { get; } = new(
        ProblemKind.NotFound, "time-entry-not-found", "The plan has no such time entry. GET …/time-entries lists them.");

    /// <summary>No checklist of the plan has that id, or no entry of it that number.</summary>
    public static Problem ChecklistNotFound { get; } = new(
        ProblemKind.NotFound, "checklist-entry-not-found", "The plan has no such checklist, or no such entry on it. GET …/checklists lists them.");

    /// <summary>A change of a plan that is over.</summary>
    public static Problem PlanClosed { get; } = new(
        ProblemKind.Conflict, "plan-closed", "The plan is closed and takes no changes. Set its state to active first.");

    /// <summary>More plans than a customer takes.</summary>
    public static Problem TooManyPlans { get; } = new(
        ProblemKind.Conflict, "too-many-plans", $"A customer takes at most {PlanLimits.MostPlans} plans.");

    /// <summary>More items than a plan takes.</summary>
    public static Problem TooManyItems { get; } = new(
        ProblemKind.Conflict, "too-many-plan-items", $"A plan takes at most {PlanLimits.MostItems} items.");

    /// <summary>More time entries than a plan takes.</summary>
    public static Problem TooManyTimeEntries { get; } = new(
        ProblemKind.Conflict, "too-many-time-entries", $"A plan takes at most {PlanLimits.MostTimeEntries} time entries.");

    /// <summary>A playbook whose items wait for one another in a circle.</summary>
    public static Problem PlaybookHasCycle { get; } = new(
        ProblemKind.Unacceptable, "playbook-has-cycle", "Items of the playbook wait for one another in a circle, so they cannot be planned. Lint the playbook: it names them.");

    /// <summary>A reflow that somebody has to decide about.</summary>
    public static Problem ReflowHasConflicts(IReadOnlyList<object> conflicts) => new(
        ProblemKind.Conflict, "reflow-has-conflicts", $"{conflicts.Count} conflicts; nothing was changed. Mend them, or send 'acceptConflicts': true with the same changes, unless one is a circle or an end before its beginning.")
    {
        Extensions = new Dictionary<string, object?> { ["conflicts"] = conflicts },
    };

    /// <summary>A reflow that changes nothing.</summary>
    public static Problem ReflowChangesNothing { get; } = new(
        ProblemKind.Conflict, "reflow-changes-nothing", "The plan is like that already, so there is nothing to record.");

    /// <summary>A reflow that was taken back before.</summary>
    public static Problem ReflowUndone { get; } = new(
        ProblemKind.Conflict, "reflow-undone", "This reflow was undone already, or is itself the undoing of one.");

    /// <summary>A reflow after which there was another.</summary>
    public static Problem ReflowNotNewest { get; } = new(
        ProblemKind.Conflict, "reflow-not-newest", "There was a later reflow, which would lose its ground. Undo that one first.");

    /// <summary>A reflow whose items were changed or done since.</summary>
    public static Problem ReflowOvertaken(IReadOnlyList<string> titles) => new(
        ProblemKind.Conflict, "reflow-overtaken", titles.Count == 0
            ? "The plan's start was changed since, so the reflow cannot be undone exactly."
            : $"Changed or done since, so the reflow cannot be undone exactly: {string.Join(", ", titles.Take(5).Select(title => $"'{title}'"))}{(titles.Count > 5 ? " and others" : "")}.");
}
