using Cairn.Domain.Foundation;

namespace Cairn.Domain.Playbooks;

/// <summary>
/// Which role a word of a playbook means. A word that both sides have (<c>finance</c>) means ours when ours is among the
/// playbook's roles, else the customer's; <c>customer:finance</c> always means the customer's.
/// </summary>
internal sealed class RoleNames(IReadOnlyList<PlaybookRole> declared)
{
    public const string Prefix = "customer:";

    /// <summary>Every word that names a role at all.</summary>
    public static IReadOnlyList<string> All { get; } = [.. JobRoles.All, .. PortalRoles.All.Where(role => !JobRoles.Exists(role)), .. PortalRoles.All.Where(JobRoles.Exists).Select(role => Prefix + role)];

    public static bool Exists(string word) => JobRoles.Exists(word) || PortalRoles.Exists(Bare(word));

    public static string Bare(string word) => word.StartsWith(Prefix, StringComparison.Ordinal) ? word[Prefix.Length..] : word;

    /// <summary>The role among the playbook's that a word means; <see langword="null"/> when it names none of them.</summary>
    public PlaybookRole? Find(string word)
    {
        var bare = Bare(word);
        return declared.Where(role => role.Role == bare && (role.IsCustomers || bare == word)).OrderBy(role => role.IsCustomers).FirstOrDefault();
    }

    public bool IsCustomers(string? word) => word is not null && (Find(word)?.IsCustomers ?? (!JobRoles.Exists(word) && PortalRoles.Exists(Bare(word))));

    /// <summary>The word that plans show: bare, with the prefix only where the bare word would mean ours.</summary>
    public string Shown(string word) => IsCustomers(word) && JobRoles.Exists(Bare(word)) ? Prefix + Bare(word) : Bare(word);
}
