using System.Collections.Frozen;
using Cairn.Server.Platform;

namespace Cairn.Server.Access;

/// <summary>
/// The passwords that are tried first, from the file beside the program. The build fetches it; the check itself asks
/// nobody, so that no password, nor a piece of its hash, leaves this machine.
/// </summary>
internal sealed class CommonPasswords
{
    /// <summary>The file beside the program, one password a line in lower case; lines with # are no passwords.</summary>
    public const string FileName = "common-passwords.txt";

    private readonly FrozenSet<string> list;

    /// <exception cref="InstallationException">The file is missing: the check must not be left out in silence.</exception>
    public CommonPasswords()
    {
        var path = Path.Combine(AppContext.BaseDirectory, FileName);
        if (!File.Exists(path))
        {
            throw new InstallationException($"{FileName} is missing beside the program, so weak passwords could not be refused. Build with Node on the PATH (and without -p:BuildPasswords=false).");
        }

        list = File.ReadLines(path).Where(line => line.Length > 0 && line[0] != '#').ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>Whether a text in lower case is on the list.</summary>
    public bool Contains(string text) => list.Contains(text);
}
