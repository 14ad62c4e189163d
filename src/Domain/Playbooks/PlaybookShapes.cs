using static Cairn.Domain.Playbooks.CommonShapes;

namespace Cairn.Domain.Playbooks;

/// <summary>The whole playbook language as one table: every member, what may stand there, and what it is for.</summary>
public static class PlaybookShapes
{
    /// <summary>A playbook file.</summary>
    public static MapShape Root { get; } = new("playbook", "A process as a file: what is done on which day, by whom, and what must hold.",
    [
        new("playbook", Id("The id of the playbook: kebab-case, and the file's name without .yaml."), true),
        new("version", new NumberShape("Grows by one with each change; plans keep the version they were started from.", 1, 1_000_000), true),
        new("title", Text("What people call it."), true),
        new("kind", new WordShape("What it is for.", PlaybookWords.Kinds), true),
        new("summary", Long("One or two sentences for the library.", 1_000), true),
        new("source", Text("Where its facts come from, in short."), false),
        new("days", new WordShape("What 'day N' counts. Day 1 is the start date; calendar (the default) counts every day and moves a closed day forward, business counts only days on which work is done.", PlaybookWords.Days)),
        new("start", Text("What day 1 is called: kickoff (the default is start).", 60)),
        new("go_live", Id("The id of the item whose date is the go-live; an item called live is taken when this is left out.")),
        new("parameters", new ListShape("What is asked when a plan is started; usable in 'when' and, as {{id}}, in texts.", Parameter, 50)),
        new("roles", new ListShape("Every role that the playbook uses, with its budget of hours.", Role, 40, 1), true),
        new("budget", Budget),
        new("phases", new ListShape("What is done, part by part.", PlaybookPhaseShapes.Phase, PlaybookLimits.Phases, 1), true),
        new("sign_offs", new ListShape("Who signs what.", SignOff, PlaybookLimits.Entries)),
        new("targets", new ListShape("What the customer shall have reached by when.", Target, PlaybookLimits.Entries)),
        new("triggers", new ListShape("What starts the playbook by itself.", Trigger, 50)),
    ]);

    private static MapShape Parameter => new("parameter", "A question that is asked when a plan is started.",
    [
        new("id", new TextShape("The name by which 'when' and {{…}} know the answer.", PlaybookLimits.IdLength) { Pattern = PlaybookTexts.ParameterPattern(), Form = "a name in kebab-case that begins with a letter, such as parallel-run" }, true),
        new("title", Text("The question."), true),
        new("type", new WordShape("What the answer is.", PlaybookWords.ParameterTypes), true),
        new("options", new ListShape("For a choice: the answers there are.", Plain("An answer.", 60), 50, 2)),
        new("default", new EitherShape("The answer when nobody gives one: of the parameter's type.", [new FlagShape("Yes or no."), new NumberShape("A number.", -1_000_000_000, 1_000_000_000, false), Plain("A text, a date such as 2026-03-02, or one of the options.", 200)])),
    ]);

    private static MapShape Role => new("role", "A role and the hours that it may use.",
    [
        new("role", RoleWord("A role of ours or of the customer."), true),
        new("side", new WordShape("Whose role it is: ours (the default) or customer.", PlaybookWords.Sides)),
        new("hours", new NumberShape("The budget in hours.", 0, PlaybookLimits.Hours, false)),
        new("per", new WordShape("What the hours are counted over: plan (the default) or week.", PlaybookWords.Per)),
    ]);

    private static MapShape Budget => new("budget", "The hours of all roles of a side together.",
    [
        new("ours", new NumberShape("Hours of our roles.", 0, PlaybookLimits.Hours, false)),
        new("customer", new NumberShape("Hours of the customer's roles.", 0, PlaybookLimits.Hours, false)),
    ]);

    private static MapShape SignOff => new("sign_off", "Who signs something, bound to its exact version.",
    [
        new("id", Id("Its id."), true),
        new("title", Text("What is signed."), true),
        new("of", Id("The id of the deliverable, hand-off or gate that is signed."), true),
        new("by", Roles("The roles that sign.", 1), true),
        new("in_order", new FlagShape("Whether each waits for the one before (the default).")),
        new("on_rejection", Roles("The roles that hear of a rejection.")),
    ]);

    private static MapShape Target => new("target", "What the customer shall have reached; recorded as a fact.",
    [
        new("id", Id("Its id."), true),
        new("title", Text("What is measured."), true),
        new("day", Day("By which day; may lie after the last phase."), true),
        new("metric", Plain("The fact that is measured: adoption.percent. Either this or a formula.", 120)),
        new("formula", Formula("What is measured, as a formula. Either this or a metric.")),
        new("goal", new TextShape("What it shall be: a comparison and a value.", 60) { Pattern = PlaybookTexts.GoalPattern(), Form = "a comparison and a value, such as \">= 50\"" }, true),
        new("unit", Plain("The unit, for people.", 30)),
    ]);

    private static MapShape Trigger => new("trigger", "What starts the playbook by itself, at most as often as its cap says.",
    [
        new("id", Id("Its id."), true),
        new("on", new WordShape("What is watched: an event that arrives, a fact that changes, or the calendar.", PlaybookWords.TriggerKinds), true),
        new("event", Plain("For event: the type of the event.", 200)),
        new("when", Condition("What must hold, over facts.")),
        new("every", new WordShape("For date: how often it is looked.", PlaybookWords.TriggerRhythms)),
        new("cap", new TextShape("How often it may start for one customer.", 60) { Pattern = PlaybookTexts.CapPattern(), Form = "a cap such as \"1 per customer per 90d\"" }),
        new("close_when", Condition("When what it started closes by itself, over facts.")),
    ]);
}
