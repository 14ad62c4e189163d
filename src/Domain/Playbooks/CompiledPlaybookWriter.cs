using Cairn.Domain.Foundation.Formulas;
using Cairn.Domain.Foundation.Playbooks;
using NodaTime;

namespace Cairn.Domain.Playbooks;

/// <summary>Writes a dated playbook down as the document that plans keep: names filled in, roles with their sides, everything with its date.</summary>
internal sealed class CompiledPlaybookWriter(Playbook playbook, PlaybookDates dates, PlaybookSchedule schedule, IFactSource facts)
{
    private readonly RoleNames roles = new(playbook.Roles);

    public CompiledPlaybook Write(string contentSha256, LocalDate start)
    {
        List<CompiledItem> items = [.. schedule.Places.Select(Item)];
        return new CompiledPlaybook
        {
            Playbook = playbook.Id,
            Version = playbook.Version,
            ContentSha256 = contentSha256,
            Title = Filled(playbook.Title),
            Kind = playbook.Kind,
            Summary = FilledOrNull(playbook.Summary),
            Start = start,
            Finish = items.Select(item => item.Finish).Append(start).Max(),
            StartName = playbook.StartName,
            CountsBusinessDays = playbook.CountsBusinessDays,
            GoLive = GoLive(items),
            Phases = [.. playbook.Phases.Select(Phase)],
            Items = items,
            Budget = [.. playbook.Roles.Select(role => new RoleBudget(role.Role, role.IsCustomers, role.Hours, role.IsPerWeek))],
            OurHours = playbook.OurHours,
            CustomerHours = playbook.CustomerHours,
            Checklists = [.. playbook.Phases.SelectMany(phase => phase.Checklists.Select(checklist => Checklist(checklist, phase)))],
            Gates = [.. playbook.Phases.Where(phase => phase.Gate is not null).Select(Gate)],
            SignOffs = [.. playbook.SignOffs.Select(SignOff)],
            Cutovers = [.. playbook.Phases.Where(phase => phase.Cutover is not null).Select(phase => PlaybookCutovers.Compile(phase, dates, this))],
            Targets = [.. playbook.Targets.Select(target => new CompiledTarget(target.Id, Filled(target.Title), dates.Raw(target.Day), target.Formula, target.Goal, target.Unit))],
            Triggers = [.. playbook.Triggers.Select(trigger => new CompiledTrigger(trigger.Id, trigger.On, trigger.Event, trigger.When, trigger.Every, trigger.Cap, trigger.CloseWhen))],
        };
    }

    /// <summary>A text with its <c>{{name}}</c> filled in; what is missing stays as it is written, so that somebody sees it.</summary>
    public string Filled(string text) => text.Contains("{{", StringComparison.Ordinal)
        ? LintFormulas.Placeholders(text).Reverse().Aggregate(text, (filled, match) =>
            facts.Find(match.Groups[1].Value)?.Value is { } value and not FormulaValue.Missing ? filled.Remove(match.Index, match.Length).Insert(match.Index, value.ToPlainText()) : filled)
        : text;

    /// <summary>A role's word as plans show it.</summary>
    public string? Role(string? word) => word is null ? null : roles.Shown(word);

    private string? FilledOrNull(string? text) => text is null ? null : Filled(text);

    private List<string> AllFilled(IEnumerable<string> texts) => [.. texts.Select(Filled)];

    private List<string> AllRoles(IEnumerable<string> words) => [.. words.Select(roles.Shown).Distinct()];

    private string? GoLive(List<CompiledItem> items)
    {
        var wanted = playbook.GoLive ?? "live";
        return items.Exists(item => item.Id == wanted) ? wanted : null;
    }

    private CompiledItem Item(PlaybookPlace place)
    {
        var item = place.Item;
        var isCustomers = roles.IsCustomers(item.Role);
        var isMoved = place.Id != item.Id;
        return new CompiledItem
        {
            Id = place.Id,
            Kind = item.Kind,
            Phase = item.Phase,
            Title = Filled(item.Title),
            Role = Role(item.Role),
            IsCustomers = isCustomers,
            With = AllRoles(item.With),
            Audience = item.Audience ?? (isCustomers ? "customer" : "internal"),
            Start = place.Start,
            Finish = place.Finish,
            WorkingDays = place.WorkingDays,
            FirstDay = isMoved ? dates.DayOf(place.Start) : item.Days?.First ?? 1,
            LastDay = isMoved ? dates.DayOf(place.Finish) : item.Days is { } days ? days.Last ?? days.First : 1,
            At = item.At,
            Time = item.Time,
            EffortHours = item.EffortHours,
            After = [.. schedule.Dependencies(item)],
            Checklist = AllFilled(item.Checklist),
            Details = FilledOrNull(item.Details),
            RemindDays = item.Remind,
            Why = place.Why,
            Meeting = item.Meeting is { } meeting ? Meeting(meeting) with { Series = isMoved ? item.Id : null } : null,
            HandOff = item.HandOff is { } handOff
                ? new CompiledHandOff(roles.Shown(handOff.From), roles.Shown(handOff.To), AllFilled(handOff.Items), AllFilled(handOff.Verify), Role(handOff.SignOff))
                : null,
            SignOff = item.SignOff,
            Template = item.Template,
        };
    }

    private CompiledMeeting Meeting(CompiledMeeting meeting) => meeting with
    {
        Agenda = [.. meeting.Agenda.Select(section => section with { Title = Filled(section.Title), Lead = Role(section.Lead), Notes = FilledOrNull(section.Notes) })],
        Outcomes = AllFilled(meeting.Outcomes),
        Prework = AllFilled(meeting.Prework),
    };

    private CompiledPhase Phase(PlaybookPhase phase)
    {
        var first = dates.OnOrAfter(dates.Raw(phase.Days.First));
        var starts = schedule.Places.Where(place => place.Item.Phase == phase.Id).Select(place => place.Start).ToList();
        var start = starts.Count > 0 ? LocalDate.Max(first, starts.Min()) : first;
        var nominal = phase.Days.Last is { } last ? dates.OnOrAfter(dates.Raw(last)) : start;
        return new CompiledPhase
        {
            Id = phase.Id,
            Title = Filled(phase.Title),
            Goal = FilledOrNull(phase.Goal),
            Start = start,
            Finish = LocalDate.Max(LocalDate.Max(nominal, start), schedule.EndOf(phase.Id) ?? start),
            After = phase.After,
            Gate = phase.Gate?.Id,
            Timeline = [.. phase.Timeline.Select(step => new CompiledTimelineStep(PlaybookTexts.Offset(step.At) ?? Duration.Zero, Filled(step.Title), Role(step.Role), FilledOrNull(step.Check)))],
        };
    }

    private CompiledChecklist Checklist(PlaybookChecklist checklist, PlaybookPhase phase) => new()
    {
        Id = checklist.Id,
        Phase = phase.Id,
        Title = Filled(checklist.Title),
        Role = Role(checklist.Role),
        IsCustomers = roles.IsCustomers(checklist.Role),
        Moment = checklist.Moment,
        Items = AllFilled(checklist.Items),
    };

    private CompiledGate Gate(PlaybookPhase phase) => new()
    {
        Id = phase.Gate!.Id,
        Title = Filled(phase.Gate.Title),
        Phase = phase.Id,
        Authority = AllRoles(phase.Gate.Authority),
        Criteria = [.. phase.Gate.Criteria.Select(criterion => new CompiledCriterion(
            criterion.Id, Filled(criterion.Statement), criterion.Formula, Role(criterion.AttestedBy), FilledOrNull(criterion.Evidence)))],
    };

    private CompiledSignOff SignOff(PlaybookSignOff signOff) => new()
    {
        Id = signOff.Id,
        Title = Filled(signOff.Title),
        Of = signOff.Of,
        By = AllRoles(signOff.By),
        IsInOrder = signOff.IsInOrder,
        OnRejection = AllRoles(signOff.OnRejection),
    };
}
