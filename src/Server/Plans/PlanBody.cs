using Cairn.Domain.Foundation;
using Cairn.Domain.Plans;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Plans;

/// <summary>What a plan was made from.</summary>
/// <param name="Id">The playbook.</param>
/// <param name="Version">Its version.</param>
/// <param name="Sha256">SHA-256 of its text.</param>
/// <param name="Title">Its title then.</param>
internal sealed record PlanSourceBody(string Id, int Version, string Sha256, string Title);

/// <summary>A date as agreed and as things stand.</summary>
/// <param name="Item">The item whose date it is; null for the plan's end.</param>
/// <param name="Baseline">As first planned.</param>
/// <param name="Forecast">As things stand.</param>
/// <param name="SlipDays">Calendar days after the baseline; negative for earlier.</param>
/// <param name="WithinTolerance">Whether it is within three days of the baseline.</param>
internal sealed record OutlookBody(string? Item, string? Baseline, string? Forecast, int? SlipDays, bool? WithinTolerance)
{
    public static OutlookBody Of(Outlook outlook, PlanItemId? item = null) =>
        new(item?.ToString(), PlanText.Of(outlook.Baseline), PlanText.Of(outlook.Forecast), outlook.SlipDays, outlook.IsWithinTolerance);
}

/// <summary>How far a plan is, in percent.</summary>
/// <param name="Planned">What was to be done by now.</param>
/// <param name="Earned">What is.</param>
internal sealed record ProgressBody(decimal Planned, decimal Earned);

/// <summary>A plan in a list.</summary>
/// <param name="Id">Which plan.</param>
/// <param name="Title">For people.</param>
/// <param name="Playbook">What it was made from.</param>
/// <param name="PlaybookVersion">Which version of it.</param>
/// <param name="State"><c>active</c>, <c>paused</c> or <c>closed</c>.</param>
/// <param name="Start">Day 1.</param>
/// <param name="GoLive">The go-live; without dates when the plan has none.</param>
/// <param name="Finish">The plan's end.</param>
/// <param name="Progress">How far it is.</param>
/// <param name="Late">How many items should be done and are not.</param>
/// <param name="Version">Counts every change.</param>
internal sealed record PlanSummaryBody(
    string Id, string Title, string Playbook, int PlaybookVersion, string State, string Start, OutlookBody GoLive, OutlookBody Finish, ProgressBody Progress, int Late, long Version);

/// <summary>A phase of a plan.</summary>
/// <param name="Id">Its key in the playbook.</param>
/// <param name="Title">For people.</param>
/// <param name="Goal">What it is to reach.</param>
/// <param name="Start">The first day of its items.</param>
/// <param name="Finish">The last day of its items.</param>
/// <param name="BaselineStart">As first planned.</param>
/// <param name="BaselineFinish">As first planned.</param>
/// <param name="State"><c>open</c>, <c>in-progress</c> or <c>done</c>.</param>
/// <param name="After">The phases that must be finished first.</param>
internal sealed record PlanPhaseBody(
    string Id, string Title, string? Goal, string Start, string Finish, string BaselineStart, string BaselineFinish, string State, IReadOnlyList<string> After);

/// <summary>What comes before an item.</summary>
/// <param name="Item">The other item: its id; its key where there are no ids yet.</param>
/// <param name="Kind"><c>FS</c>, <c>SS</c>, <c>FF</c> or <c>SF</c>.</param>
/// <param name="LagDays">Business days between; negative for an overlap.</param>
internal sealed record DependencyBody(string Item, string Kind, int LagDays);

/// <summary>Something to tick off.</summary>
internal sealed record EntryBody(string Id, string Text, bool Done, string? By, DateTimeOffset? At)
{
    public static EntryBody Of(ChecklistEntry entry) => new(entry.Id, entry.Text, entry.IsDone, entry.By, entry.At?.ToDateTimeOffset());
}

/// <summary>Somebody of the staff.</summary>
internal sealed record PersonBody(string Id, string Name);

/// <summary>An item of a plan.</summary>
internal record PlanItemBody
{
    /// <summary>Which item; its key in a preview, where there are no ids yet.</summary>
    public required string Id { get; init; }

    /// <summary>Its id in the playbook.</summary>
    public required string Key { get; init; }

    /// <summary><c>task</c>, <c>milestone</c>, <c>meeting</c>, <c>deliverable</c> or <c>hand-off</c>.</summary>
    public required string Kind { get; init; }

    public required string Phase { get; init; }

    public required string Title { get; init; }

    /// <summary>Markdown.</summary>
    public required string? Details { get; init; }

    public required string? Role { get; init; }

    /// <summary><c>ours</c> or <c>customer</c>.</summary>
    public required string Side { get; init; }

    public required PersonBody? Owner { get; init; }

    /// <summary><c>internal</c>, <c>shared</c> or <c>customer</c>.</summary>
    public required string Audience { get; init; }

    /// <summary><c>open</c>, <c>in-progress</c>, <c>done</c> or <c>cancelled</c>.</summary>
    public required string State { get; init; }

    public required int PercentDone { get; init; }

    /// <summary>The day on which it was done.</summary>
    public required string? DoneOn { get; init; }

    public required string? Start { get; init; }

    /// <summary>The last day, included.</summary>
    public required string? Finish { get; init; }

    /// <summary>Time of day in the customer's zone.</summary>
    public required string? At { get; init; }

    public required int? Minutes { get; init; }

    /// <summary>Business days from start to finish on the customer's calendar; 0 for milestones.</summary>
    public required int WorkingDays { get; init; }

    public required decimal? EffortHours { get; init; }

    public required decimal LoggedHours { get; init; }

    /// <summary>Whether no reflow moves it.</summary>
    public required bool Pinned { get; init; }

    public required string? BaselineStart { get; init; }

    public required string? BaselineFinish { get; init; }

    /// <summary>By how many business days it can be later without moving the plan's end or missing a pinned date; null for what is done, cancelled or undated.</summary>
    public required int? SlackDays { get; init; }

    /// <summary>The last day on which it can end so.</summary>
    public required string? LatestFinish { get; init; }

    /// <summary>When it ends as things stand.</summary>
    public required string? Forecast { get; init; }

    /// <summary>Whether any delay of it delays the plan.</summary>
    public required bool Critical { get; init; }

    public required IReadOnlyList<DependencyBody> After { get; init; }

    public required IReadOnlyList<EntryBody> Checklist { get; init; }

    /// <summary>How its dates came about.</summary>
    public required IReadOnlyList<DerivationStep> Why { get; init; }

    /// <summary>Counts its changes; send it in If-Match with one.</summary>
    public required long Version { get; init; }

    /// <summary>Whether it should be done and is not.</summary>
    public required bool Late { get; init; }
}

/// <summary>A day on which nobody works.</summary>
internal sealed record ClosedDayOfPlanBody(string Date, string Name);

/// <summary>The customer's calendar as far as the plan goes.</summary>
/// <param name="TimeZone">On whose clock the plan's days and times are.</param>
/// <param name="Today">Today there.</param>
/// <param name="Closed">Closed days from the plan's first day to 60 days after its last, weekends included.</param>
internal sealed record PlanCalendarBody(string TimeZone, string Today, IReadOnlyList<ClosedDayOfPlanBody> Closed);

/// <summary>What the customer shall have reached.</summary>
/// <param name="Id">Its id in the playbook.</param>
/// <param name="Title">For people.</param>
/// <param name="Due">By when.</param>
/// <param name="Formula">What is measured.</param>
/// <param name="Goal">What it shall be.</param>
/// <param name="Unit">The unit of the measure.</param>
internal sealed record TargetBody(string Id, string Title, string Due, string Formula, string Goal, string? Unit);

/// <summary>A plan with everything in it.</summary>
internal sealed record PlanBody
{
    public required string Id { get; init; }

    public required string Customer { get; init; }

    public required string Title { get; init; }

    public required PlanSourceBody Playbook { get; init; }

    /// <summary><c>active</c>, <c>paused</c> or <c>closed</c>.</summary>
    public required string State { get; init; }

    /// <summary>Day 1.</summary>
    public required string Start { get; init; }

    /// <summary>Counts every change of the plan and of anything in it; it is the basis of a reflow.</summary>
    public required long Version { get; init; }

    public required IReadOnlyList<PlanPhaseBody> Phases { get; init; }

    public required IReadOnlyList<PlanItemBody> Items { get; init; }

    public required OutlookBody GoLive { get; init; }

    public required OutlookBody Finish { get; init; }

    public required ProgressBody Progress { get; init; }

    public required PlanCalendarBody Calendar { get; init; }

    /// <summary>The ids of the items that decide when the plan ends.</summary>
    public required IReadOnlyList<string> CriticalPath { get; init; }

    public required IReadOnlyList<TargetBody> Targets { get; init; }

    /// <summary>How many items should be done and are not.</summary>
    public required int Late { get; init; }
}
