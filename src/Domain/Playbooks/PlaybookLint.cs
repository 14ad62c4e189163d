using Cairn.Domain.Foundation;

namespace Cairn.Domain.Playbooks;

/// <summary>What a file came to: a playbook when nothing is wrong with it, and every fault and warning in any case.</summary>
/// <param name="Playbook">The playbook; <see langword="null"/> when there is a fault that is more than a warning.</param>
/// <param name="Faults">All faults and warnings, in the order of the file.</param>
public sealed record PlaybookReading(Playbook? Playbook, IReadOnlyList<PlaybookFault> Faults);

/// <summary>
/// Reads a playbook and finds everything that is wrong with it at once: what does not fit the table of shapes, names that
/// mean nothing, days that cannot be, formulas that do not work, circles; and warns of what is probably not meant.
/// </summary>
public static class PlaybookLint
{
    /// <summary>Checks a tree.</summary>
    /// <param name="root">The file.</param>
    /// <param name="fileName">The file's name without folder and <c>.yaml</c>, which its id must equal; <see langword="null"/> for a text that is in no file.</param>
    public static PlaybookReading Check(FileNode root, string? fileName)
    {
        var faults = new PlaybookFaults();
        ShapeCheck.Check(root, PlaybookShapes.Root, "playbook", faults);
        if (root is not FileMap map)
        {
            return new PlaybookReading(null, faults.List);
        }

        var playbook = PlaybookReader.Read(map);
        CheckName(playbook, fileName, faults);
        var isUnique = LintNames.Check(playbook, faults);
        LintRoles.Check(playbook, faults);
        LintDays.Check(playbook, faults);
        LintFormulas.Check(playbook, faults);
        LintChoices.Check(playbook, faults);
        if (isUnique)
        {
            // Of two things with one id nobody can say which one is waited for.
            LintOrder.Check(playbook, faults);
        }

        return new PlaybookReading(faults.Any ? null : playbook, faults.List);
    }

    private static void CheckName(Playbook playbook, string? fileName, PlaybookFaults faults)
    {
        if (fileName is not null && playbook.Id.Length > 0 && playbook.Id != fileName)
        {
            faults.Add(playbook.Node.At("playbook"), "playbook-name", $"The playbook is called '{InputFaults.Shorten(playbook.Id)}' and its file '{InputFaults.Shorten(fileName)}.yaml'.", "Give both the same name, so that one finds the other.");
        }
    }
}
