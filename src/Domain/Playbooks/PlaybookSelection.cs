using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Formulas;
using Cairn.Domain.Foundation.Playbooks;

namespace Cairn.Domain.Playbooks;

/// <summary>What of a playbook applies: parts whose condition does not hold are left out, and what waited for them waits for what they waited for.</summary>
internal sealed class PlaybookSelection(Playbook playbook, IFactSource facts)
{
    private readonly List<CompiledOmission> omissions = [];

    public IReadOnlyList<CompiledOmission> Omissions => omissions;

    /// <summary>The playbook without what does not apply.</summary>
    public Playbook Run()
    {
        var phases = playbook.Phases.Where(phase => Applies(phase.Id, phase.Title, phase.When)).ToList();
        var kept = phases.SelectMany(phase => phase.Items).Where(item => Applies(item.Id, item.Title, item.When)).Select(item => item.Id).ToHashSet(StringComparer.Ordinal);
        var items = playbook.Items.ToDictionary(item => item.Id, StringComparer.Ordinal);
        var gates = phases.Select(phase => phase.Gate?.Id).OfType<string>();
        var signable = kept.Concat(gates).ToHashSet(StringComparer.Ordinal);
        return playbook with
        {
            Phases = [.. phases.Select(phase => phase with
            {
                After = [.. phase.After.SelectMany(after => PhasesFor(after, phases)).Distinct()],
                Items = [.. phase.Items.Where(item => kept.Contains(item.Id)).Select(item => item with { After = Waits(item, kept, items) })],
                Checklists = [.. phase.Checklists.Where(checklist => Applies(checklist.Id, checklist.Title, checklist.When))],
            })],
            SignOffs = [.. playbook.SignOffs.Where(signOff => signable.Contains(signOff.Of))],
        };
    }

    // A condition whose facts are missing does not hold either; the omission says what was missing.
    private bool Applies(string id, string title, string? when)
    {
        if (when is null || Formula.Read(when).Formula is not { } formula)
        {
            return true;
        }

        var result = formula.Evaluate(facts);
        if (!result.Holds)
        {
            omissions.Add(new CompiledOmission(id, title, result.Derivation));
        }

        return result.Holds;
    }

    private IEnumerable<string> PhasesFor(string id, List<PlaybookPhase> kept) => kept.Exists(phase => phase.Id == id)
        ? [id]
        : playbook.Phases.First(phase => phase.Id == id).After.SelectMany(after => PhasesFor(after, kept));

    private static List<PlaybookDependency> Waits(PlaybookItem item, HashSet<string> kept, Dictionary<string, PlaybookItem> all)
    {
        var waits = new List<PlaybookDependency>();
        foreach (var after in item.After)
        {
            if (kept.Contains(after.Item))
            {
                waits.Add(after);
            }
            else if (after.Kind == "FS")
            {
                waits.AddRange(Instead(after.Item, kept, all).Select(other => after with { Item = other, LagDays = 0 }));
            }
        }

        return [.. waits.DistinctBy(after => (after.Item, after.Kind))];
    }

    /// <summary>The nearest items that apply on the way back from one that does not.</summary>
    private static List<string> Instead(string omitted, HashSet<string> kept, Dictionary<string, PlaybookItem> all)
    {
        var found = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal) { omitted };
        var open = new Stack<string>(seen);
        while (open.TryPop(out var at))
        {
            foreach (var before in all[at].After.Select(after => after.Item).Where(seen.Add))
            {
                if (kept.Contains(before))
                {
                    found.Add(before);
                }
                else
                {
                    open.Push(before);
                }
            }
        }

        return found;
    }
}
