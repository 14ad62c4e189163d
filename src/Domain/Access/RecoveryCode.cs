namespace Cairn.Domain.Access;

/// <summary>
/// The text of a recovery code: 125 random bits in five groups of five, so that a plain hash keeps it (ASVS 5.0, 6.5.2
/// asks for 112) and nobody guesses it. It works once, in place of a code from the app.
/// </summary>
public static class RecoveryCode
{
    /// <summary>How many a person gets at a time.</summary>
    public const int Count = 10;

    /// <summary>Characters of a code, without the hyphens.</summary>
    public const int Length = 25;

    private const int Group = 5;

    /// <summary>The code as shown: <c>k3v9x-…</c>.</summary>
    public static string Write(string canonical) => string.Join('-', canonical.Chunk(Group).Select(part => new string(part)));

    /// <summary>The code without what people add or mistake when they type it: hyphens, blanks, capitals, O for 0, I and L for 1.</summary>
    public static string Canonical(string typed) => string.Concat(
        typed.ToLowerInvariant().Where(char.IsLetterOrDigit).Select(character => character switch
        {
            'o' => '0',
            'i' or 'l' => '1',
            _ => character,
        }));
}
