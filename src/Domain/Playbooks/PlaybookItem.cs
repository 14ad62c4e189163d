using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Playbooks;
using NodaTime;

namespace Cairn.Domain.Playbooks;

/// <summary>One thing that is done on a day of the playbook.</summary>
public sealed record PlaybookItem
{
    /// <summary>One of <see cref="ItemKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Its id, unique in the file.</summary>
    public required string Id { get; init; }

    /// <summary>The id of its phase.</summary>
    public required string Phase { get; init; }

    /// <summary>What people call it.</summary>
    public required string Title { get; init; }

    /// <summary>Who does it, as the file says it.</summary>
    public string? Role { get; init; }

    /// <summary>Others who are involved, or who attend.</summary>
    public IReadOnlyList<string> With { get; init; } = [];

    /// <summary>Who sees it, as the file says it.</summary>
    public string? Audience { get; init; }

    /// <summary>Its days; <see langword="null"/> when the file gives none that can be read.</summary>
    public DaySpan? Days { get; init; }

    /// <summary>The time of day.</summary>
    public LocalTime? At { get; init; }

    /// <summary>How long it takes at that time.</summary>
    public Duration? Time { get; init; }

    /// <summary>The work in it.</summary>
    public decimal? EffortHours { get; init; }

    /// <summary>More about it.</summary>
    public string? Details { get; init; }

    /// <summary>What must come before.</summary>
    public IReadOnlyList<PlaybookDependency> After { get; init; } = [];

    /// <summary>When false, it is left out.</summary>
    public string? When { get; init; }

    /// <summary>What is ticked off within it.</summary>
    public IReadOnlyList<string> Checklist { get; init; } = [];

    /// <summary>Reminders in days relative to the due day.</summary>
    public IReadOnlyList<int> Remind { get; init; } = [];

    /// <summary>How a meeting repeats; <see langword="null"/> for what happens once.</summary>
    public string? Every { get; init; }

    /// <summary>A meeting's sections, outcomes and preparation.</summary>
    public CompiledMeeting? Meeting { get; init; }

    /// <summary>A hand-off's two sides and what passes between them, roles as the file says them.</summary>
    public CompiledHandOff? HandOff { get; init; }

    /// <summary>A deliverable's sign-off.</summary>
    public string? SignOff { get; init; }

    /// <summary>A deliverable's template.</summary>
    public string? Template { get; init; }

    /// <summary>Where it was read from.</summary>
    public required FileMap Node { get; init; }

    /// <summary>Whether it may fall on the day on which its predecessor finishes: everything but work, which takes a day of its own.</summary>
    public bool MayShareDay => Kind != ItemKinds.Task;
}

/// <summary>What an item hangs on, as the file says it.</summary>
public sealed record PlaybookDependency(string Item, string Kind, int LagDays, FileNode Node);
