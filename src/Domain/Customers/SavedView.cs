using Cairn.Domain.Foundation;
using NodaTime;

namespace Cairn.Domain.Customers;

/// <summary>Names a saved view: <c>viw_…</c>.</summary>
public readonly record struct SavedViewId(Guid Value) : ITypedId<SavedViewId>
{
    /// <inheritdoc/>
    public static string Prefix => "viw";

    /// <inheritdoc/>
    public static SavedViewId Of(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => TypedId.Format(this);
}

/// <summary>A list's address under a name: what is filtered, sorted and shown.</summary>
/// <param name="Id">Which one.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="Screen">One of <see cref="SavedViewRules.Screens"/>.</param>
/// <param name="Details">What it says.</param>
/// <param name="CreatedAt">Since when.</param>
/// <param name="Version">Counts the changes, from 1.</param>
public sealed record SavedView(SavedViewId Id, PersonId Owner, string Screen, SavedViewDetails Details, Instant CreatedAt, long Version);

/// <summary>What a saved view says, checked.</summary>
/// <param name="Name">Its name, once for each owner and screen.</param>
/// <param name="IsShared">Whether everybody on the staff sees it.</param>
/// <param name="Search">The members of the address: texts by name.</param>
public sealed record SavedViewDetails(string Name, bool IsShared, IReadOnlyDictionary<string, string> Search);

/// <summary>What somebody writes about a view, unchecked.</summary>
public sealed record SavedViewDraft(string? Screen, string? Name, bool IsShared, IReadOnlyDictionary<string, string>? Search);

/// <summary>What a saved view takes.</summary>
public static class SavedViewRules
{
    /// <summary>The screens that have views.</summary>
    public static IReadOnlyList<string> Screens { get; } = ["portfolio"];

    /// <summary>The most views of one person.</summary>
    public const int MostViews = 50;

    /// <summary>The longest name, in characters.</summary>
    public const int NameLength = 60;

    private const int MostMembers = 30;
    private const int MemberLength = 40;
    private const int ValueLength = 400;

    /// <summary>Checks a draft and gives its screen and what it says.</summary>
    public static Outcome<(string Screen, SavedViewDetails Details)> Check(SavedViewDraft draft, InputFaults faults)
    {
        var screen = faults.OneOf("/screen", draft.Screen, Screens, "screen-unknown") ?? Screens[0];
        var name = faults.Required("/name", draft.Name, NameLength);
        if (draft.Search is null)
        {
            faults.Add("/search", InputFaults.MemberMissing, "'search' is required: the members of the address as an object of texts.");
        }
        else if (draft.Search.Count > MostMembers)
        {
            faults.Add("/search", "too-many", $"A view takes at most {MostMembers} members of the address.");
        }
        else
        {
            foreach (var (member, value) in draft.Search)
            {
                if (member.Length is 0 or > MemberLength || !member.All(one => char.IsAsciiLetterOrDigit(one) || one == '_'))
                {
                    faults.Add("/search", "search-member-unusable", $"The members of an address are named with up to {MemberLength} letters, digits and underscores.");
                }
                else
                {
                    faults.Optional("/search/" + member, value, ValueLength);
                }
            }
        }

        return faults.Any ? faults.ToProblem() : (screen, new SavedViewDetails(name, draft.IsShared, draft.Search!));
    }

    /// <summary>Why somebody may not change a view; <see langword="null"/> when they may. A view that they do not see is not there for them.</summary>
    public static Problem? RefuseChange(SavedView view, PersonId person, StaffRole role) =>
        view.Owner == person ? null
        : !view.Details.IsShared ? CustomersProblems.SavedViewNotFound
        : role >= StaffRole.Manager ? null
        : CustomersProblems.SavedViewNotYours;
}
