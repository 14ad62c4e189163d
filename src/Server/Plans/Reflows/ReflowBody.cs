using Cairn.Domain.Foundation;
using Cairn.Domain.Plans;

namespace Cairn.Server.Plans.Reflows;

/// <summary>From when to when, both included.</summary>
internal sealed record DateSpanBody(string Start, string Finish)
{
    public static DateSpanBody Of(DateSpan span) => new(PlanText.Of(span.Start), PlanText.Of(span.Finish));
}

/// <summary>An item that gets other dates.</summary>
/// <param name="Item">Which item.</param>
/// <param name="Title">Its title.</param>
/// <param name="From">Its dates before; null when it had none.</param>
/// <param name="To">Its dates afterwards.</param>
/// <param name="Why">What moved it, step by step.</param>
internal sealed record MoveBody(string Item, string Title, DateSpanBody? From, DateSpanBody To, IReadOnlyList<DerivationStep> Why)
{
    public static MoveBody Of(PlanMove move) =>
        new(move.Item.ToString(), move.Title, move.From is { } from ? DateSpanBody.Of(from) : null, DateSpanBody.Of(move.To), move.Why);
}

/// <summary>Something that a person has to decide.</summary>
/// <param name="Item">Which item stands in the way.</param>
/// <param name="Code"><c>pinned-too-early</c>, <c>done-too-early</c>, <c>asked-too-early</c>, <c>cycle</c> or <c>finish-before-start</c>.</param>
/// <param name="Detail">A sentence with the dates and the way out.</param>
/// <param name="Predecessor">What it should follow; null where that is not one item.</param>
/// <param name="IsNew">Whether the change brings it about; what was so before keeps nobody from anything.</param>
/// <param name="CanBeAccepted">Whether 'acceptConflicts' is enough. A circle, and an end before its beginning, are never carried out.</param>
internal sealed record ConflictBody(string Item, string Code, string Detail, string? Predecessor, bool IsNew, bool CanBeAccepted)
{
    public static ConflictBody Of(PlanConflict conflict) => new(
        conflict.Item.ToString(), WordOf(conflict.Kind), conflict.Detail, conflict.Predecessor?.ToString(), conflict.IsNew, conflict.CanBeAccepted);

    private static string WordOf(ConflictKind kind) => kind switch
    {
        ConflictKind.PinnedTooEarly => "pinned-too-early",
        ConflictKind.DoneTooEarly => "done-too-early",
        ConflictKind.AskedTooEarly => "asked-too-early",
        ConflictKind.Cycle => "cycle",
        ConflictKind.FinishBeforeStart => "finish-before-start",
    };
}

/// <summary>A forecast before and after.</summary>
internal sealed record ExpectedDateBody(string? Before, string? After)
{
    public static ExpectedDateBody Of(ExpectedDate date) => new(PlanText.Of(date.Before), PlanText.Of(date.After));
}

/// <summary>What a reflow would do.</summary>
/// <param name="Basis">The version of the plan that it is worked out from; send it in If-Match to carry out just this.</param>
/// <param name="Moves">Everything that gets other dates, by its new ones.</param>
/// <param name="Conflicts">What a person has to decide.</param>
/// <param name="GoLive">The forecast of go-live.</param>
/// <param name="Finish">The forecast of the plan's end.</param>
/// <param name="CriticalPath">The items that decide when the plan ends afterwards.</param>
internal sealed record ReflowPreviewBody(
    long Basis, IReadOnlyList<MoveBody> Moves, IReadOnlyList<ConflictBody> Conflicts, ExpectedDateBody GoLive, ExpectedDateBody Finish, IReadOnlyList<string> CriticalPath)
{
    public static ReflowPreviewBody Of(long basis, ReflowResult result) => new(
        basis, [.. result.Moves.Select(MoveBody.Of)], [.. result.Conflicts.Select(ConflictBody.Of)], ExpectedDateBody.Of(result.GoLive), ExpectedDateBody.Of(result.Finish),
        [.. result.CriticalPath.Select(item => item.ToString())]);
}

/// <summary>A reflow that was carried out, or the undoing of one.</summary>
/// <param name="Id">Which one.</param>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Reason">Why, in their words.</param>
/// <param name="Moves">What got other dates.</param>
/// <param name="Conflicts">What they accepted.</param>
/// <param name="Undone">Whether it was undone.</param>
/// <param name="Undoes">The reflow that it undoes; null for an ordinary one.</param>
/// <param name="CanBeUndone">Whether it is the newest that was not undone.</param>
internal sealed record ReflowBody(
    string Id, DateTimeOffset At, PersonBody By, string Reason, IReadOnlyList<MoveBody> Moves, IReadOnlyList<ConflictBody> Conflicts, bool Undone, string? Undoes, bool CanBeUndone);

/// <summary>The reflows of a plan, the newest first.</summary>
internal sealed record ReflowsBody(IReadOnlyList<ReflowBody> Items);

/// <summary>A reflow and the plan after it.</summary>
internal sealed record ReflowedBody(ReflowBody Reflow, PlanBody Plan);

/// <summary>What is asked of a plan's dates.</summary>
internal sealed record WriteReflowBody
{
    public required IReadOnlyList<WriteReflowChangeBody> Changes { get; init; }

    /// <summary>Whether what followed directly on what becomes earlier becomes earlier, too.</summary>
    public bool? Pull { get; init; }

    /// <summary>Why, 1 to 500 characters; required to carry it out.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether to carry it out though there are conflicts.</summary>
    public bool? AcceptConflicts { get; init; }
}

/// <summary>One thing that changes about the dates: of an item, or the plan's first day.</summary>
internal sealed record WriteReflowChangeBody
{
    /// <summary>An item's id, or its key in the playbook.</summary>
    public string? Item { get; init; }

    public string? Start { get; init; }

    public string? Finish { get; init; }

    public int? WorkingDays { get; init; }

    public bool? Pinned { get; init; }

    public DependencyBody? AddDependency { get; init; }

    public DependencyBody? RemoveDependency { get; init; }

    public string? PlanStart { get; init; }
}
