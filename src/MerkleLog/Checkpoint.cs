using System.Globalization;

namespace Cairn.MerkleLog;

/// <summary>
/// What a log signs: its origin, size and root (c2sp.org/tlog-checkpoint). Two checkpoints of one origin and
/// size with different roots prove that the log was forked.
/// </summary>
public sealed record Checkpoint(string Origin, long Size, Hash256 Root)
{
    /// <summary>Extension lines as they stand in the body, each ending with a newline. This product writes none.</summary>
    public string Extensions { get; init; } = "";

    /// <summary>The text that is signed.</summary>
    public string Body => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Root.ToBase64()}\n{Extensions}");

    /// <summary>Reads a body in its one right spelling.</summary>
    /// <exception cref="FormatException">The sentence says what is wrong.</exception>
    public static Checkpoint Parse(string body)
    {
        var lines = body.Split('\n');
        if (lines.Length < 4 || lines[^1].Length != 0 || lines[..^1].Any(line => line.Length == 0))
        {
            throw new FormatException("A checkpoint has at least three lines (origin, size, root), none of them empty, and ends with a newline.");
        }

        return new Checkpoint(lines[0], DecimalText.Parse(lines[1], "The size of a checkpoint"), Hash256.FromBase64(lines[2]))
        {
            Extensions = string.Concat(lines[3..^1].Select(line => line + "\n")),
        };
    }
}

/// <summary>Decimal numbers of signed formats: digits only, no leading zeros, below 2^63.</summary>
internal static class DecimalText
{
    public static long Parse(string digits, string what) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && (digits == "0" || digits[0] != '0')
            ? number
            : throw new FormatException($"{what} is a decimal number without sign or leading zeros.");
}
