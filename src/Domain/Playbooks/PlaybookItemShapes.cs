using static Cairn.Domain.Playbooks.CommonShapes;

namespace Cairn.Domain.Playbooks;

/// <summary>All that is done on a date.</summary>
internal static class PlaybookItemShapes
{
    public static MapShape Task => new("task", "Work of one role.",
    [
        .. Named(),
        new("role", RoleWord("Who does it.")),
        new("with", Roles("Others who are involved.")),
        new("days", ItemDays("On which days of the playbook. Either this or day.")),
        new("day", Day("On which day of the playbook. Either this or days.")),
        new("at", Clock("At what time in the customer's zone; only with day.")),
        new("time", Length("How long it takes at that time.")),
        new("effort", Length("The work in it.")),
        new("checklist", Lines("What is ticked off within it.")),
        .. Common(),
    ]);

    public static MapShape Milestone => new("milestone", "A day on which something is reached.",
    [
        .. Named(),
        new("day", Day("On which day of the playbook."), true),
        new("role", RoleWord("Who says that it is reached.")),
        .. Common(),
    ]);

    public static MapShape Meeting => new("meeting", "People at one time, once or repeating.",
    [
        .. Named(),
        new("role", RoleWord("Who leads it.")),
        new("day", Day("On which day of the playbook. Either this or days.")),
        new("days", ItemDays("For a repeating meeting: within which days; the phase's when left out.")),
        new("at", Clock("At what time in the customer's zone.")),
        new("time", Length("How long it takes.")),
        new("every", new WordShape("How it repeats: every business day, every week on the weekday of its first day, or on a weekday.", PlaybookWords.Every)),
        new("attendees", Roles("Who takes part.")),
        new("agenda", new ListShape("Its sections; their minutes may sum to less than the meeting.", AgendaItem, 50)),
        new("outcomes", Lines("What it must end with.")),
        new("prework", Lines("What is done before it.")),
        new("followup", Length("How long after its end the notes are due.")),
        .. Common(),
    ]);

    public static MapShape Deliverable => new("deliverable", "A document that is due.",
    [
        .. Named(),
        new("role", RoleWord("Who writes it.")),
        new("day", Day("When it is due."), true),
        new("sign_off", Id("The id of its sign-off.")),
        new("template", Plain("The name of the template it is written from.", 100)),
        .. Common(),
    ]);

    public static MapShape HandOff => new("hand_off", "Work passes from one role to another, who accepts it or gives it back.",
    [
        .. Named(),
        new("from", RoleWord("Who hands over."), true),
        new("to", RoleWord("Who receives."), true),
        new("day", Day("When; the last day of the phase when left out.")),
        new("at", Clock("At what time in the customer's zone.")),
        new("items", Lines("What is handed over.", 1), true),
        new("verify", Lines("What the receiver checks.")),
        new("sign_off", RoleWord("The role that signs it.")),
        .. Common(),
    ]);

    private static MapShape AgendaItem => new("agenda_item", "A section of a meeting.",
    [
        new("title", Text("What it is about."), true),
        new("minutes", new NumberShape("How long.", 1, 1_440)),
        new("lead", RoleWord("Who leads it.")),
        new("notes", Long("What is said or shown.", 2_000)),
    ]);

    private static MapShape Dependency => new("dependency", "Another item, and how this one hangs on it.",
    [
        new("item", Id("The id of the other item, of any phase."), true),
        new("kind", new WordShape("FS (the default): this one starts after the other's finish. SS: not before its start. FF: this one finishes not before its finish. SF: finishes not before its start.", PlaybookWords.DependencyKinds)),
        new("lag", new TextShape("Business days between; negative for an overlap.", 6) { Pattern = PlaybookTexts.LagPattern(), Form = "business days such as 2d or -1d" }),
    ]);

    private static Member[] Named() =>
    [
        new("id", Id("Its id, unique in the file."), true),
        new("title", Text("What people call it."), true),
    ];

    private static Member[] Common() =>
    [
        new("audience", new WordShape("Who sees it: internal (the default), shared (the customer sees it) or customer (the customer does it; the default when the role is theirs).", PlaybookWords.Audiences)),
        new("details", Long("More about it, Markdown.")),
        new("after", new ListShape("What must come before, in any phase.", new EitherShape("An item's id, or an item with the kind of dependency and a lag.", [Id("An item's id."), Dependency]), PlaybookLimits.Entries)),
        new("when", Condition("Over parameters and customer facts; when it is false, this is left out.")),
        new("remind", new ListShape("When its owner is reminded.", new TextShape("Business days before or after the due day.", 12) { Pattern = PlaybookTexts.RemindPattern(), Form = "a reminder such as \"1d before\", \"on due\" or \"2d after\"" }, 10)),
    ];
}
