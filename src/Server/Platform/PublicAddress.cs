namespace Cairn.Server.Platform;

/// <summary>Where people reach this installation, for the links in messages: <c>CAIRN_PUBLIC_URL</c>, else the first address that it listens on.</summary>
internal sealed class PublicAddress
{
    /// <summary>Where the server listens when nothing else is said.</summary>
    public const string Default = "http://localhost:5080";

    private readonly Uri root;

    /// <exception cref="InstallationException">It is no address that a link can begin with.</exception>
    public PublicAddress(string? configured, string listensOn)
    {
        if (configured is not null && (!Uri.TryCreate(configured, UriKind.Absolute, out var given) || given.Scheme is not ("https" or "http") || given.AbsolutePath != "/" || given.Query.Length > 0 || given.Fragment.Length > 0))
        {
            throw new InstallationException($"CAIRN_PUBLIC_URL takes the address that people open, without a path, like https://cairn.example.com; not '{configured}'.");
        }

        // "Every address" is one to listen on and none to open.
        root = new Uri(configured ?? listensOn.Replace("*", "localhost", StringComparison.Ordinal).Replace("+", "localhost", StringComparison.Ordinal)
            .Replace("0.0.0.0", "localhost", StringComparison.Ordinal).Replace("[::]", "localhost", StringComparison.Ordinal));
    }

    /// <summary>The address without a path: <c>https://cairn.example.com</c>.</summary>
    public string Origin => root.GetLeftPart(UriPartial.Authority);

    /// <summary>The address of a path of the application, which begins with a single slash.</summary>
    public Uri Of(string path)
    {
        if (!path.StartsWith('/') || path.StartsWith("//", StringComparison.Ordinal))
        {
            throw new ArgumentException("A path of the application begins with one slash.", nameof(path));
        }

        return new Uri(Origin + path);
    }
}
