using NodaTime;

namespace Cairn.Domain.Foundation.Playbooks;

/// <summary>
/// A playbook worked out for one start date, one calendar and one set of answers: every item has its date and says why.
/// A plan keeps it as the document that it was made from, so it carries everything that the plan shows later, and nothing
/// in it refers to the file again. It stands in Foundation because the module that makes it and those that use it share it.
/// </summary>
public sealed record CompiledPlaybook
{
    /// <summary>The id of the playbook, for instance <c>implementation-30-day</c>.</summary>
    public required string Playbook { get; init; }

    /// <summary>Its version, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>SHA-256 of the file's bytes as 64 lowercase hex digits: which text exactly this was made from.</summary>
    public required string ContentSha256 { get; init; }

    /// <summary>The title, for people.</summary>
    public required string Title { get; init; }

    /// <summary>One of the playbook kinds: <c>implementation</c>, <c>onboarding</c>, …</summary>
    public required string Kind { get; init; }

    /// <summary>What it is for, one or two sentences.</summary>
    public string? Summary { get; init; }

    /// <summary>Day 1.</summary>
    public required LocalDate Start { get; init; }

    /// <summary>The last day on which anything finishes; the start when there is nothing.</summary>
    public required LocalDate Finish { get; init; }

    /// <summary>What day 1 is called: <c>kickoff</c>.</summary>
    public string StartName { get; init; } = "start";

    /// <summary>Whether "day N" counts business days instead of calendar days.</summary>
    public bool CountsBusinessDays { get; init; }

    /// <summary>The key of the item whose date is the go-live; <see langword="null"/> when the playbook has none.</summary>
    public string? GoLive { get; init; }

    /// <summary>What was asked at the start, with the answers that were used.</summary>
    public IReadOnlyList<CompiledParameter> Parameters { get; init; } = [];

    /// <summary>The phases in the order of the file.</summary>
    public required IReadOnlyList<CompiledPhase> Phases { get; init; }

    /// <summary>All that is done on a date, in the order of the file; repeating meetings are written out.</summary>
    public required IReadOnlyList<CompiledItem> Items { get; init; }

    /// <summary>The hours that each role may use.</summary>
    public IReadOnlyList<RoleBudget> Budget { get; init; } = [];

    /// <summary>The hours of all of the vendor's roles together; <see langword="null"/> when the playbook states none.</summary>
    public decimal? OurHours { get; init; }

    /// <summary>The hours of all of the customer's roles together; <see langword="null"/> when the playbook states none.</summary>
    public decimal? CustomerHours { get; init; }

    /// <summary>What is ticked off, per role and moment.</summary>
    public IReadOnlyList<CompiledChecklist> Checklists { get; init; } = [];

    /// <summary>What must hold before a phase opens.</summary>
    public IReadOnlyList<CompiledGate> Gates { get; init; } = [];

    /// <summary>Who signs what, in which order.</summary>
    public IReadOnlyList<CompiledSignOff> SignOffs { get; init; } = [];

    /// <summary>The cutovers by the clock.</summary>
    public IReadOnlyList<CompiledCutover> Cutovers { get; init; } = [];

    /// <summary>What the customer shall have reached by when.</summary>
    public IReadOnlyList<CompiledTarget> Targets { get; init; } = [];

    /// <summary>What starts the playbook by itself.</summary>
    public IReadOnlyList<CompiledTrigger> Triggers { get; init; } = [];

    /// <summary>What a condition left out, and why.</summary>
    public IReadOnlyList<CompiledOmission> Omissions { get; init; } = [];
}

/// <summary>A question of the playbook and the answer that was used.</summary>
/// <param name="Id">The name by which texts and conditions know it.</param>
/// <param name="Title">The question.</param>
/// <param name="Value">The answer as people read it.</param>
/// <param name="IsDefault">Whether nobody answered and the playbook's own value was used.</param>
public sealed record CompiledParameter(string Id, string Title, string Value, bool IsDefault);

/// <summary>A phase with its dates.</summary>
public sealed record CompiledPhase
{
    /// <summary>Its id in the playbook.</summary>
    public required string Id { get; init; }

    /// <summary>The title, for people.</summary>
    public required string Title { get; init; }

    /// <summary>What it is to reach, one sentence.</summary>
    public string? Goal { get; init; }

    /// <summary>The business day on which it begins.</summary>
    public required LocalDate Start { get; init; }

    /// <summary>The day on which it ends: its last nominal day, or the last finish of its items where that is later.</summary>
    public required LocalDate Finish { get; init; }

    /// <summary>The ids of the phases that must be finished first.</summary>
    public IReadOnlyList<string> After { get; init; } = [];

    /// <summary>The id of the gate that opens it; <see langword="null"/> when nothing has to hold.</summary>
    public string? Gate { get; init; }

    /// <summary>What is done minute by minute from the moment at which the phase begins, without a fixed clock: the first hour of an incident.</summary>
    public IReadOnlyList<CompiledTimelineStep> Timeline { get; init; } = [];
}

/// <summary>A step of a phase that is counted in minutes.</summary>
/// <param name="At">When, counted from the phase's beginning.</param>
/// <param name="Title">What is done.</param>
/// <param name="Role">Who does it.</param>
/// <param name="Check">How one sees that it is done.</param>
public sealed record CompiledTimelineStep(Duration At, string Title, string? Role, string? Check);

/// <summary>One thing that is done on a date. Which members are filled depends on <see cref="Kind"/>.</summary>
public sealed record CompiledItem
{
    /// <summary>Its id in the playbook; an occurrence of a repeating meeting has a number after a dot: <c>stand-up.3</c>.</summary>
    public required string Id { get; init; }

    /// <summary>One of <see cref="ItemKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The id of its phase.</summary>
    public required string Phase { get; init; }

    /// <summary>The title, for people, parameters filled in.</summary>
    public required string Title { get; init; }

    /// <summary>Who does it; <see langword="null"/> when the playbook leaves it open.</summary>
    public string? Role { get; init; }

    /// <summary>Whether <see cref="Role"/> is one of the customer's (<see cref="PortalRoles"/>) instead of ours (<see cref="JobRoles"/>).</summary>
    public bool IsCustomers { get; init; }

    /// <summary>Others who are involved; for a meeting all who attend.</summary>
    public IReadOnlyList<string> With { get; init; } = [];

    /// <summary><c>internal</c>, <c>shared</c> (the customer sees it) or <c>customer</c> (the customer does it).</summary>
    public required string Audience { get; init; }

    /// <summary>The first day, a business day.</summary>
    public required LocalDate Start { get; init; }

    /// <summary>The last day, inclusive; the start for what takes a day or none.</summary>
    public required LocalDate Finish { get; init; }

    /// <summary>Business days from start to finish on the calendar; 0 for milestones.</summary>
    public required int WorkingDays { get; init; }

    /// <summary>The day of the playbook on which it begins, before the calendar and dependencies: <c>4</c> of "days: 4-8".</summary>
    public required int FirstDay { get; init; }

    /// <summary>The day of the playbook on which it ends.</summary>
    public required int LastDay { get; init; }

    /// <summary>The time of day in the customer's zone; <see langword="null"/> for the whole day.</summary>
    public LocalTime? At { get; init; }

    /// <summary>How long it takes at that time.</summary>
    public Duration? Time { get; init; }

    /// <summary>The work in it, in hours; <see langword="null"/> when the playbook states none.</summary>
    public decimal? EffortHours { get; init; }

    /// <summary>What must come before; every item named is in <see cref="CompiledPlaybook.Items"/>.</summary>
    public IReadOnlyList<CompiledDependency> After { get; init; } = [];

    /// <summary>What is ticked off within it.</summary>
    public IReadOnlyList<string> Checklist { get; init; } = [];

    /// <summary>More about it, Markdown.</summary>
    public string? Details { get; init; }

    /// <summary>When somebody is reminded, in business days relative to the finish: -1 is the day before, 0 the day itself.</summary>
    public IReadOnlyList<int> RemindDays { get; init; } = [];

    /// <summary>How the dates came about: which day of the playbook, what was closed, what it waits for.</summary>
    public IReadOnlyList<DerivationStep> Why { get; init; } = [];

    /// <summary>For a meeting: its sections, must-have outcomes and preparation.</summary>
    public CompiledMeeting? Meeting { get; init; }

    /// <summary>For a hand-off: who hands what to whom.</summary>
    public CompiledHandOff? HandOff { get; init; }

    /// <summary>For a deliverable: the id of its sign-off.</summary>
    public string? SignOff { get; init; }

    /// <summary>For a deliverable: the name of the template it is written from.</summary>
    public string? Template { get; init; }
}

/// <summary>The words for the kinds of item; they stand in files and in the ledger, so they are only ever added to.</summary>
public static class ItemKinds
{
    /// <summary>Work.</summary>
    public const string Task = "task";

    /// <summary>A day on which something is reached; no work of its own.</summary>
    public const string Milestone = "milestone";

    /// <summary>People at one time.</summary>
    public const string Meeting = "meeting";

    /// <summary>A document that is due.</summary>
    public const string Deliverable = "deliverable";

    /// <summary>Work passes from one role to another.</summary>
    public const string HandOff = "hand-off";
}

/// <summary>What must come before an item.</summary>
/// <param name="Item">The id of the other item.</param>
/// <param name="Kind"><c>FS</c>, <c>SS</c>, <c>FF</c> or <c>SF</c>.</param>
/// <param name="LagDays">Business days between; negative for an overlap.</param>
/// <param name="IsImplied">Whether nobody wrote it: a milestone or hand-off that says nothing follows what its phase was to finish by its day.</param>
public sealed record CompiledDependency(string Item, string Kind = "FS", int LagDays = 0, bool IsImplied = false);

/// <summary>The hours of one role.</summary>
/// <param name="Role">The role.</param>
/// <param name="IsCustomers">Whether it is one of the customer's.</param>
/// <param name="Hours">Hours, of the whole plan or of each week; <see langword="null"/> when the playbook only names the role.</param>
/// <param name="IsPerWeek">Whether the hours are those of each week.</param>
public sealed record RoleBudget(string Role, bool IsCustomers, decimal? Hours, bool IsPerWeek);

/// <summary>A list that is ticked off at one moment; all ticked means ready.</summary>
public sealed record CompiledChecklist
{
    /// <summary>Its id in the playbook.</summary>
    public required string Id { get; init; }

    /// <summary>The id of its phase.</summary>
    public required string Phase { get; init; }

    /// <summary>The title, for people.</summary>
    public required string Title { get; init; }

    /// <summary>Whose it is; <see langword="null"/> for everybody's.</summary>
    public string? Role { get; init; }

    /// <summary>Whether the role is one of the customer's.</summary>
    public bool IsCustomers { get; init; }

    /// <summary>When it is gone through: <c>pre-kickoff</c>, <c>kickoff</c>, <c>stand-up</c>, <c>weekly</c>, <c>end-of-phase</c>, <c>go-live</c>, <c>post-go-live</c>.</summary>
    public required string Moment { get; init; }

    /// <summary>What is on it.</summary>
    public required IReadOnlyList<string> Items { get; init; }
}

/// <summary>What must hold before a phase opens.</summary>
public sealed record CompiledGate
{
    /// <summary>Its id in the playbook.</summary>
    public required string Id { get; init; }

    /// <summary>The title, for people.</summary>
    public required string Title { get; init; }

    /// <summary>The phase that it opens.</summary>
    public required string Phase { get; init; }

    /// <summary>The roles that may decide it, and override it.</summary>
    public required IReadOnlyList<string> Authority { get; init; }

    /// <summary>What must hold, all of it.</summary>
    public required IReadOnlyList<CompiledCriterion> Criteria { get; init; }
}

/// <summary>One thing that must hold: measured by a formula, or attested by a role.</summary>
/// <param name="Id">Its id within the gate.</param>
/// <param name="Statement">What must hold, for people.</param>
/// <param name="Formula">What measures it; <see langword="null"/> when it is attested.</param>
/// <param name="AttestedBy">The role that attests it; <see langword="null"/> when it is measured.</param>
/// <param name="Evidence">What is shown for it.</param>
public sealed record CompiledCriterion(string Id, string Statement, string? Formula, string? AttestedBy, string? Evidence);

/// <summary>Who signs something.</summary>
public sealed record CompiledSignOff
{
    /// <summary>Its id in the playbook.</summary>
    public required string Id { get; init; }

    /// <summary>The title, for people.</summary>
    public required string Title { get; init; }

    /// <summary>The id of the deliverable, hand-off or gate that is signed.</summary>
    public required string Of { get; init; }

    /// <summary>The roles that sign, in their order.</summary>
    public required IReadOnlyList<string> By { get; init; }

    /// <summary>Whether each waits for the one before.</summary>
    public bool IsInOrder { get; init; } = true;

    /// <summary>The roles that hear of a rejection.</summary>
    public IReadOnlyList<string> OnRejection { get; init; } = [];
}

/// <summary>What is particular to a meeting.</summary>
public sealed record CompiledMeeting
{
    /// <summary>The sections in their order; their minutes may sum to less than the meeting.</summary>
    public IReadOnlyList<CompiledAgendaItem> Agenda { get; init; } = [];

    /// <summary>What the meeting must end with.</summary>
    public IReadOnlyList<string> Outcomes { get; init; } = [];

    /// <summary>What is done before it.</summary>
    public IReadOnlyList<string> Prework { get; init; } = [];

    /// <summary>How long after its end the notes are due.</summary>
    public Duration? FollowUp { get; init; }

    /// <summary>The id of the repeating meeting that this is an occurrence of; <see langword="null"/> for a single one.</summary>
    public string? Series { get; init; }
}

/// <summary>A section of a meeting.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="Minutes">How long; <see langword="null"/> when open.</param>
/// <param name="Lead">The role that leads it.</param>
/// <param name="Notes">What is said or shown.</param>
public sealed record CompiledAgendaItem(string Title, int? Minutes, string? Lead, string? Notes);

/// <summary>What is particular to a hand-off.</summary>
/// <param name="From">The role that hands over.</param>
/// <param name="To">The role that receives.</param>
/// <param name="Items">What is handed over.</param>
/// <param name="Verify">What the receiver checks.</param>
/// <param name="SignOff">The role that signs it; <see langword="null"/> when the receiver's word is enough.</param>
public sealed record CompiledHandOff(string From, string To, IReadOnlyList<string> Items, IReadOnlyList<string> Verify, string? SignOff);

/// <summary>A cutover by the clock of the customer's zone.</summary>
public sealed record CompiledCutover
{
    /// <summary>The id of its phase.</summary>
    public required string Phase { get; init; }

    /// <summary>The day on which it starts; a closed day stays, because cutovers are done when nobody works.</summary>
    public required LocalDate Date { get; init; }

    /// <summary>The time at which it starts.</summary>
    public required LocalTime Starts { get; init; }

    /// <summary>Until when going back is decided, counted from the start; <see langword="null"/> without a way back.</summary>
    public Duration? DecideBy { get; init; }

    /// <summary>How long going back takes at most.</summary>
    public Duration? RollbackWithin { get; init; }

    /// <summary>What is done, in order.</summary>
    public required IReadOnlyList<CompiledCutoverStep> Steps { get; init; }
}

/// <summary>A step of a cutover.</summary>
/// <param name="At">When, counted from the cutover's start; negative before it.</param>
/// <param name="Clock">The same by the clock of the customer's zone.</param>
/// <param name="Title">What is done.</param>
/// <param name="Role">Who does it.</param>
/// <param name="Check">How one sees that it worked.</param>
public sealed record CompiledCutoverStep(Duration At, LocalDateTime Clock, string Title, string? Role, string? Check);

/// <summary>What the customer shall have reached.</summary>
/// <param name="Id">Its id in the playbook.</param>
/// <param name="Title">For people.</param>
/// <param name="Date">By when.</param>
/// <param name="Formula">What is measured.</param>
/// <param name="Goal">What it shall be: <c>&gt;= 50</c>.</param>
/// <param name="Unit">The unit of the measure.</param>
public sealed record CompiledTarget(string Id, string Title, LocalDate Date, string Formula, string Goal, string? Unit);

/// <summary>What starts a playbook by itself.</summary>
/// <param name="Id">Its id in the playbook.</param>
/// <param name="On"><c>event</c>, <c>fact</c> or <c>date</c>.</param>
/// <param name="Event">The type of the event, for <c>event</c>.</param>
/// <param name="When">What must hold.</param>
/// <param name="Every">How often a date trigger looks.</param>
/// <param name="Cap">How often it may start for one customer.</param>
/// <param name="CloseWhen">When what it started closes by itself.</param>
public sealed record CompiledTrigger(string Id, string On, string? Event, string? When, string? Every, string? Cap, string? CloseWhen);

/// <summary>What a condition left out.</summary>
/// <param name="Id">The id of the item, phase or checklist.</param>
/// <param name="Title">Its title.</param>
/// <param name="Why">How the condition came out.</param>
public sealed record CompiledOmission(string Id, string Title, Derivation Why);
