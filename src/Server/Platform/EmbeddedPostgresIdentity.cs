namespace Cairn.Server.Platform;

/// <summary>
/// As whom the database runs. PostgreSQL refuses to run as root, so root needs a detour; everybody
/// else needs none.
/// </summary>
/// <param name="Prefix">The words to put before a PostgreSQL program.</param>
/// <param name="Owner">The user and group (numbers) who must own the cluster, or <see langword="null"/> where the current user does.</param>
internal sealed record EmbeddedPostgresIdentity(IReadOnlyList<string> Prefix, (int User, int Group)? Owner)
{
    /// <summary>Names an unprivileged user to run the database as, where this program runs as root.</summary>
    public const string Variable = "CAIRN_POSTGRES_USER";

    // A user namespace in which root is called 1000: the kernel still sees root, so no file changes
    // hands and closed folders on the way stay passable, and PostgreSQL sees an ordinary user.
    private static readonly string[] Namespace = ["unshare", "-U", "--map-user=1000", "--map-group=1000"];

    // `nobody` is left out on purpose: other services run as nobody and could then read the database.
    private static readonly string[] UsualUsers = ["cairn", "postgres", "app"];

    /// <summary>Chooses the detour, giving way to whoever owns a cluster that is already there.</summary>
    /// <exception cref="EmbeddedPostgresException">This is root, and neither a user namespace nor a suitable user is at hand.</exception>
    public static async Task<EmbeddedPostgresIdentity> ChooseAsync(
        EmbeddedPostgresFolders folders, CancellationToken cancellation)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return new EmbeddedPostgresIdentity([], null);
        }

        if (Directory.Exists(folders.Cluster)
            && await EmbeddedPostgresOwner.OfAsync(folders.Cluster, cancellation) is { User: not 0 } owner)
        {
            return As(owner.User, owner.Group);
        }

        var tried = await EmbeddedPostgresProgram.RunAsync([.. Namespace, "true"], "/", cancellation);
        if (tried.ExitCode == 0)
        {
            return new EmbeddedPostgresIdentity(Namespace, null);
        }

        return await FindUserAsync(cancellation) is (int user, int group)
            ? As(user, group)
            : throw new EmbeddedPostgresException(
                $"PostgreSQL refuses to run as root, and a user namespace is not allowed here ({tried.Text}). "
                + "Run this program as an ordinary user; or allow user namespaces (in a container, for example, by its "
                + $"seccomp profile); or make a user for the database (`useradd --system cairn`) or name one in {Variable}.");
    }

    /// <summary>Hands a folder to the database's user, where that is another one.</summary>
    public async Task GiveAsync(string folder, CancellationToken cancellation)
    {
        if (Owner is not var (user, group))
        {
            return;
        }

        var said = await EmbeddedPostgresProgram.RunAsync(["chown", "-R", $"{user}:{group}", folder], "/", cancellation);
        if (said.ExitCode != 0)
        {
            throw new EmbeddedPostgresException($"{folder} cannot be given to user {user}: {said.Text}");
        }
    }

    private static EmbeddedPostgresIdentity As(int user, int group) =>
        new(["setpriv", $"--reuid={user}", $"--regid={group}", "--clear-groups"], (user, group));

    private static async Task<(int User, int Group)?> FindUserAsync(CancellationToken cancellation)
    {
        var named = Environment.GetEnvironmentVariable(Variable);
        var names = string.IsNullOrEmpty(named) ? UsualUsers : [named];
        foreach (var name in names)
        {
            var said = await EmbeddedPostgresProgram.RunAsync(
                ["sh", "-c", "id -u \"$0\" && id -g \"$0\" && setpriv --version >/dev/null", name], "/", cancellation);
            if (said.ExitCode == 0 && said.Text.Split('\n') is [var user, var group, ..])
            {
                return (int.Parse(user), int.Parse(group));
            }
        }

        return null;
    }
}
