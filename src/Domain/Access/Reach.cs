using Cairn.Domain.Foundation;

namespace Cairn.Domain.Access;

/// <summary>How a person's customers are chosen.</summary>
public enum ReachKind
{
    /// <summary>Every customer, those to come included.</summary>
    All,

    /// <summary>The customers in whose team the person is, as the teams are at each request.</summary>
    Portfolio,

    /// <summary>The customers that are listed.</summary>
    Named,
}

/// <summary>
/// Whose records a member of the staff may see. A customer out of reach does not exist for them: it is in no list, and
/// its address is "not found".
/// </summary>
/// <param name="Kind">How the customers are chosen.</param>
/// <param name="Customers">The customers of <see cref="ReachKind.Named"/>; empty for every other kind.</param>
public sealed record Reach(ReachKind Kind, IReadOnlyList<CustomerId> Customers)
{
    /// <summary>The most customers that can be listed; who has more works by portfolio.</summary>
    public const int MostNamed = 500;

    /// <summary>The words in which a reach is written, in the order of <see cref="ReachKind"/>.</summary>
    public static IReadOnlyList<string> Words { get; } = ["all", "portfolio", "named"];

    /// <summary>No limit.</summary>
    public static Reach Everything { get; } = new(ReachKind.All, []);

    /// <summary>How the kind is written.</summary>
    public string Word => Words[(int)Kind];

    /// <summary>Checks a reach as somebody wrote it, for a person of that role; no limit when nothing is said or after a fault.</summary>
    public static Reach Check(string? word, IReadOnlyList<string>? customers, StaffRole role, InputFaults faults)
    {
        var kind = (ReachKind)Math.Max(0, Words.ToList().IndexOf(faults.OneOf("/reach", word, Words, "reach-unknown") ?? Words[0]));
        var ids = Read(customers ?? [], faults);
        if (role == StaffRole.Admin && kind != ReachKind.All)
        {
            faults.Add("/reach", "reach-of-admin", "An administrator reaches every customer: take 'all', or another role.");
        }

        if (kind == ReachKind.Named && customers is null or [])
        {
            faults.Add("/customers", "reach-empty", "Reach 'named' takes at least one customer in 'customers'.");
        }
        else if (kind != ReachKind.Named && ids.Count > 0)
        {
            faults.Add("/customers", "reach-not-named", $"Customers are listed only with reach 'named', not with '{Words[(int)kind]}'.");
        }

        return kind == ReachKind.Named ? new Reach(kind, ids) : new Reach(kind, []);
    }

    private static List<CustomerId> Read(IReadOnlyList<string> given, InputFaults faults)
    {
        if (given.Count > MostNamed)
        {
            faults.Add("/customers", "reach-too-many", $"At most {MostNamed} customers can be listed; beyond that take 'portfolio'.");
            return [];
        }

        var ids = new List<CustomerId>();
        for (var at = 0; at < given.Count; at++)
        {
            if (TypedId.TryParse<CustomerId>(given[at], out var id) && !id.IsInstallation)
            {
                ids.Add(id);
            }
            else
            {
                faults.Add($"/customers/{at}", CustomerUnknown, $"'{InputFaults.Shorten(given[at])}' is no customer.");
            }
        }

        return [.. ids.Distinct()];
    }

    /// <summary>A listed customer that is none.</summary>
    public const string CustomerUnknown = "customer-unknown";
}
