using NodaTime;

namespace Cairn.Domain.Plans;

/// <summary>One thing that somebody changes about the dates of a plan. Members that are <see langword="null"/> stay.</summary>
public sealed record ReflowChange
{
    /// <summary>Which item; <see langword="null"/> only with <see cref="PlanStart"/>.</summary>
    public PlanItemId? Item { get; init; }

    /// <summary>The first day it is to have. It is put there, even if that is earlier than what comes before it allows, which is then a conflict.</summary>
    public LocalDate? Start { get; init; }

    /// <summary>The last day it is to have; how many working days it takes follows from it.</summary>
    public LocalDate? Finish { get; init; }

    /// <summary>How many business days it is to take.</summary>
    public int? WorkingDays { get; init; }

    /// <summary>Whether it is to be pinned.</summary>
    public bool? Pinned { get; init; }

    /// <summary>Something that it is to follow.</summary>
    public PlanDependency? AddDependency { get; init; }

    /// <summary>Something that it is not to follow any longer; the lag does not matter.</summary>
    public PlanDependency? RemoveDependency { get; init; }

    /// <summary>The plan's first day: everything open and unpinned shifts by as many business days.</summary>
    public LocalDate? PlanStart { get; init; }
}

/// <summary>What somebody asks of a plan.</summary>
/// <param name="Changes">What is to change; none to put right what a new holiday or a late finish left behind.</param>
/// <param name="Pull">Whether what followed directly on what came before it follows directly again when that becomes earlier. Otherwise nothing becomes earlier but what the changes name.</param>
public sealed record ReflowRequest(IReadOnlyList<ReflowChange> Changes, bool Pull = false);
