using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Playbooks;
using NodaTime;

namespace Cairn.Domain.Plans;

/// <summary>What somebody writes about an item, unchecked. Dates are not among it: they change by reflows alone.</summary>
public sealed record PlanItemDraft
{
    /// <summary>1 to 200 characters; required.</summary>
    public string? Title { get; init; }

    /// <summary>Markdown.</summary>
    public string? Details { get; init; }

    /// <summary>One of <see cref="PlanWords.ItemStates"/>.</summary>
    public string? State { get; init; }

    /// <summary>0 to 100.</summary>
    public int? PercentDone { get; init; }

    /// <summary>One of <see cref="JobRoles"/> or of <see cref="PortalRoles"/>.</summary>
    public string? Role { get; init; }

    /// <summary>The id of a member of the staff.</summary>
    public string? Owner { get; init; }

    /// <summary>One of <see cref="PlanWords.Audiences"/>.</summary>
    public string? Audience { get; init; }

    /// <summary>Hours of work.</summary>
    public decimal? EffortHours { get; init; }

    /// <summary>Entries of the item's checklist that are ticked or not, by their id.</summary>
    public IReadOnlyDictionary<string, bool> Checklist { get; init; } = new Dictionary<string, bool>();

    /// <summary>What stands in an item now.</summary>
    public static PlanItemDraft Of(PlanItem item) => new()
    {
        Title = item.Title,
        Details = item.Details,
        State = PlanWords.Of(item.State),
        PercentDone = item.PercentDone,
        Role = item.Role,
        Owner = item.Owner?.ToString(),
        Audience = item.Audience,
        EffortHours = item.EffortHours,
    };
}

/// <summary>Who changes an item, and when.</summary>
/// <param name="Name">How people call them.</param>
/// <param name="At">Now.</param>
/// <param name="Today">Today in the customer's zone.</param>
public readonly record struct PlanEditor(string Name, Instant At, LocalDate Today);

/// <summary>What an item takes, and what follows from its state. Every fault is found, not only the first.</summary>
public static class PlanItemEdit
{
    private const int Whole = 100;

    /// <summary>Lays a draft over an item. That the owner exists is for the caller to find out.</summary>
    /// <param name="item">The item as it is.</param>
    /// <param name="draft">What it is to be.</param>
    /// <param name="saysPercent">Whether the draft names a percentage, which then decides the state as much as the state decides it.</param>
    /// <param name="by">Who changes it.</param>
    /// <param name="faults">What reading the input found already.</param>
    public static Outcome<PlanItem> Change(PlanItem item, PlanItemDraft draft, bool saysPercent, PlanEditor by, InputFaults faults)
    {
        var written = Written(item, draft, faults);
        var state = draft.State is null ? item.State : faults.OneOf("/state", draft.State, PlanWords.ItemStates, "plan-item-state-unknown") is { } word ? PlanWords.ItemStateOf(word) : item.State;
        if (draft.State is null)
        {
            faults.Add("/state", InputFaults.MemberMissing, $"'state' is one of {string.Join(", ", PlanWords.ItemStates)}.");
        }

        var percent = draft.PercentDone ?? 0;
        if (percent is < 0 or > Whole)
        {
            faults.Add("/percentDone", "number-out-of-range", "'percentDone' takes a whole number from 0 to 100.");
        }

        var checklist = Ticked(item, draft.Checklist, by, faults);
        if (faults.Any)
        {
            return faults.ToProblem();
        }

        return Progressed(written with { Checklist = checklist }, state, saysPercent ? percent : null, by.Today);
    }

    private static PlanItem Written(PlanItem item, PlanItemDraft draft, InputFaults faults)
    {
        var (role, isCustomers) = Role(draft.Role, item, faults);
        return item with
        {
            Title = faults.Required("/title", draft.Title, PlanLimits.TitleLength),
            Details = faults.Paragraphs("/details", draft.Details, PlanLimits.DetailsLength),
            Role = role,
            IsCustomers = isCustomers,
            Owner = Owner(draft.Owner, faults),
            Audience = faults.OneOf("/audience", draft.Audience, PlanWords.Audiences, "audience-unknown") ?? PlanWords.Internal,
            EffortHours = Effort(draft.EffortHours, faults),
        };
    }

    /// <summary>A role of ours unless only the customer has one of that name.</summary>
    internal static (string? Role, bool IsCustomers) Role(string? given, PlanItem? standing, InputFaults faults)
    {
        if (given is null || given == standing?.Role)
        {
            return (given, given is not null && standing is { IsCustomers: true });
        }

        var isOurs = JobRoles.Exists(given);
        if (!isOurs && !PortalRoles.Exists(given))
        {
            faults.Add("/role", "job-role-unknown", $"'{InputFaults.Shorten(given)}' is no role. Ours are {string.Join(", ", JobRoles.All)}; the customer's are {string.Join(", ", PortalRoles.All)}.");
        }

        return (given, !isOurs);
    }

    internal static PersonId? Owner(string? given, InputFaults faults)
    {
        if (given is null)
        {
            return null;
        }

        if (TypedId.TryParse<PersonId>(given, out var person))
        {
            return person;
        }

        faults.Add("/owner", "person-unknown", "No member of the staff has that id, or they left.");
        return null;
    }

    internal static decimal? Effort(decimal? given, InputFaults faults)
    {
        if (given is < 0 or > PlanLimits.MostEffort || (given is { } hours && decimal.Round(hours, 2) != hours))
        {
            faults.Add("/effortHours", "hours-unusable", $"'effortHours' takes 0 to {PlanLimits.MostEffort:0} hours with at most two decimals.");
        }

        return given;
    }

    private static IReadOnlyList<ChecklistEntry> Ticked(PlanItem item, IReadOnlyDictionary<string, bool> ticks, PlanEditor by, InputFaults faults)
    {
        foreach (var id in ticks.Keys.Where(id => item.Checklist.All(entry => entry.Id != id)))
        {
            faults.Add("/checklist", "checklist-entry-unknown", $"The item's checklist has no entry '{InputFaults.Shorten(id)}'.");
        }

        return ticks.Count == 0 ? item.Checklist : [.. item.Checklist.Select(entry => ticks.TryGetValue(entry.Id, out var isDone) ? Tick(entry, isDone, by) : entry)];
    }

    /// <summary>An entry ticked or not, with who and when; one that is so already keeps who it was.</summary>
    public static ChecklistEntry Tick(ChecklistEntry entry, bool isDone, PlanEditor by) =>
        entry.IsDone == isDone ? entry : entry with { IsDone = isDone, By = isDone ? by.Name : null, At = isDone ? by.At : null };

    /// <summary>
    /// State and share done hang together: done is 100 %, 100 % is done, and something between is in progress. Where both
    /// are given and disagree, the state wins.
    /// </summary>
    private static PlanItem Progressed(PlanItem item, PlanItemState state, int? percent, LocalDate today)
    {
        var isStateChanged = state != item.State;
        if (!isStateChanged && percent is { } given && item.IsLive)
        {
            state = given == Whole ? PlanItemState.Done : given > 0 ? PlanItemState.InProgress : state;
        }
        else if (!isStateChanged && percent is < Whole && item.State == PlanItemState.Done)
        {
            state = percent > 0 ? PlanItemState.InProgress : PlanItemState.Open;
        }

        var kept = Math.Min(percent ?? (item.State == PlanItemState.Done ? 0 : item.PercentDone), Whole - 1);
        return item with
        {
            State = state,
            PercentDone = state switch
            {
                PlanItemState.Done => Whole,
                PlanItemState.Open => isStateChanged ? 0 : kept,
                PlanItemState.InProgress => kept,
                PlanItemState.Cancelled => item.State == PlanItemState.Done ? item.PercentDone : kept,
            },
            DoneOn = state == PlanItemState.Done ? item.DoneOn ?? today : null,
        };
    }
}

/// <summary>What somebody writes about a new item, unchecked.</summary>
public sealed record AddedItemDraft
{
    /// <summary>One of <see cref="PlanWords.AddedKinds"/>; required.</summary>
    public string? Kind { get; init; }

    /// <summary>The key of a phase of the plan; required.</summary>
    public string? Phase { get; init; }

    /// <summary>The first day; <see langword="null"/> for an item without dates.</summary>
    public LocalDate? Start { get; init; }

    /// <summary>The last day.</summary>
    public LocalDate? Finish { get; init; }

    /// <summary>How many business days, instead of the last day.</summary>
    public int? WorkingDays { get; init; }

    /// <summary>What it follows.</summary>
    public IReadOnlyList<PlanDependency> After { get; init; } = [];

    /// <summary>Everything else about it.</summary>
    public PlanItemDraft Details { get; init; } = new();
}

/// <summary>Adds an item by hand: on the day that was asked for, or the first one that what it follows allows.</summary>
public static class PlanAddition
{
    /// <summary>Checks the draft and puts the item on its days. Nothing follows it yet, so nothing else moves.</summary>
    public static Outcome<PlanItem> Add(Plan plan, AddedItemDraft draft, PlanItemId id, BusinessDayIndex index, InputFaults faults)
    {
        if (plan.Items.Count >= PlanLimits.MostItems)
        {
            return PlansProblems.TooManyItems;
        }

        var (role, isCustomers) = PlanItemEdit.Role(draft.Details.Role, null, faults);
        var item = new PlanItem
        {
            Id = id,
            Key = "added-" + Crockford.Encode(id.Value),
            Kind = Kind(draft.Kind, faults),
            Phase = Phase(plan, draft.Phase, faults),
            Title = faults.Required("/title", draft.Details.Title, PlanLimits.TitleLength),
            Details = faults.Paragraphs("/details", draft.Details.Details, PlanLimits.DetailsLength),
            Role = role,
            IsCustomers = isCustomers,
            Owner = PlanItemEdit.Owner(draft.Details.Owner, faults),
            Audience = faults.OneOf("/audience", draft.Details.Audience, PlanWords.Audiences, "audience-unknown") ?? (isCustomers ? PlanWords.Customer : PlanWords.Internal),
            EffortHours = PlanItemEdit.Effort(draft.Details.EffortHours, faults),
            After = draft.After,
        };
        var workingDays = Days(plan, draft, item, index, faults);
        return faults.Any ? faults.ToProblem() : Placed(plan, item with { WorkingDays = workingDays, Start = draft.Start }, index);
    }

    private static string Kind(string? given, InputFaults faults)
    {
        if (given is null)
        {
            faults.Add("/kind", InputFaults.MemberMissing, $"'kind' is required: one of {string.Join(", ", PlanWords.AddedKinds)}.");
        }

        return faults.OneOf("/kind", given, PlanWords.AddedKinds, "plan-item-kind-unknown") ?? ItemKinds.Task;
    }

    private static string Phase(Plan plan, string? given, InputFaults faults)
    {
        var keys = plan.Phases.Select(phase => phase.Key).ToList();
        if (given is null)
        {
            faults.Add("/phase", InputFaults.MemberMissing, $"'phase' is required: one of {string.Join(", ", keys)}.");
        }

        return faults.OneOf("/phase", given, keys, "plan-phase-unknown") ?? "";
    }

    private static int Days(Plan plan, AddedItemDraft draft, PlanItem item, BusinessDayIndex index, InputFaults faults)
    {
        foreach (var (name, day) in new[] { ("/start", draft.Start), ("/finish", draft.Finish) })
        {
            if (day is { } given && !ReflowRules.IsNear(plan, given))
            {
                ReflowRules.Far(plan, name, faults);
            }
        }

        if (draft.Finish is { } finish && (draft.Start is not { } start || finish < start))
        {
            faults.Add("/finish", "date-order", "'finish' takes a 'start', and is not before it.");
            return 1;
        }

        if (item.Kind == ItemKinds.Milestone)
        {
            return 0;
        }

        if (draft.WorkingDays is < 1 or > PlanLimits.LongestItem)
        {
            faults.Add("/workingDays", "working-days-unusable", $"An item takes 1 to {PlanLimits.LongestItem} working days.");
        }

        return draft.WorkingDays ?? (draft is { Start: { } from, Finish: { } until } && !faults.Any ? Math.Max(1, index.Count(from, until)) : 1);
    }

    private static Outcome<PlanItem> Placed(Plan plan, PlanItem item, BusinessDayIndex index)
    {
        if (item.Start is not { } asked)
        {
            return item;
        }

        item = item with { Finish = asked };
        var network = PlanNetwork.Of([.. plan.Items, item], plan.Phases);
        var times = PlanSchedule.Times(network, one => NodeTime.Of(one, index, isHeld: one.Id != item.Id));
        ForwardPass.Run(network, times);
        var node = Array.FindIndex(network.Items, one => one.Id == item.Id);
        var to = new DateSpan(index.DateOf(times[node].First), index.DateOf(times[node].Last));
        item = item with { Start = to.Start, Finish = to.Finish, BaselineStart = to.Start, BaselineFinish = to.Finish };
        return item with { Why = [new DerivationStep($"Added for {PlanDates.Say(asked)}."), .. new ReflowReasons(network, times, index).OfMove(node, asked, to)] };
    }
}
