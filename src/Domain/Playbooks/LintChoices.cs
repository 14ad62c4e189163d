using Cairn.Domain.Foundation;

namespace Cairn.Domain.Playbooks;

/// <summary>Members that only make sense together, or not together: parameters and their defaults, criteria, targets, triggers, cutovers.</summary>
internal static class LintChoices
{
    public static void Check(Playbook playbook, PlaybookFaults faults)
    {
        foreach (var parameter in playbook.Parameters)
        {
            CheckParameter(parameter, faults);
        }

        foreach (var criterion in playbook.Phases.SelectMany(phase => phase.Gate?.Criteria ?? []))
        {
            OneOf(criterion.Node, "formula", "attested_by", $"The criterion '{criterion.Id}'", faults);
        }

        foreach (var target in playbook.Targets)
        {
            OneOf(target.Node, "metric", "formula", $"The target '{target.Id}'", faults);
        }

        foreach (var trigger in playbook.Triggers)
        {
            CheckTrigger(trigger, faults);
        }

        foreach (var cutover in playbook.Phases.Select(phase => phase.Cutover).OfType<PlaybookCutover>())
        {
            CheckSteps(cutover, faults);
        }
    }

    private static void CheckParameter(PlaybookParameter parameter, PlaybookFaults faults)
    {
        var isChoice = parameter.Type == "choice";
        if (isChoice && parameter.Options.Count == 0 && parameter.Node.Find("options") is null)
        {
            faults.Add(parameter.Node, "choice-without-options", $"The parameter '{parameter.Id}' is a choice without options.", "Add options: [one, two].");
        }
        else if (!isChoice && parameter.Node.Find("options") is { } options && parameter.Type.Length > 0)
        {
            faults.Add(options, "choice-without-options", $"The parameter '{parameter.Id}' has options and is no choice.", "Make its type choice, or take the options out.");
        }

        if (parameter.Node.Find("default") is FileScalar { Kind: not FileScalarKind.Null } given && (parameter.Default is null || !IsOfType(parameter, given)) && PlaybookWords.ParameterTypes.Contains(parameter.Type) && !(isChoice && parameter.Options.Count == 0))
        {
            faults.Add(given, "default-unusable", $"'{InputFaults.Shorten(given.Text)}' is no default for '{parameter.Id}'.", Wanted(parameter));
        }
    }

    private static bool IsOfType(PlaybookParameter parameter, FileScalar given) => parameter.Type switch
    {
        "boolean" => given.Kind == FileScalarKind.Boolean,
        "number" => given.Kind == FileScalarKind.Number,
        _ => given.Kind == FileScalarKind.Text,
    };

    private static string Wanted(PlaybookParameter parameter) => parameter.Type switch
    {
        "boolean" => "Write true or false.",
        "number" => "Write a number.",
        "date" => "Write a day of the calendar such as \"2026-03-02\".",
        "choice" => $"Write one of the options: {string.Join(", ", parameter.Options)}.",
        _ => "Write a text; in quotes if it looks like a number.",
    };

    private static void OneOf(FileMap node, string one, string other, string what, PlaybookFaults faults)
    {
        var count = (node.Find(one) is null ? 0 : 1) + (node.Find(other) is null ? 0 : 1);
        if (count != 1)
        {
            faults.Add(node, "one-of-two", $"{what} has {(count == 0 ? $"neither '{one}' nor '{other}'" : $"both '{one}' and '{other}'")}.", "Give it exactly one of the two.");
        }
    }

    private static void CheckTrigger(PlaybookTrigger trigger, PlaybookFaults faults)
    {
        string? needed = trigger.On switch
        {
            "event" when trigger.Event is null => "event: the type of the event",
            "fact" when trigger.When is null => "when: a formula over facts",
            "date" when trigger.When is null && trigger.Every is null => "every: day, week, month, quarter or year; or when: a formula over dates",
            _ => null,
        };
        if (needed is not null)
        {
            faults.Add(trigger.Node, InputFaults.MemberMissing, $"The trigger '{trigger.Id}' watches {trigger.On}s and does not say which.", $"Add {needed}.");
        }
    }

    private static void CheckSteps(PlaybookCutover cutover, PlaybookFaults faults)
    {
        foreach (var step in cutover.Steps.Where(step => PlaybookTexts.Moment(step.At) is null && PlaybookTexts.Offset(step.At) is null && PlaybookTexts.CutoverAtPattern().IsMatch(step.At)))
        {
            faults.Add(step.Node.At("at"), "value-form", $"'{step.At}' is no time.", "Write a time from 00:00 to 23:59.");
        }
    }
}
