using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Playbooks;

namespace Cairn.Domain.Playbooks;

/// <summary>Makes the items of a phase.</summary>
internal static class PlaybookItemReader
{
    private static readonly (string Member, string Kind)[] Kinds =
    [
        ("tasks", ItemKinds.Task), ("milestones", ItemKinds.Milestone), ("meetings", ItemKinds.Meeting),
        ("deliverables", ItemKinds.Deliverable), ("hand_off", ItemKinds.HandOff),
    ];

    public static IReadOnlyList<PlaybookItem> Read(FileMap phase, string phaseId) =>
        [.. Kinds.SelectMany(kind => phase.Maps(kind.Member).Select(map => Item(map, kind.Kind, phase, phaseId)))];

    private static PlaybookItem Item(FileMap map, string kind, FileMap phase, string phaseId)
    {
        var days = PlaybookTexts.Days(map.Text("day") ?? map.Text("days"));
        return new PlaybookItem
        {
            Kind = kind,
            Id = map.Text("id") ?? "",
            Phase = phaseId,
            Title = map.Text("title") ?? "",
            // Who hands over does the work of it.
            Role = map.Text("role") ?? map.Text("from"),
            With = [.. map.Texts("with"), .. map.Texts("attendees"), .. kind == ItemKinds.HandOff && map.Text("to") is { } to ? [to] : Array.Empty<string>()],
            Audience = map.Text("audience"),
            Days = days ?? Standard(map, kind, phase),
            At = PlaybookTexts.Clock(map.Text("at")),
            Time = PlaybookTexts.Length(map.Text("time")),
            EffortHours = PlaybookTexts.Hours(map.Text("effort")),
            Details = map.Text("details"),
            After = [.. map.List("after").Select(Dependency).OfType<PlaybookDependency>()],
            When = map.Text("when"),
            Checklist = kind == ItemKinds.Task ? map.Texts("checklist") : [],
            Remind = [.. map.Texts("remind").Select(PlaybookTexts.Reminder).OfType<int>().Distinct().Order()],
            Every = map.Text("every"),
            Meeting = kind == ItemKinds.Meeting ? Meeting(map) : null,
            HandOff = kind == ItemKinds.HandOff ? HandOff(map) : null,
            SignOff = kind == ItemKinds.Deliverable ? map.Text("sign_off") : null,
            Template = map.Text("template"),
            Node = map,
        };
    }

    /// <summary>A hand-off ends its phase and a repeating meeting fills it; for everything else the file says the days.</summary>
    private static DaySpan? Standard(FileMap map, string kind, FileMap phase)
    {
        if (PlaybookTexts.Days(phase.Text("days")) is not { } days || map.Find("day") is not null || map.Find("days") is not null)
        {
            return null;
        }

        return kind == ItemKinds.HandOff ? new DaySpan(days.Last ?? days.First, days.Last ?? days.First)
            : map.Text("every") is not null ? days
            : null;
    }

    private static PlaybookDependency? Dependency(FileNode node) => node switch
    {
        FileScalar { Kind: FileScalarKind.Text } scalar => new PlaybookDependency(scalar.Text, "FS", 0, node),
        FileMap map when map.Text("item") is { } item => new PlaybookDependency(item, map.Text("kind") ?? "FS", PlaybookTexts.Lag(map.Text("lag")) ?? 0, map.At("item")),
        _ => null,
    };

    private static CompiledMeeting Meeting(FileMap map) => new()
    {
        Agenda = [.. map.Maps("agenda").Select(section => new CompiledAgendaItem(
            section.Text("title") ?? "", PlaybookReader.Whole(section, "minutes"), section.Text("lead"), section.Text("notes")))],
        Outcomes = map.Texts("outcomes"),
        Prework = map.Texts("prework"),
        FollowUp = PlaybookTexts.Length(map.Text("followup")),
    };

    private static CompiledHandOff HandOff(FileMap map) =>
        new(map.Text("from") ?? "", map.Text("to") ?? "", map.Texts("items"), map.Texts("verify"), map.Text("sign_off"));
}
