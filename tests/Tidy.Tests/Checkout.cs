using Cairn.Testing;

namespace Cairn.Tidy.Tests;

/// <summary>The files of the checkout that a person wrote: no build output, no packages, no data.</summary>
internal static class Checkout
{
    /// <summary>Folders whose content nobody wrote by hand, by name; the same ones that git ignores.</summary>
    private static readonly HashSet<string> Skipped = [".git", "bin", "obj", "node_modules", "wwwroot", "dist", "artifacts", "TestResults", ".build"];

    private static readonly HashSet<string> Binary = [".png", ".ico", ".woff2", ".woff", ".jpg", ".gz", ".zip", ".pdf", ".webp"];

    /// <summary>Every file, relative to the root, with forward slashes, in a stable order.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Walk(new DirectoryInfo(Repository.Root)).Order(StringComparer.Ordinal)];

    public static string Full(string file) => Path.Combine(Repository.Root, file);

    public static string Text(string file) => File.ReadAllText(Full(file));

    public static IEnumerable<string> TextFiles => Files.Where(file => !Binary.Contains(Path.GetExtension(file)));

    private static IEnumerable<string> Walk(DirectoryInfo folder)
    {
        foreach (var file in folder.EnumerateFiles().Where(file => file.Name != ".git"))
        {
            yield return Path.GetRelativePath(Repository.Root, file.FullName).Replace('\\', '/');
        }

        foreach (var inner in folder.EnumerateDirectories().Where(inner => !Skipped.Contains(inner.Name) && !IsData(inner)))
        {
            foreach (var file in Walk(inner))
            {
                yield return file;
            }
        }
    }

    /// <summary>The data directory of a server that somebody runs from the checkout.</summary>
    private static bool IsData(DirectoryInfo folder) => folder.Name == "data" && folder.Parent?.FullName.TrimEnd('/') == Repository.Root.TrimEnd('/');
}
