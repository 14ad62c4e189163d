using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Playbooks;

namespace Cairn.Domain.Playbooks;

/// <summary>Ids: each stands for one thing, and whoever names one names something that is there.</summary>
internal static class LintNames
{
    /// <summary>Checks all ids; false when two things share one.</summary>
    public static bool Check(Playbook playbook, PlaybookFaults faults)
    {
        var isUnique = CheckUnique(Shared(playbook), faults);
        CheckUnique(playbook.Parameters.Select(parameter => (parameter.Id, parameter.Node)), faults);
        CheckUnique(playbook.Targets.Select(target => (target.Id, target.Node)), faults);
        CheckUnique(playbook.Triggers.Select(trigger => (trigger.Id, trigger.Node)), faults);
        foreach (var gate in playbook.Phases.Select(phase => phase.Gate).OfType<PlaybookGate>())
        {
            CheckUnique(gate.Criteria.Select(criterion => (criterion.Id, criterion.Node)), faults);
        }

        CheckPhases(playbook, faults);
        CheckItems(playbook, faults);
        CheckSignOffs(playbook, faults);
        return isUnique;
    }

    /// <summary>What shares one space of names, because sign-offs, dependencies and addresses point into it.</summary>
    private static IEnumerable<(string Id, FileMap Node)> Shared(Playbook playbook) =>
    [
        .. playbook.Phases.SelectMany(phase => (IEnumerable<(string, FileMap)>)
        [
            (phase.Id, phase.Node),
            .. phase.Gate is { } gate ? [(gate.Id, gate.Node)] : Array.Empty<(string, FileMap)>(),
            .. phase.Items.Select(item => (item.Id, item.Node)),
            .. phase.Checklists.Select(checklist => (checklist.Id, checklist.Node)),
        ]),
        .. playbook.SignOffs.Select(signOff => (signOff.Id, signOff.Node)),
    ];

    private static bool CheckUnique(IEnumerable<(string Id, FileMap Node)> named, PlaybookFaults faults)
    {
        var first = new Dictionary<string, FileNode>(StringComparer.Ordinal);
        var isUnique = true;
        foreach (var (id, node) in named.Where(pair => pair.Id.Length > 0))
        {
            var at = node.At("id");
            if (!first.TryAdd(id, at))
            {
                isUnique = false;
                faults.Add(at, "id-twice", $"The id '{InputFaults.Shorten(id)}' stands in line {first[id].Line} already.", "Give one of the two another id; phases, items, checklists, gates and sign-offs share one space of names.");
            }
        }

        return isUnique;
    }

    private static void CheckPhases(Playbook playbook, PlaybookFaults faults)
    {
        var ids = playbook.Phases.Select(phase => phase.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var after in playbook.Phases.SelectMany(phase => phase.Node.List("after")).OfType<FileScalar>().Where(after => !ids.Contains(after.Text)))
        {
            Unknown(after, "phase", after.Text, ids, faults);
        }
    }

    private static void CheckItems(Playbook playbook, PlaybookFaults faults)
    {
        var items = playbook.Items.GroupBy(item => item.Id).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        foreach (var (item, after) in playbook.Items.SelectMany(item => item.After.Select(after => (item, after))))
        {
            if (!items.TryGetValue(after.Item, out var other))
            {
                var hint = playbook.Phases.Any(phase => phase.Id == after.Item) ? " That is a phase; 'after' of the phase waits for phases." : "";
                Unknown(after.Node, "item", after.Item, items.Keys, faults, hint);
            }
            else if (other.Every is not null)
            {
                faults.Add(after.Node, "after-repeats", $"'{item.Id}' waits for '{after.Item}', which repeats.", "Name an item that happens once.");
            }
        }

        if (playbook.GoLive is { } goLive && !items.ContainsKey(goLive))
        {
            Unknown(playbook.Node.At("go_live"), "item", goLive, items.Keys, faults);
        }
    }

    private static void CheckSignOffs(Playbook playbook, PlaybookFaults faults)
    {
        var signOffs = playbook.SignOffs.Select(signOff => signOff.Id).ToHashSet(StringComparer.Ordinal);
        var signable = playbook.Items.Where(item => item.Kind is ItemKinds.Deliverable or ItemKinds.HandOff).Select(item => item.Id)
            .Concat(playbook.Phases.Select(phase => phase.Gate?.Id).OfType<string>()).ToHashSet(StringComparer.Ordinal);
        foreach (var item in playbook.Items.Where(item => item.SignOff is not null && !signOffs.Contains(item.SignOff)))
        {
            Unknown(item.Node.At("sign_off"), "sign-off", item.SignOff!, signOffs, faults, " Sign-offs stand under 'sign_offs'.");
        }

        foreach (var signOff in playbook.SignOffs.Where(signOff => signOff.Of.Length > 0 && !signable.Contains(signOff.Of)))
        {
            Unknown(signOff.Node.At("of"), "deliverable, hand-off or gate", signOff.Of, signable, faults);
        }

        foreach (var signOff in playbook.SignOffs)
        {
            var named = playbook.Items.FirstOrDefault(item => item.SignOff == signOff.Id);
            if (named is not null && named.Id != signOff.Of && signable.Contains(signOff.Of))
            {
                faults.Add(signOff.Node.At("of"), "sign-off-differs", $"'{signOff.Id}' signs '{signOff.Of}', while '{named.Id}' names it as its own.", "Make the two name each other.");
            }
        }
    }

    private static void Unknown(FileNode at, string what, string id, IEnumerable<string> known, PlaybookFaults faults, string advice = "") =>
        faults.Add(at, "id-unknown", $"There is no {what} '{InputFaults.Shorten(id)}' in this playbook.", $"{NearestWord.Hint(id, known).TrimStart()} Name one that is there, or take this out.{advice}".TrimStart());
}
