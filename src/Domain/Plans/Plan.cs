using Cairn.Domain.Foundation.Playbooks;
using NodaTime;

namespace Cairn.Domain.Plans;

/// <summary>Whether a plan is worked on.</summary>
public enum PlanState
{
    /// <summary>Worked on.</summary>
    Active,

    /// <summary>Resting: it is read and changed, and appears in nobody's day.</summary>
    Paused,

    /// <summary>Over: it takes no changes until it is opened again.</summary>
    Closed,
}

/// <summary>
/// What is done for a customer, in which order and when. A plan is made from a playbook and pins the version it came from;
/// from then on it lives by itself.
/// </summary>
public sealed record Plan
{
    /// <summary>Which plan.</summary>
    public required PlanId Id { get; init; }

    /// <summary>Its title, for people.</summary>
    public required string Title { get; init; }

    /// <summary>What it was made from.</summary>
    public required PlanSource Source { get; init; }

    /// <summary>Whether it is worked on.</summary>
    public PlanState State { get; init; } = PlanState.Active;

    /// <summary>Day 1. Changing it shifts what is open and unpinned.</summary>
    public required LocalDate Start { get; init; }

    /// <summary>The item whose date is the go-live; <see langword="null"/> when there is none.</summary>
    public PlanItemId? GoLive { get; init; }

    /// <summary>The phases in their order.</summary>
    public IReadOnlyList<PlanPhase> Phases { get; init; } = [];

    /// <summary>Everything in it, in the order in which it is listed.</summary>
    public IReadOnlyList<PlanItem> Items { get; init; } = [];

    /// <summary>The hours that each role may use.</summary>
    public IReadOnlyList<RoleBudget> Budget { get; init; } = [];

    /// <summary>The hours of all of the vendor's roles; <see langword="null"/> when none were agreed.</summary>
    public decimal? OurHours { get; init; }

    /// <summary>The hours of all of the customer's roles; <see langword="null"/> when none were agreed.</summary>
    public decimal? CustomerHours { get; init; }

    /// <summary>What the customer shall have reached by when.</summary>
    public IReadOnlyList<CompiledTarget> Targets { get; init; } = [];

    /// <summary>Counts every change of the plan and of anything in it, from 1.</summary>
    public long Version { get; init; } = 1;

    /// <summary>The last day on which anything that counts finishes; <see langword="null"/> when nothing has a date.</summary>
    public LocalDate? Finish => Latest(item => item.Finish);

    /// <summary>The same as first planned.</summary>
    public LocalDate? BaselineFinish => Latest(item => item.BaselineFinish);

    private LocalDate? Latest(Func<PlanItem, LocalDate?> date)
    {
        LocalDate? latest = null;
        foreach (var item in Items)
        {
            if (item.State != PlanItemState.Cancelled && date(item) is { } day && (latest is not { } so || day > so))
            {
                latest = day;
            }
        }

        return latest;
    }
}

/// <summary>Which text exactly a plan was made from.</summary>
/// <param name="Playbook">The playbook's id.</param>
/// <param name="Version">Its version.</param>
/// <param name="Sha256">SHA-256 of its text, 64 lowercase hex digits.</param>
/// <param name="Title">Its title then.</param>
public sealed record PlanSource(string Playbook, int Version, string Sha256, string Title);

/// <summary>A part of a plan. Its dates are those of its items.</summary>
/// <param name="Key">Its id in the playbook.</param>
/// <param name="Title">For people.</param>
/// <param name="Goal">What it is to reach.</param>
/// <param name="After">The keys of the phases that must be finished before anything of this one starts.</param>
/// <param name="BaselineStart">When it was first planned to begin.</param>
/// <param name="BaselineFinish">When it was first planned to end.</param>
public sealed record PlanPhase(string Key, string Title, string? Goal, IReadOnlyList<string> After, LocalDate BaselineStart, LocalDate BaselineFinish);
