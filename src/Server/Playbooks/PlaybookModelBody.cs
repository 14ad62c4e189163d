using Cairn.Domain.Foundation.Formulas;
using Cairn.Domain.Foundation.Playbooks;
using Cairn.Domain.Playbooks;

namespace Cairn.Server.Playbooks;

/// <summary>A playbook as data: what the text says, every default written out.</summary>
internal sealed record PlaybookModelBody
{
    /// <summary>calendar or business.</summary>
    public required string Days { get; init; }

    public required string Start { get; init; }

    public required string? GoLive { get; init; }

    public required IReadOnlyList<PlaybookParameterBody> Parameters { get; init; }

    public required IReadOnlyList<PlaybookRoleBody> Roles { get; init; }

    public required PlaybookBudgetBody? Budget { get; init; }

    public required IReadOnlyList<PlaybookPhaseBody> Phases { get; init; }

    public required IReadOnlyList<PlaybookSignOffBody> SignOffs { get; init; }

    public required IReadOnlyList<PlaybookTargetBody> Targets { get; init; }

    public required IReadOnlyList<PlaybookTriggerBody> Triggers { get; init; }

    public static PlaybookModelBody Of(Playbook playbook) => new()
    {
        Days = playbook.CountsBusinessDays ? "business" : "calendar",
        Start = playbook.StartName,
        GoLive = playbook.GoLive,
        Parameters = [.. playbook.Parameters.Select(parameter => new PlaybookParameterBody(parameter.Id, parameter.Title, parameter.Type, DefaultOf(parameter.Default), parameter.Options))],
        Roles = [.. playbook.Roles.Select(role => new PlaybookRoleBody(role.Role, role.Hours, role.IsPerWeek ? "week" : "plan", role.IsCustomers ? "customer" : "ours"))],
        Budget = playbook.OurHours is null && playbook.CustomerHours is null ? null : new PlaybookBudgetBody(playbook.OurHours, playbook.CustomerHours),
        Phases = [.. playbook.Phases.Select(phase => PlaybookPhaseBody.Of(phase, playbook))],
        SignOffs = [.. playbook.SignOffs.Select(signOff => new PlaybookSignOffBody(signOff.Id, signOff.Title, signOff.Of, signOff.By, signOff.IsInOrder, signOff.OnRejection))],
        Targets = [.. playbook.Targets.Select(target => new PlaybookTargetBody(target.Id, target.Title, target.Day, target.Formula, target.Goal, target.Unit))],
        Triggers = [.. playbook.Triggers.Select(trigger => new PlaybookTriggerBody(trigger.Id, trigger.On, trigger.Event, trigger.When, trigger.Every, trigger.Cap, trigger.CloseWhen))],
    };

    private static object? DefaultOf(FormulaValue? value) => value switch
    {
        null => null,
        FormulaValue.Flag flag => flag.Value,
        FormulaValue.Number number => number.Value,
        _ => value.ToPlainText(),
    };
}

/// <summary>A question that is asked at the start.</summary>
internal sealed record PlaybookParameterBody(string Id, string Title, string Type, object? Default, IReadOnlyList<string> Options);

/// <summary>A role and its hours, of the whole plan or of each week.</summary>
internal sealed record PlaybookRoleBody(string Role, decimal? Hours, string Per, string Side);

/// <summary>The hours of all roles of each side.</summary>
internal sealed record PlaybookBudgetBody(decimal? Ours, decimal? Customer);

/// <summary>Who signs what.</summary>
internal sealed record PlaybookSignOffBody(string Id, string Title, string Of, IReadOnlyList<string> By, bool InOrder, IReadOnlyList<string> OnRejection);

/// <summary>What shall have been reached by a day.</summary>
internal sealed record PlaybookTargetBody(string Id, string Title, int Day, string Formula, string Goal, string? Unit);

/// <summary>What starts it by itself.</summary>
internal sealed record PlaybookTriggerBody(string Id, string On, string? Event, string? When, string? Every, string? Cap, string? CloseWhen);

/// <summary>A part of the playbook; <c>to</c> is null where its end is open.</summary>
internal sealed record PlaybookPhaseBody
{
    public required string Id { get; init; }

    public required string Title { get; init; }

    public required string? Goal { get; init; }

    public required int From { get; init; }

    public required int? To { get; init; }

    public required IReadOnlyList<string> After { get; init; }

    public required string? When { get; init; }

    public required PlaybookGateBody? Gate { get; init; }

    public required IReadOnlyList<PlaybookItemBody> Items { get; init; }

    public required IReadOnlyList<PlaybookChecklistBody> Checklists { get; init; }

    public required PlaybookCutoverBody? Cutover { get; init; }

    public required IReadOnlyList<PlaybookStepBody> Timeline { get; init; }

    public static PlaybookPhaseBody Of(PlaybookPhase phase, Playbook playbook) => new()
    {
        Id = phase.Id,
        Title = phase.Title,
        Goal = phase.Goal,
        From = phase.Days.First,
        To = phase.Days.Last,
        After = phase.After,
        When = phase.When,
        Gate = phase.Gate is { } gate
            ? new PlaybookGateBody(gate.Id, gate.Title, gate.Authority, [.. gate.Criteria.Select(criterion => new PlaybookCriterionBody(criterion.Id, criterion.Statement, criterion.Formula, criterion.AttestedBy, criterion.Evidence))])
            : null,
        Items = [.. phase.Items.Select(item => PlaybookItemBody.Of(item, playbook))],
        Checklists = [.. phase.Checklists.Select(checklist => new PlaybookChecklistBody(checklist.Id, checklist.Title, checklist.Role, checklist.Moment, checklist.Items))],
        Cutover = phase.Cutover is { } cutover ? new PlaybookCutoverBody(cutover.Day, cutover.Starts, cutover.DecideBy, cutover.Within, Steps(cutover.Steps)) : null,
        Timeline = Steps(phase.Timeline),
    };

    private static IReadOnlyList<PlaybookStepBody> Steps(IReadOnlyList<PlaybookStep> steps) => [.. steps.Select(step => new PlaybookStepBody(step.At, step.Title, step.Role, step.Check))];
}

/// <summary>What must hold before a phase opens.</summary>
internal sealed record PlaybookGateBody(string Id, string Title, IReadOnlyList<string> Authority, IReadOnlyList<PlaybookCriterionBody> Criteria);

/// <summary>One thing that must hold.</summary>
internal sealed record PlaybookCriterionBody(string Id, string Statement, string? Formula, string? AttestedBy, string? Evidence);

/// <summary>What is ticked off at one moment.</summary>
internal sealed record PlaybookChecklistBody(string Id, string Title, string? Role, string Moment, IReadOnlyList<string> Items);

/// <summary>A change-over by the clock.</summary>
internal sealed record PlaybookCutoverBody(int Day, string Starts, string? DecideBy, string? Within, IReadOnlyList<PlaybookStepBody> Steps);

/// <summary>A step of a cutover or timeline.</summary>
internal sealed record PlaybookStepBody(string At, string Title, string? Role, string? Check);

/// <summary>What an item waits for.</summary>
internal sealed record PlaybookDependencyBody(string Item, string Kind, int LagDays);

/// <summary>Anything that is done on a day; which members are filled depends on its kind.</summary>
internal sealed record PlaybookItemBody
{
    public required string Id { get; init; }

    /// <summary>task, milestone, meeting, deliverable or hand-off.</summary>
    public required string Kind { get; init; }

    public required string Title { get; init; }

    public required string? Role { get; init; }

    public required string Side { get; init; }

    public required string Audience { get; init; }

    /// <summary>The first nominal day; 1 is the start.</summary>
    public required int From { get; init; }

    public required int? To { get; init; }

    public required string? At { get; init; }

    public required int? Minutes { get; init; }

    public required decimal? EffortHours { get; init; }

    public required string? Details { get; init; }

    public required IReadOnlyList<string> Checklist { get; init; }

    public required IReadOnlyList<PlaybookDependencyBody> After { get; init; }

    public required string? When { get; init; }

    public required string? Every { get; init; }

    /// <summary>All who are involved beside the owner.</summary>
    public required IReadOnlyList<string> Attendees { get; init; }

    public required IReadOnlyList<CompiledAgendaItem> Agenda { get; init; }

    public required IReadOnlyList<string> Outcomes { get; init; }

    public required IReadOnlyList<string> Prework { get; init; }

    public required string? SignOff { get; init; }

    public required CompiledHandOff? HandOff { get; init; }

    public static PlaybookItemBody Of(PlaybookItem item, Playbook playbook)
    {
        var isCustomers = playbook.IsCustomers(item.Role);
        return new PlaybookItemBody
        {
            Id = item.Id,
            Kind = item.Kind,
            Title = item.Title,
            Role = item.Role,
            Side = isCustomers ? "customer" : "ours",
            Audience = item.Audience ?? (isCustomers ? "customer" : "internal"),
            From = item.Days?.First ?? 1,
            To = item.Days?.Last,
            At = item.At is { } at ? NodaTime.Text.LocalTimePattern.CreateWithInvariantCulture("HH:mm").Format(at) : null,
            Minutes = item.Time is { } time ? (int)time.TotalMinutes : null,
            EffortHours = item.EffortHours,
            Details = item.Details,
            Checklist = item.Checklist,
            After = [.. item.After.Select(after => new PlaybookDependencyBody(after.Item, after.Kind, after.LagDays))],
            When = item.When,
            Every = item.Every,
            Attendees = item.With,
            Agenda = item.Meeting?.Agenda ?? [],
            Outcomes = item.Meeting?.Outcomes ?? [],
            Prework = item.Meeting?.Prework ?? [],
            SignOff = item.SignOff,
            HandOff = item.HandOff,
        };
    }
}
