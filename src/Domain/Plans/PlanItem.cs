using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Playbooks;
using NodaTime;

namespace Cairn.Domain.Plans;

/// <summary>How far an item is.</summary>
public enum PlanItemState
{
    /// <summary>Not begun.</summary>
    Open,

    /// <summary>Begun. For a reflow it is as open as one that is not: what is left of it moves.</summary>
    InProgress,

    /// <summary>Done. It never moves again.</summary>
    Done,

    /// <summary>Not done and never to be. What followed it follows its predecessors instead.</summary>
    Cancelled,
}

/// <summary>One thing in a plan that is done, reached, held, delivered or handed over.</summary>
public sealed record PlanItem
{
    /// <summary>Which item.</summary>
    public required PlanItemId Id { get; init; }

    /// <summary>Its id in the playbook, or one made for an item that was added by hand; unique in the plan.</summary>
    public required string Key { get; init; }

    /// <summary>One of <see cref="ItemKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The key of its phase.</summary>
    public required string Phase { get; init; }

    /// <summary>The title, for people.</summary>
    public required string Title { get; init; }

    /// <summary>More about it, Markdown.</summary>
    public string? Details { get; init; }

    /// <summary>Who does it, as a role: one of <see cref="JobRoles"/>, or of <see cref="PortalRoles"/> when it is the customer's.</summary>
    public string? Role { get; init; }

    /// <summary>Whether the role is one of the customer's.</summary>
    public bool IsCustomers { get; init; }

    /// <summary>Which member of the staff does it.</summary>
    public PersonId? Owner { get; init; }

    /// <summary>One of <see cref="PlanWords.Audiences"/>.</summary>
    public string Audience { get; init; } = PlanWords.Internal;

    /// <summary>How far it is.</summary>
    public PlanItemState State { get; init; }

    /// <summary>0 to 100; 100 exactly when done.</summary>
    public int PercentDone { get; init; }

    /// <summary>The day on which it was done, which counts for what follows it; <see langword="null"/> while it is not.</summary>
    public LocalDate? DoneOn { get; init; }

    /// <summary>The first day; <see langword="null"/> for an item without dates, which no reflow touches.</summary>
    public LocalDate? Start { get; init; }

    /// <summary>The last day, inclusive; there exactly when <see cref="Start"/> is.</summary>
    public LocalDate? Finish { get; init; }

    /// <summary>The time of day in the customer's zone; <see langword="null"/> for the whole day.</summary>
    public LocalTime? At { get; init; }

    /// <summary>How many minutes it takes at that time.</summary>
    public int? Minutes { get; init; }

    /// <summary>Business days from start to finish, which a reflow keeps; 0 for milestones.</summary>
    public int WorkingDays { get; init; } = 1;

    /// <summary>The work in it, in hours.</summary>
    public decimal? EffortHours { get; init; }

    /// <summary>Whether its dates are agreed and no reflow moves it.</summary>
    public bool IsPinned { get; init; }

    /// <summary>When it was first planned to begin.</summary>
    public LocalDate? BaselineStart { get; init; }

    /// <summary>When it was first planned to end.</summary>
    public LocalDate? BaselineFinish { get; init; }

    /// <summary>What must come before.</summary>
    public IReadOnlyList<PlanDependency> After { get; init; } = [];

    /// <summary>What is ticked off within it.</summary>
    public IReadOnlyList<ChecklistEntry> Checklist { get; init; } = [];

    /// <summary>How its dates came about.</summary>
    public IReadOnlyList<DerivationStep> Why { get; init; } = [];

    /// <summary>Counts its changes, from 1.</summary>
    public long Version { get; init; } = 1;

    /// <summary>
    /// Whether it happens at a point of a day instead of filling it: a milestone always, a meeting, deliverable or hand-off
    /// when it takes one day. A point may fall on the day on which what it follows ends, and what follows it may begin that
    /// same day, unless it waited for the day's end itself.
    /// </summary>
    public bool IsPoint => Kind == ItemKinds.Milestone || (Kind != ItemKinds.Task && WorkingDays <= 1);

    /// <summary>Whether there is still something to do.</summary>
    public bool IsLive => State is PlanItemState.Open or PlanItemState.InProgress;

    /// <summary>Whether it should have been done before a day and is not.</summary>
    public bool IsLateOn(LocalDate today) => IsLive && Finish < today;
}

/// <summary>How two items hang together.</summary>
public enum DependencyKind
{
    /// <summary>FS: it begins after the other has ended.</summary>
    FinishToStart,

    /// <summary>SS: it begins no earlier than the other.</summary>
    StartToStart,

    /// <summary>FF: it ends no earlier than the other.</summary>
    FinishToFinish,

    /// <summary>SF: it ends no earlier than the other begins.</summary>
    StartToFinish,
}

/// <summary>What must come before an item.</summary>
/// <param name="Item">The other item, of the same plan.</param>
/// <param name="Kind">Which ends of the two are tied.</param>
/// <param name="LagDays">Business days between them; negative for an overlap.</param>
public sealed record PlanDependency(PlanItemId Item, DependencyKind Kind = DependencyKind.FinishToStart, int LagDays = 0);

/// <summary>Something to tick off.</summary>
/// <param name="Id">Which entry of its list: its number, from 1.</param>
/// <param name="Text">What is to be checked.</param>
/// <param name="IsDone">Whether it is.</param>
/// <param name="By">The name of whoever ticked it.</param>
/// <param name="At">When.</param>
public sealed record ChecklistEntry(string Id, string Text, bool IsDone = false, string? By = null, Instant? At = null);
