namespace Cairn.Server.Platform;

/// <summary>Who owns a file and who may open it. The runtime knows the mode but not the owner, hence <c>stat</c>.</summary>
/// <param name="User">Numeric user id.</param>
/// <param name="Group">Numeric group id.</param>
/// <param name="Mode">Octal digits, such as <c>700</c>.</param>
/// <param name="IsFolder">A real folder; a link to one is none.</param>
internal sealed record EmbeddedPostgresOwner(int User, int Group, string Mode, bool IsFolder)
{
    /// <exception cref="EmbeddedPostgresException">The file is not there or cannot be examined.</exception>
    public static async Task<EmbeddedPostgresOwner> OfAsync(string path, CancellationToken cancellation)
    {
        string[] command = OperatingSystem.IsMacOS()
            ? ["stat", "-f", "%u %g %Lp %HT", path]
            : ["stat", "-c", "%u %g %a %F", path];
        var said = await EmbeddedPostgresProgram.RunAsync(command, "/", cancellation);
        return said.ExitCode == 0 && said.Text.Split(' ', 4) is [var user, var group, var mode, var kind]
            ? new EmbeddedPostgresOwner(
                int.Parse(user), int.Parse(group), mode, kind.Equals("directory", StringComparison.OrdinalIgnoreCase))
            : throw new EmbeddedPostgresException($"The owner of {path} cannot be read: {said.Text}");
    }

    /// <summary>The numeric id of the user that this program runs as.</summary>
    public static async Task<int> CurrentUserAsync(CancellationToken cancellation)
    {
        var said = await EmbeddedPostgresProgram.RunAsync(["id", "-u"], "/", cancellation);
        return int.Parse(said.Text);
    }
}
