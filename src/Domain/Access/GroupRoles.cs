using Cairn.Domain.Foundation;

namespace Cairn.Domain.Access;

/// <summary>Which group at the identity provider gives which role here. Groups are compared letter by letter.</summary>
public sealed record GroupRoles(IReadOnlyDictionary<string, StaffRole> Roles)
{
    /// <summary>Whether the provider decides over roles at all.</summary>
    public bool Decide => Roles.Count > 0;

    /// <summary>The highest role that the groups give; <see langword="null"/> when none of them gives one.</summary>
    public StaffRole? RoleOf(IEnumerable<string> groups) =>
        groups.Where(Roles.ContainsKey).Select(group => (StaffRole?)Roles[group]).Max();

    /// <summary>Reads <c>group=Role; other group=Role</c>; a refusal names the part that cannot be read.</summary>
    /// <returns>The mapping, or the part at fault.</returns>
    public static (GroupRoles? Mapping, string? Fault) Read(string text)
    {
        var roles = new Dictionary<string, StaffRole>(StringComparer.Ordinal);
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // The last sign counts: names of groups may be paths such as cn=staff,ou=groups.
            var at = part.LastIndexOf('=');
            var role = part[(at + 1)..].Trim();
            if (at <= 0 || !Enum.GetNames<StaffRole>().Contains(role, StringComparer.Ordinal))
            {
                return (null, part);
            }

            roles[part[..at].Trim()] = Enum.Parse<StaffRole>(role);
        }

        return (new GroupRoles(roles), null);
    }
}
