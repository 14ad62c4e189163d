namespace Cairn.Server.Platform;

/// <summary>One page of a list.</summary>
/// <param name="Items">In the list's stable order.</param>
/// <param name="Next">The cursor of the next page; <see langword="null"/> on the last.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
