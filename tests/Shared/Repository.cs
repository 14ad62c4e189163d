namespace Cairn.Testing;

/// <summary>Finds the checkout that the running tests were built from.</summary>
internal static class Repository
{
    /// <summary>The folder that holds <c>Cairn.slnx</c>.</summary>
    public static string Root { get; } = Find();

    /// <summary>Real data sets beside the checkout; <see langword="null"/> where that folder is absent.</summary>
    public static string? SharedData
    {
        get
        {
            var folder = Path.Combine(Root, "..", "shared", "data");
            return Directory.Exists(folder) ? Path.GetFullPath(folder) : null;
        }
    }

    public static string PathTo(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Cairn.slnx")))
            {
                return at.FullName;
            }
        }

        throw new InvalidOperationException("The tests do not run inside a checkout: no Cairn.slnx above " + AppContext.BaseDirectory);
    }
}
