using Cairn.Domain.Foundation.Playbooks;

namespace Cairn.Domain.Plans;

/// <summary>The fixed words of plans. They stand in the API and in the ledger, so they are only ever added to.</summary>
public static class PlanWords
{
    /// <summary>For the vendor's people alone: what everything is unless somebody says otherwise.</summary>
    public const string Internal = "internal";

    /// <summary>Who sees an item: <c>shared</c> is seen by the customer, <c>customer</c> is done by the customer.</summary>
    public static IReadOnlyList<string> Audiences { get; } = [Internal, "shared", "customer"];

    /// <summary>The vendor's side.</summary>
    public const string Ours = "ours";

    /// <summary>The customer's side.</summary>
    public const string Customer = "customer";

    /// <summary>The kinds of item that somebody may add by hand.</summary>
    public static IReadOnlyList<string> AddedKinds { get; } = [ItemKinds.Task, ItemKinds.Milestone];

    /// <summary>The states of a plan, as written.</summary>
    public static IReadOnlyList<string> PlanStates { get; } = ["active", "paused", "closed"];

    /// <summary>The states of an item, as written.</summary>
    public static IReadOnlyList<string> ItemStates { get; } = ["open", "in-progress", "done", "cancelled"];

    /// <summary>The kinds of dependency, as written.</summary>
    public static IReadOnlyList<string> DependencyKinds { get; } = ["FS", "SS", "FF", "SF"];

    /// <summary>A state as written.</summary>
    public static string Of(PlanState state) => PlanStates[(int)state];

    /// <summary>A state as written.</summary>
    public static string Of(PlanItemState state) => ItemStates[(int)state];

    /// <summary>A kind as written.</summary>
    public static string Of(DependencyKind kind) => DependencyKinds[(int)kind];

    /// <summary>Whose side a role is on, as written.</summary>
    public static string Side(bool isCustomers) => isCustomers ? Customer : Ours;

    /// <summary>The state of a plan that a word names; the word is one of <see cref="PlanStates"/>.</summary>
    public static PlanState PlanStateOf(string word) => (PlanState)Place(PlanStates, word);

    /// <summary>The state of an item that a word names; the word is one of <see cref="ItemStates"/>.</summary>
    public static PlanItemState ItemStateOf(string word) => (PlanItemState)Place(ItemStates, word);

    /// <summary>The kind that a word names; the word is one of <see cref="DependencyKinds"/>.</summary>
    public static DependencyKind DependencyKindOf(string word) => (DependencyKind)Place(DependencyKinds, word);

    private static int Place(IReadOnlyList<string> words, string word)
    {
        for (var at = 0; at < words.Count; at++)
        {
            if (words[at] == word)
            {
                return at;
            }
        }

        throw new ArgumentException($"'{word}' is not one of {string.Join(", ", words)}.", nameof(word));
    }
}
