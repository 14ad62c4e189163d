using Cairn.Domain.Customers;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Customers.SavedViews;

/// <summary>A list's address under a name.</summary>
internal sealed record SavedViewBody
{
    public required string Id { get; init; }

    public required string Screen { get; init; }

    public required string Name { get; init; }

    /// <summary>Whether everybody on the staff sees it.</summary>
    public required bool Shared { get; init; }

    /// <summary>The members of the address, by name.</summary>
    public required IReadOnlyDictionary<string, string> Search { get; init; }

    /// <summary>Whose it is: <c>per_…</c>.</summary>
    public required string Owner { get; init; }

    /// <summary>Counts the changes; send it in If-Match with a change.</summary>
    public required long Version { get; init; }

    public static SavedViewBody Of(SavedView view) => new()
    {
        Id = view.Id.ToString(),
        Screen = view.Screen,
        Name = view.Details.Name,
        Shared = view.Details.IsShared,
        Search = view.Details.Search,
        Owner = view.Owner.ToString(),
        Version = view.Version,
    };
}

/// <summary>What may be written about a saved view.</summary>
internal sealed record WriteSavedViewBody
{
    /// <summary>Only <c>portfolio</c> so far; fixed once saved.</summary>
    public string? Screen { get; init; }

    public string? Name { get; init; }

    /// <summary>Whether everybody on the staff sees it.</summary>
    public bool? Shared { get; init; }

    public IReadOnlyDictionary<string, string>? Search { get; init; }
}

/// <summary>Reads a saved view from JSON, whole or as a change.</summary>
internal static class SavedViewInput
{
    public static SavedViewDraft Over(JsonInput input, SavedViewDraft draft)
    {
        var read = new SavedViewDraft(
            input.Has("screen") ? input.Text("screen") : input.Skip("screen", draft.Screen),
            input.Has("name") ? input.Text("name") : input.Skip("name", draft.Name),
            input.Has("shared") ? input.Flag("shared") ?? false : input.Skip("shared", draft.IsShared),
            input.Has("search") ? Search(input) : input.Skip("search", draft.Search));
        input.Finish();
        return read;
    }

    private static Dictionary<string, string>? Search(JsonInput input) => input.Members("search")?
        .ToDictionary(member => member.Name, member => input.TextOf(member.Value, "/search/" + member.Name) ?? "", StringComparer.Ordinal);
}
