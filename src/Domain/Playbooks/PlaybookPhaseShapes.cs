using static Cairn.Domain.Playbooks.CommonShapes;

namespace Cairn.Domain.Playbooks;

/// <summary>Phases with their gates, checklists and cutovers.</summary>
internal static class PlaybookPhaseShapes
{
    public static MapShape Phase => new("phase", "A part of the playbook with its own days.",
    [
        new("id", Id("Its id, unique in the file."), true),
        new("title", Text("What people call it."), true),
        new("days", new EitherShape("Its days: 1-3, a single day, or 22+ for an open end.",
        [
            new NumberShape("One day.", 1, PlaybookLimits.LastDay),
            new TextShape("From one day to another, or on.", 20) { Pattern = PlaybookTexts.PhaseDaysPattern(), Form = "days such as 1-3, 5 or 22+" },
        ]), true),
        new("after", new ListShape("The ids of the phases that must be finished first.", Id("A phase's id."), PlaybookLimits.Phases)),
        new("goal", Text("What it is to reach, one sentence.", 500)),
        new("when", Condition("Over parameters and customer facts; when it is false, the whole phase is left out.")),
        new("gate", Gate),
        new("tasks", new ListShape("Work.", PlaybookItemShapes.Task, PlaybookLimits.ItemsOfPhase)),
        new("milestones", new ListShape("Days on which something is reached.", PlaybookItemShapes.Milestone, PlaybookLimits.ItemsOfPhase)),
        new("meetings", new ListShape("People at one time.", PlaybookItemShapes.Meeting, PlaybookLimits.ItemsOfPhase)),
        new("deliverables", new ListShape("Documents that are due.", PlaybookItemShapes.Deliverable, PlaybookLimits.ItemsOfPhase)),
        new("checklists", new ListShape("What is ticked off per role and moment; all ticked means ready.", Checklist, PlaybookLimits.Entries)),
        new("hand_off", new EitherShape("Where work passes from one role to another; one, or a list.", [PlaybookItemShapes.HandOff, new ListShape("Several hand-offs.", PlaybookItemShapes.HandOff, 20, 1)])),
        new("cutover", Cutover),
        new("timeline", new ListShape("What is done minute by minute from the moment at which the phase begins, without a fixed clock.", TimelineStep, PlaybookLimits.Entries)),
    ]);

    private static MapShape Gate => new("gate", "What must hold before this phase opens.",
    [
        new("id", Id("Its id, unique in the file."), true),
        new("title", Text("What people call it."), true),
        new("authority", Roles("The roles that decide it and may override it.", 1), true),
        new("criteria", new ListShape("What must hold, all of it.", Criterion, PlaybookLimits.Entries, 1), true),
    ]);

    private static MapShape Criterion => new("criterion", "One thing that must hold: measured by a formula, or attested by a role.",
    [
        new("id", Id("Its id, unique in the gate."), true),
        new("statement", Text("What must hold.", 500), true),
        new("formula", Condition("What measures it, over facts. Either this or attested_by.")),
        new("attested_by", RoleWord("The role that attests it. Either this or a formula.")),
        new("evidence", Text("What is shown for it.", 500)),
    ]);

    private static MapShape Checklist => new("checklist", "What is ticked off at one moment.",
    [
        new("id", Id("Its id, unique in the file."), true),
        new("title", Text("What people call it."), true),
        new("role", RoleWord("Whose it is; everybody's when left out.")),
        new("moment", new WordShape("When it is gone through.", PlaybookWords.Moments), true),
        new("items", Lines("What is on it.", 1), true),
        new("when", Condition("Over parameters and customer facts; when it is false, the checklist is left out.")),
    ]);

    private static MapShape Cutover => new("cutover", "A change-over by the clock of the customer's zone.",
    [
        new("day", Day("The day on which it starts; it stays on a closed day."), true),
        new("starts", Clock("When it starts."), true),
        new("rollback", new MapShape("rollback", "The way back.",
        [
            new("decide_by", Offset("Until when going back is decided, counted from the start."), true),
            new("within", Length("How long going back takes at most."), true),
        ])),
        new("steps", new ListShape("What is done, in order.", CutoverStep, PlaybookLimits.Entries, 1), true),
    ]);

    private static MapShape CutoverStep => new("cutover_step", "A step of a cutover.",
    [
        new("at", new TextShape("When: counted from the start, or a time of day.", 20) { Pattern = PlaybookTexts.CutoverAtPattern(), Form = "an offset such as \"+2h30m\", or a time such as \"Saturday 02:00\"" }, true),
        new("title", Text("What is done."), true),
        new("role", RoleWord("Who does it.")),
        new("check", Text("How one sees that it worked.", 500)),
    ]);

    private static MapShape TimelineStep => new("timeline_step", "A step that is counted in minutes.",
    [
        new("at", Offset("When, counted from the phase's beginning."), true),
        new("title", Text("What is done."), true),
        new("role", RoleWord("Who does it.")),
        new("check", Text("How one sees that it is done.", 500)),
    ]);
}
