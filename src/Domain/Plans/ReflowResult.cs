using Cairn.Domain.Foundation;
using NodaTime;

namespace Cairn.Domain.Plans;

/// <summary>From when to when, both included.</summary>
public readonly record struct DateSpan(LocalDate Start, LocalDate Finish);

/// <summary>An item that gets other dates, and why.</summary>
/// <param name="Item">Which item.</param>
/// <param name="Title">Its title.</param>
/// <param name="From">Its dates before; <see langword="null"/> when it had none.</param>
/// <param name="To">Its dates afterwards.</param>
/// <param name="Why">What moved it: what was asked, what it follows and when that ends, the lag, the closed days with their names.</param>
public sealed record PlanMove(PlanItemId Item, string Title, DateSpan? From, DateSpan To, IReadOnlyList<DerivationStep> Why);

/// <summary>What keeps a plan from being as it should be.</summary>
public enum ConflictKind
{
    /// <summary>A pinned item would have to be later.</summary>
    PinnedTooEarly,

    /// <summary>An item was done on a day on which something that it follows was not.</summary>
    DoneTooEarly,

    /// <summary>An item was put on a day that is too early for what it follows.</summary>
    AskedTooEarly,

    /// <summary>Items wait for one another in a circle. Such a change is never carried out.</summary>
    Cycle,

    /// <summary>An item would end before it begins. Such a change is never carried out.</summary>
    FinishBeforeStart,
}

/// <summary>Something that a person has to decide.</summary>
/// <param name="Item">Which item stands in the way.</param>
/// <param name="Kind">How.</param>
/// <param name="Detail">A sentence with the dates and the way out.</param>
public sealed record PlanConflict(PlanItemId Item, ConflictKind Kind, string Detail)
{
    /// <summary>What it should follow; <see langword="null"/> where that is not one item.</summary>
    public PlanItemId? Predecessor { get; init; }

    /// <summary>Whether the change brings it about. What was so before does not keep anybody from anything.</summary>
    public bool IsNew { get; init; } = true;

    /// <summary>Whether it can be accepted. A circle, and an end before its beginning, cannot.</summary>
    public bool CanBeAccepted => Kind is not (ConflictKind.Cycle or ConflictKind.FinishBeforeStart);
}

/// <summary>What a reflow may change of an item, so that it can be put back exactly.</summary>
public sealed record ItemSchedule(PlanItemId Item, LocalDate? Start, LocalDate? Finish, int WorkingDays, bool IsPinned)
{
    /// <summary>What it follows.</summary>
    public IReadOnlyList<PlanDependency> After { get; init; } = [];

    /// <summary>How its dates came about.</summary>
    public IReadOnlyList<DerivationStep> Why { get; init; } = [];

    /// <summary>What is so of an item now.</summary>
    public static ItemSchedule Of(PlanItem item) =>
        new(item.Id, item.Start, item.Finish, item.WorkingDays, item.IsPinned) { After = item.After, Why = item.Why };

    /// <summary>The item with this.</summary>
    public PlanItem PutOn(PlanItem item) => item with
    {
        Start = Start, Finish = Finish, WorkingDays = WorkingDays, IsPinned = IsPinned, After = After, Why = Why,
    };

    /// <summary>Whether an item still stands as this says. How that came about does not matter.</summary>
    public bool Describes(PlanItem item) =>
        item.Start == Start && item.Finish == Finish && item.WorkingDays == WorkingDays && item.IsPinned == IsPinned && item.After.SequenceEqual(After);
}

/// <summary>What a reflow changed, kept to undo it.</summary>
/// <param name="StartBefore">The plan's first day before.</param>
/// <param name="StartAfter">The plan's first day afterwards.</param>
/// <param name="Before">The items that it changed, as they were.</param>
/// <param name="After">The same items, as it left them.</param>
public sealed record ReflowEffect(LocalDate StartBefore, LocalDate StartAfter, IReadOnlyList<ItemSchedule> Before, IReadOnlyList<ItemSchedule> After)
{
    /// <summary>Whether it changed anything.</summary>
    public bool IsNothing => StartBefore == StartAfter && Before.Count == 0;
}

/// <summary>A date that is expected, before a reflow and after it.</summary>
public readonly record struct ExpectedDate(LocalDate? Before, LocalDate? After);

/// <summary>What a reflow does. Working it out and carrying it out are one calculation, so a preview is what happens.</summary>
public sealed record ReflowResult
{
    /// <summary>The plan afterwards; the plan as it was when <see cref="IsPossible"/> is false.</summary>
    public required Plan Plan { get; init; }

    /// <summary>Everything that gets other dates, by its new ones.</summary>
    public IReadOnlyList<PlanMove> Moves { get; init; } = [];

    /// <summary>What a person has to decide.</summary>
    public IReadOnlyList<PlanConflict> Conflicts { get; init; } = [];

    /// <summary>What is needed to undo it.</summary>
    public required ReflowEffect Effect { get; init; }

    /// <summary>The forecast of go-live.</summary>
    public ExpectedDate GoLive { get; init; }

    /// <summary>The forecast of the plan's end.</summary>
    public ExpectedDate Finish { get; init; }

    /// <summary>What decides the plan's end afterwards.</summary>
    public IReadOnlyList<PlanItemId> CriticalPath { get; init; } = [];

    /// <summary>Whether it can be carried out at all, be it with conflicts that somebody accepts.</summary>
    public bool IsPossible => Conflicts.All(conflict => conflict.CanBeAccepted);

    /// <summary>Whether somebody has to accept something before it is carried out.</summary>
    public bool NeedsAcceptance => Conflicts.Any(conflict => conflict.IsNew);
}
