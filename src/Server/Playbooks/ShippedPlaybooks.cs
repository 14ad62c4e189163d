namespace Cairn.Server.Playbooks;

/// <summary>
/// The playbooks that ship with the product: the folder beside the program when it is installed, above it in a checkout.
/// Read once. A file with faults is listed with them and is otherwise left alone, so that one slip does not stop the rest.
/// </summary>
internal sealed class ShippedPlaybooks
{
    private const string Folder = "playbooks";

    private readonly Lazy<IReadOnlyDictionary<string, PlaybookText>> byId;

    public ShippedPlaybooks()
        : this(Find())
    {
    }

    /// <summary>The playbooks of a folder; none when it is not there.</summary>
    public ShippedPlaybooks(string? folder) => byId = new(() => Read(folder));

    /// <summary>By id, which is the file's name.</summary>
    public IReadOnlyDictionary<string, PlaybookText> ById => byId.Value;

    private static Dictionary<string, PlaybookText> Read(string? folder)
    {
        var all = new Dictionary<string, PlaybookText>(StringComparer.Ordinal);
        if (!Directory.Exists(folder))
        {
            return all;
        }

        foreach (var path in Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            all[name] = PlaybookText.Read(File.ReadAllText(path), name);
        }

        return all;
    }

    private static string? Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var folder = Path.Combine(at.FullName, Folder);
            if (Directory.Exists(folder))
            {
                return folder;
            }
        }

        return null;
    }
}
