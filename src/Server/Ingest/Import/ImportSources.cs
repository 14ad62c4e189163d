using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest.Import;

namespace Cairn.Server.Ingest.Import;

/// <summary>
/// Finds the files that a command line names: a file, a folder (all its <c>*.csv</c>, by name) or a pattern in the last part
/// of a path (for shells that leave <c>*</c> alone). Every fault at once.
/// </summary>
internal static class ImportSources
{
    /// <summary>The files in the order given, each once.</summary>
    public static Outcome<IReadOnlyList<string>> Find(IEnumerable<string> given, ImportMapping mapping)
    {
        var faults = new List<Fault>();
        var files = new List<string>();
        foreach (var one in given)
        {
            var found = Expand(one);
            if (found.Count == 0)
            {
                faults.Add(new Fault(one, "no-such-file", Directory.Exists(one)
                    ? $"The folder {one} holds no .csv file. Name the files themselves, or another folder."
                    : $"There is no file {one}. Check the path; it counts from the folder in which the command runs."));
            }

            files.AddRange(found.Except(files));
        }

        if (mapping.Id.UsesFile)
        {
            // Two files of one name would claim the same ids, and the second would be taken for a repeat or a conflict.
            faults.AddRange(files.GroupBy(Path.GetFileName).Where(name => name.Count() > 1).Select(name => new Fault(
                name.Key ?? "", "file-name-twice", $"{name.Key} is there {name.Count()} times, and the ids are made of file names: {string.Join(", ", name)}. Rename one, or import them under different sources.")));
        }

        return faults.Count == 0
            ? files
            : new Problem(ProblemKind.Malformed, "files-not-found", "The files cannot be imported as they are named.") { Faults = faults };
    }

    private static IReadOnlyList<string> Expand(string given)
    {
        if (Directory.Exists(given))
        {
            return Sorted(Directory.EnumerateFiles(given).Where(file => file.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)));
        }

        if (File.Exists(given))
        {
            return [Path.GetFullPath(given)];
        }

        var folder = Path.GetDirectoryName(given) is { Length: > 0 } parent ? parent : ".";
        var pattern = Path.GetFileName(given);
        return (pattern.Contains('*') || pattern.Contains('?')) && Directory.Exists(folder) ? Sorted(Directory.EnumerateFiles(folder, pattern)) : [];
    }

    private static List<string> Sorted(IEnumerable<string> files) =>
        [.. files.Select(Path.GetFullPath).OrderBy(Path.GetFileName, StringComparer.Ordinal)];
}
