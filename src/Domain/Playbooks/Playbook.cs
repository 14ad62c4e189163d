using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Formulas;

namespace Cairn.Domain.Playbooks;

/// <summary>
/// A process as a file says it, before it has a start date. Everything keeps the place of the file that it was read from.
/// One that <see cref="PlaybookLint"/> handed out is consistent: every id, role and formula in it means something.
/// </summary>
public sealed record Playbook
{
    /// <summary>Its id: kebab-case.</summary>
    public required string Id { get; init; }

    /// <summary>Its version, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>What people call it.</summary>
    public required string Title { get; init; }

    /// <summary>One of <see cref="PlaybookWords.Kinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>One or two sentences.</summary>
    public string? Summary { get; init; }

    /// <summary>Where its facts come from.</summary>
    public string? Source { get; init; }

    /// <summary>Whether "day N" counts business days.</summary>
    public bool CountsBusinessDays { get; init; }

    /// <summary>What day 1 is called.</summary>
    public string StartName { get; init; } = "start";

    /// <summary>The id of the item whose date is the go-live, as the file says it.</summary>
    public string? GoLive { get; init; }

    /// <summary>What is asked at the start.</summary>
    public IReadOnlyList<PlaybookParameter> Parameters { get; init; } = [];

    /// <summary>The roles with their budgets.</summary>
    public IReadOnlyList<PlaybookRole> Roles { get; init; } = [];

    /// <summary>The hours of all our roles together.</summary>
    public decimal? OurHours { get; init; }

    /// <summary>The hours of all the customer's roles together.</summary>
    public decimal? CustomerHours { get; init; }

    /// <summary>The phases.</summary>
    public IReadOnlyList<PlaybookPhase> Phases { get; init; } = [];

    /// <summary>Who signs what.</summary>
    public IReadOnlyList<PlaybookSignOff> SignOffs { get; init; } = [];

    /// <summary>What shall have been reached.</summary>
    public IReadOnlyList<PlaybookTarget> Targets { get; init; } = [];

    /// <summary>What starts it by itself.</summary>
    public IReadOnlyList<PlaybookTrigger> Triggers { get; init; } = [];

    /// <summary>Where it was read from.</summary>
    public required FileMap Node { get; init; }

    /// <summary>All items of all phases, in the order of the file.</summary>
    public IEnumerable<PlaybookItem> Items => Phases.SelectMany(phase => phase.Items);

    /// <summary>Whether a role's word, as the file says it, means one of the customer's.</summary>
    public bool IsCustomers(string? role) => new RoleNames(Roles).IsCustomers(role);
}

/// <summary>A question that is asked at the start.</summary>
public sealed record PlaybookParameter
{
    /// <summary>The name by which formulas and texts know the answer.</summary>
    public required string Id { get; init; }

    /// <summary>The question.</summary>
    public required string Title { get; init; }

    /// <summary>One of <see cref="PlaybookWords.ParameterTypes"/>.</summary>
    public required string Type { get; init; }

    /// <summary>The answers there are, for a choice.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>The answer when nobody gives one.</summary>
    public FormulaValue? Default { get; init; }

    /// <summary>Where it was read from.</summary>
    public required FileMap Node { get; init; }

    /// <summary>What formulas see.</summary>
    public FormulaType ValueType => Type switch
    {
        "boolean" => FormulaType.Boolean,
        "number" => FormulaType.Number,
        "date" => FormulaType.Date,
        "text" or "choice" => FormulaType.Text,
        _ => FormulaType.Unknown,
    };
}

/// <summary>A role and its budget.</summary>
public sealed record PlaybookRole(string Role, bool IsCustomers, decimal? Hours, bool IsPerWeek, FileMap Node);

/// <summary>Days of a playbook, inclusive; without a last one the end is open.</summary>
public readonly record struct DaySpan(int First, int? Last)
{
    /// <summary>Whether a day lies within.</summary>
    public bool Holds(int day) => day >= First && (Last is not { } last || day <= last);

    /// <inheritdoc/>
    public override string ToString() => Last is not { } last ? $"{First}+" : last == First ? $"{First}" : $"{First}-{last}";
}

/// <summary>A part of a playbook.</summary>
public sealed record PlaybookPhase
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it.</summary>
    public required string Title { get; init; }

    /// <summary>Its days.</summary>
    public required DaySpan Days { get; init; }

    /// <summary>The phases that must be finished first.</summary>
    public IReadOnlyList<string> After { get; init; } = [];

    /// <summary>What it is to reach.</summary>
    public string? Goal { get; init; }

    /// <summary>When false, it is left out.</summary>
    public string? When { get; init; }

    /// <summary>What opens it.</summary>
    public PlaybookGate? Gate { get; init; }

    /// <summary>What is done: tasks, milestones, meetings, deliverables, hand-offs, each group in the order of the file.</summary>
    public IReadOnlyList<PlaybookItem> Items { get; init; } = [];

    /// <summary>What is ticked off.</summary>
    public IReadOnlyList<PlaybookChecklist> Checklists { get; init; } = [];

    /// <summary>The change-over by the clock.</summary>
    public PlaybookCutover? Cutover { get; init; }

    /// <summary>Steps in minutes from the beginning.</summary>
    public IReadOnlyList<PlaybookStep> Timeline { get; init; } = [];

    /// <summary>Where it was read from.</summary>
    public required FileMap Node { get; init; }
}

/// <summary>What opens a phase.</summary>
public sealed record PlaybookGate(string Id, string Title, IReadOnlyList<string> Authority, IReadOnlyList<PlaybookCriterion> Criteria, FileMap Node);

/// <summary>One thing that must hold.</summary>
public sealed record PlaybookCriterion(string Id, string Statement, string? Formula, string? AttestedBy, string? Evidence, FileMap Node);

/// <summary>What is ticked off at one moment.</summary>
public sealed record PlaybookChecklist(string Id, string Title, string? Role, string Moment, IReadOnlyList<string> Items, string? When, FileMap Node);

/// <summary>A change-over by the clock.</summary>
public sealed record PlaybookCutover(int Day, string Starts, string? DecideBy, string? Within, IReadOnlyList<PlaybookStep> Steps, FileMap Node);

/// <summary>A step of a cutover or a timeline.</summary>
public sealed record PlaybookStep(string At, string Title, string? Role, string? Check, FileMap Node);

/// <summary>Who signs something.</summary>
public sealed record PlaybookSignOff(string Id, string Title, string Of, IReadOnlyList<string> By, bool IsInOrder, IReadOnlyList<string> OnRejection, FileMap Node);

/// <summary>What shall have been reached. A metric is a formula of one name.</summary>
public sealed record PlaybookTarget(string Id, string Title, int Day, string Formula, string Goal, string? Unit, FileMap Node);

/// <summary>What starts a playbook by itself.</summary>
public sealed record PlaybookTrigger(string Id, string On, string? Event, string? When, string? Every, string? Cap, string? CloseWhen, FileMap Node);
