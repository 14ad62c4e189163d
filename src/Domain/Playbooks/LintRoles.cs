using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Playbooks;

namespace Cairn.Domain.Playbooks;

/// <summary>Roles: every one that is used is declared, every one that is declared exists; and who owns and who pays.</summary>
internal static class LintRoles
{
    public static void Check(Playbook playbook, PlaybookFaults faults)
    {
        var names = new RoleNames(playbook.Roles);
        CheckDeclared(playbook, faults);
        var used = new HashSet<PlaybookRole>(ReferenceEqualityComparer.Instance);
        foreach (var (node, _, _) in Uses(playbook))
        {
            if (names.Find(node.Text) is { } role)
            {
                used.Add(role);
            }
            else
            {
                Refuse(node, faults);
            }
        }

        foreach (var role in playbook.Roles.Where(role => role.Role.Length > 0 && !used.Contains(role)))
        {
            faults.Warn(role.Node.At("role"), "role-unused", $"Nothing in the playbook is for '{InputFaults.Shorten(role.Role)}'.", "Give the role something to do, or take it out.");
        }

        CheckOwners(playbook, names, faults);
    }

    private static IEnumerable<(FileScalar Node, TextShape Shape, string Name)> Uses(Playbook playbook)
    {
        var declarations = playbook.Roles.Select(role => role.Node.Find("role")).ToHashSet(ReferenceEqualityComparer.Instance);
        return ShapeCheck.Texts(playbook.Node, PlaybookShapes.Root).Where(text => text.Shape.Means == TextMeaning.Role && !declarations.Contains(text.Node));
    }

    private static void CheckDeclared(Playbook playbook, PlaybookFaults faults)
    {
        var seen = new HashSet<(string, bool)>();
        foreach (var role in playbook.Roles.Where(role => role.Role.Length > 0))
        {
            var known = role.IsCustomers ? PortalRoles.All : JobRoles.All;
            var at = role.Node.At("role");
            if (!known.Contains(role.Role))
            {
                var other = (role.IsCustomers ? JobRoles.All : PortalRoles.All).Contains(role.Role);
                var side = role.IsCustomers ? "the customer's roles" : "our roles";
                faults.Add(at, "role-unknown", $"'{InputFaults.Shorten(role.Role)}' is none of {side}.", other
                    ? role.IsCustomers ? "It is a role of ours: take 'side: customer' out." : "It is a role of the customer's: add 'side: customer'."
                    : $"{NearestWord.Hint(role.Role, known).TrimStart()} They are: {string.Join(", ", known)}.".TrimStart());
            }
            else if (!seen.Add((role.Role, role.IsCustomers)))
            {
                faults.Add(at, "id-twice", $"The role '{role.Role}' stands here twice.", "Keep one of the two, with the hours of both.");
            }
        }
    }

    private static void Refuse(FileScalar node, PlaybookFaults faults)
    {
        if (!RoleNames.Exists(node.Text))
        {
            faults.Add(node, "role-unknown", $"There is no role '{InputFaults.Shorten(node.Text)}'.", $"{NearestWord.Hint(node.Text, RoleNames.All).TrimStart()} Roles are: {string.Join(", ", RoleNames.All)}.".TrimStart());
            return;
        }

        var isOurs = JobRoles.Exists(node.Text);
        faults.Add(node, "role-undeclared", $"The role '{node.Text}' is not among the playbook's roles.", $"Add {{role: {RoleNames.Bare(node.Text)}{(isOurs ? "" : ", side: customer")}}} to 'roles'.");
    }

    private static void CheckOwners(Playbook playbook, RoleNames names, PlaybookFaults faults)
    {
        foreach (var item in playbook.Items.Where(item => item.Kind is ItemKinds.Task or ItemKinds.Meeting or ItemKinds.Deliverable))
        {
            if (item.Role is null)
            {
                faults.Warn(item.Node, "no-owner", $"Nobody owns '{item.Id}'.", "Say whose it is: role: csm-lead.");
            }
            else if (item.EffortHours > 0 && names.Find(item.Role) is { Hours: null })
            {
                faults.Warn(item.Node.At("effort"), "no-budget", $"'{item.Id}' takes time of '{item.Role}', who has no budget.", "Give the role its hours in 'roles', or take the effort out.");
            }
        }
    }
}
