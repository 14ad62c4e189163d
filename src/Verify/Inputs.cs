using System.Text;
using Cairn.MerkleLog;

namespace Cairn.Verify;

/// <summary>Reads the small files that a command is given. A fault in a key or secret is wrong use, not tampering.</summary>
internal static class Inputs
{
    /// <summary>Longer than any secret, key, checkpoint or proof with its cosignatures.</summary>
    private const int MaxSmallFile = 1 << 20;

    public static FileStream Open(FileInfo file)
    {
        if (Directory.Exists(file.FullName))
        {
            throw new UsageException($"'{file}' is a directory, but a file is needed here.");
        }

        return file.Exists
            ? new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1)
            : throw new UsageException($"There is no file '{file}'. Check the path.");
    }

    /// <summary>The secret's printed text as ASCII bytes; empty when no file is given.</summary>
    public static byte[] Secret(FileInfo? file)
    {
        if (file is null)
        {
            return [];
        }

        var text = Encoding.UTF8.GetString(Small(file)).Trim('\uFEFF', ' ', '\t', '\r', '\n');
        if (text.Length == 0 || text.Any(sign => sign is <= ' ' or > '~'))
        {
            throw new UsageException($"The file '{file}' does not hold a receipt secret: one line of printed text, as 'customer create' shows it.");
        }

        return Encoding.ASCII.GetBytes(text);
    }

    public static VerifierKey Key(FileInfo file)
    {
        try
        {
            return VerifierKey.Parse(Encoding.UTF8.GetString(Small(file)));
        }
        catch (FormatException fault)
        {
            throw new UsageException($"The file '{file}' does not hold a verifier key. {fault.Message}");
        }
    }

    public static string Text(FileInfo file) => Encoding.UTF8.GetString(Small(file));

    public static byte[] Small(FileInfo file)
    {
        using var stream = Open(file);
        if (stream.Length > MaxSmallFile)
        {
            throw new UsageException($"The file '{file}' is larger than 1 MiB and cannot be what is needed here.");
        }

        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
