using Cairn.Domain.Playbooks;

namespace Cairn.Server.Tests.Playbooks;

public sealed class PlaybookDiffTests
{
    [Fact]
    public void A_playbook_does_not_differ_from_itself_nor_from_its_own_words_in_another_order()
    {
        Between(SomePlaybook.Text, SomePlaybook.Text).ShouldBeEmpty();
        Between(SomePlaybook.Text, SomePlaybook.With("title: Planning\n    days: 1-5\n", "days: 1-5   # a remark\n    title: \"Planning\"\n")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("effort: 6h", "effort: 8h", "changed phases/planning/tasks/assess/effort", "Task 'assess': 'effort' is '8h' instead of '6h'.")]
    [InlineData("checklist: [Network, Users]", "checklist: [Network, Users, Printers]", "added phases/planning/tasks/assess/checklist", "Task 'assess': 'checklist' has 'Printers' more.")]
    [InlineData("checklist: [Network, Users]", "checklist: [Users]", "removed phases/planning/tasks/assess/checklist", "Task 'assess': 'checklist' has 'Network' no more.")]
    [InlineData("checklist: [Network, Users]", "checklist: [Users, Network]", "changed phases/planning/tasks/assess/checklist", "Task 'assess': 'checklist' has another order.")]
    [InlineData("      - {id: planned, title: Planned, day: 5}", "      - {id: planned, title: Planned, day: 5}\n      - {id: half, title: Half of it, day: 3}", "added phases/planning/milestones/half", "Milestone 'half' is new in phase 'planning': Half of it.")]
    [InlineData("        - {id: dry-run, statement: Dry run went well, attested_by: csm-technical, evidence: Log}\n", "", "removed phases/running/gate/criteria/dry-run", "Criterion 'dry-run' is gone from gate of phase 'running'.")]
    [InlineData("goal: Know what is to be done\n", "", "removed phases/planning/goal", "Phase 'planning' has 'goal' no more; it was 'Know what is to be done'.")]
    [InlineData("hours: 40}", "hours: 50}", "changed roles/csm-technical/hours", "Role 'csm-technical': 'hours' is '50' instead of '40'.")]
    [InlineData("version: 1\n", "version: 2\n", "changed version", "The playbook: 'version' is '2' instead of '1'.")]
    public void A_change_is_told_by_ids(string piece, string by, string place, string sentence)
    {
        var change = Between(SomePlaybook.Text, SomePlaybook.With(piece, by)).ShouldHaveSingleItem();
        $"{change.Kind} {change.Path}".ShouldBe(place);
        change.Text.ShouldBe(sentence);
        var back = Between(SomePlaybook.With(piece, by), SomePlaybook.Text).ShouldHaveSingleItem();
        (back.Before, back.After).ShouldBe((change.After, change.Before));
    }

    [Fact]
    public void Another_order_of_phases_is_one_change()
    {
        var at = SomePlaybook.Text.IndexOf("  - id: running", StringComparison.Ordinal);
        var end = SomePlaybook.Text.IndexOf("sign_offs:", StringComparison.Ordinal);
        var first = SomePlaybook.Text.IndexOf("  - id: planning", StringComparison.Ordinal);
        var swapped = SomePlaybook.Text[..first] + SomePlaybook.Text[at..end] + SomePlaybook.Text[first..at] + SomePlaybook.Text[end..];
        Between(SomePlaybook.Text, swapped).ShouldHaveSingleItem().Text.ShouldBe("The order of the phases of the playbook is another.");
    }

    private static IReadOnlyList<PlaybookChange> Between(string before, string after) => PlaybookDiff.Between(SomePlaybook.Read(before).Root!, SomePlaybook.Read(after).Root!);
}
