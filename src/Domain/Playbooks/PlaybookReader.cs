using System.Globalization;
using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Formulas;
using NodaTime.Text;

namespace Cairn.Domain.Playbooks;

/// <summary>
/// Makes a playbook of a tree. It takes what it can read and leaves the rest out, so that one wrong member does not hide
/// what else is wrong; whether the result may be used is for <see cref="PlaybookLint"/> to say.
/// </summary>
internal static class PlaybookReader
{
    public static Playbook Read(FileMap root) => new()
    {
        Id = root.Text("playbook") ?? "",
        Version = (int)(Number(root, "version") ?? 0),
        Title = root.Text("title") ?? "",
        Kind = root.Text("kind") ?? "",
        Summary = root.Text("summary"),
        Source = root.Text("source"),
        CountsBusinessDays = root.Text("days") == "business",
        StartName = root.Text("start") ?? "start",
        GoLive = root.Text("go_live"),
        Parameters = [.. root.Maps("parameters").Select(Parameter)],
        Roles = [.. root.Maps("roles").Select(Role)],
        OurHours = Number(root.Find("budget") as FileMap, "ours"),
        CustomerHours = Number(root.Find("budget") as FileMap, "customer"),
        Phases = [.. root.Maps("phases").Select(Phase)],
        SignOffs = [.. root.Maps("sign_offs").Select(SignOff)],
        Targets = [.. root.Maps("targets").Select(Target)],
        Triggers = [.. root.Maps("triggers").Select(Trigger)],
        Node = root,
    };

    /// <summary>A number of a member; <see langword="null"/> when there is none.</summary>
    public static decimal? Number(FileMap? map, string name) =>
        decimal.TryParse(map?.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A whole number of a member that fits; <see langword="null"/> for others.</summary>
    public static int? Whole(FileMap? map, string name) => Number(map, name) is { } number && Math.Abs(number) <= int.MaxValue && number == Math.Floor(number) ? (int)number : null;

    /// <summary>A text as a parameter's value; <see langword="null"/> when it is none of its type.</summary>
    public static FormulaValue? Value(PlaybookParameter parameter, string text) => parameter.Type switch
    {
        "boolean" => text is "true" or "yes" ? new FormulaValue.Flag(true) : text is "false" or "no" ? new FormulaValue.Flag(false) : null,
        "number" => decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? new FormulaValue.Number(number) : null,
        "date" => LocalDatePattern.Iso.Parse(text) is { Success: true } day ? new FormulaValue.Date(day.Value) : null,
        "choice" => parameter.Options.Contains(text) ? new FormulaValue.Text(text) : null,
        _ => new FormulaValue.Text(text),
    };

    private static PlaybookParameter Parameter(FileMap map)
    {
        var parameter = new PlaybookParameter
        {
            Id = map.Text("id") ?? "",
            Title = map.Text("title") ?? "",
            Type = map.Text("type") ?? "",
            Options = map.Texts("options"),
            Node = map,
        };
        return map.Text("default") is { } text ? parameter with { Default = Value(parameter, text) } : parameter;
    }

    private static PlaybookRole Role(FileMap map)
    {
        var word = map.Text("role") ?? "";
        var isPrefixed = word.StartsWith(RoleNames.Prefix, StringComparison.Ordinal);
        return new PlaybookRole(
            isPrefixed ? word[RoleNames.Prefix.Length..] : word,
            isPrefixed || map.Text("side") == "customer",
            Number(map, "hours"),
            map.Text("per") == "week",
            map);
    }

    private static PlaybookPhase Phase(FileMap map)
    {
        var id = map.Text("id") ?? "";
        return new PlaybookPhase
        {
            Id = id,
            Title = map.Text("title") ?? "",
            Days = PlaybookTexts.Days(map.Text("days")) ?? new DaySpan(1, null),
            After = map.Texts("after"),
            Goal = map.Text("goal"),
            When = map.Text("when"),
            Gate = map.Find("gate") is FileMap gate ? Gate(gate) : null,
            Items = PlaybookItemReader.Read(map, id),
            Checklists = [.. map.Maps("checklists").Select(Checklist)],
            Cutover = map.Find("cutover") is FileMap cutover ? Cutover(cutover) : null,
            Timeline = [.. map.Maps("timeline").Select(Step)],
            Node = map,
        };
    }

    private static PlaybookGate Gate(FileMap map) => new(
        map.Text("id") ?? "",
        map.Text("title") ?? "",
        map.Texts("authority"),
        [.. map.Maps("criteria").Select(criterion => new PlaybookCriterion(
            criterion.Text("id") ?? "", criterion.Text("statement") ?? "", criterion.Text("formula"), criterion.Text("attested_by"), criterion.Text("evidence"), criterion))],
        map);

    private static PlaybookChecklist Checklist(FileMap map) =>
        new(map.Text("id") ?? "", map.Text("title") ?? "", map.Text("role"), map.Text("moment") ?? "", map.Texts("items"), map.Text("when"), map);

    private static PlaybookCutover Cutover(FileMap map)
    {
        var rollback = map.Find("rollback") as FileMap;
        return new(Whole(map, "day") ?? 1, map.Text("starts") ?? "", rollback?.Text("decide_by"), rollback?.Text("within"), [.. map.Maps("steps").Select(Step)], map);
    }

    private static PlaybookStep Step(FileMap map) => new(map.Text("at") ?? "", map.Text("title") ?? "", map.Text("role"), map.Text("check"), map);

    private static PlaybookSignOff SignOff(FileMap map) =>
        new(map.Text("id") ?? "", map.Text("title") ?? "", map.Text("of") ?? "", map.Texts("by"), map.Text("in_order") != "false", map.Texts("on_rejection"), map);

    private static PlaybookTarget Target(FileMap map) =>
        new(map.Text("id") ?? "", map.Text("title") ?? "", Whole(map, "day") ?? 1, map.Text("formula") ?? map.Text("metric") ?? "", map.Text("goal") ?? "", map.Text("unit"), map);

    private static PlaybookTrigger Trigger(FileMap map) =>
        new(map.Text("id") ?? "", map.Text("on") ?? "", map.Text("event"), map.Text("when"), map.Text("every"), map.Text("cap"), map.Text("close_when"), map);
}
