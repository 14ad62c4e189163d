using System.Text;
using Cairn.Domain.Foundation;

namespace Cairn.Domain.Access;

/// <summary>
/// What a password must be (OWASP ASVS 5.0, chapter 6.2): long enough, not commonly used, and not made of what anybody
/// would guess first. No rule says which kinds of character it takes, because such rules make passwords worse, and none
/// makes it expire.
/// </summary>
public static class PasswordRules
{
    /// <summary>The shortest, in characters (6.2.1 asks for 8 and advises 15; a second factor is offered, not demanded).</summary>
    public const int Min = 12;

    /// <summary>The longest (6.2.9 asks for at least 64): longer ones only cost hashing time.</summary>
    public const int Max = 256;

    /// <summary>The name of the product, which everybody guesses.</summary>
    private const string Product = "cairn";

    /// <summary>A piece of somebody's name or address that is shorter says nothing about them.</summary>
    private const int ShortestContext = 4;

    /// <summary>The letters that people write as digits and signs.</summary>
    private const string Written = "013457@$!", Meant = "oleastasi";

    /// <summary>Checks a password; never quotes it.</summary>
    /// <param name="password">The password as it was typed.</param>
    /// <param name="context">What is known of the person: name and mail address.</param>
    /// <param name="isCommon">Whether a text in lower case is on the list of common passwords.</param>
    /// <param name="faults">Where a fault is noted.</param>
    /// <param name="pointer">Where the password stands in the input.</param>
    public static void Check(string? password, IReadOnlyList<string> context, Func<string, bool> isCommon, InputFaults faults, string pointer = "/password")
    {
        if (password is null)
        {
            faults.Add(pointer, InputFaults.MemberMissing, $"'{pointer[1..]}' is required: {Min} characters or more.");
        }
        else if (password.EnumerateRunes().Count() is < Min or > Max)
        {
            faults.Add(pointer, "password-length", $"A password takes {Min} to {Max} characters. Several words in a row are easy to remember.");
        }
        else if (IsCommon(password, isCommon))
        {
            faults.Add(pointer, "password-common", "This password is one of those that are tried first. Take several words that do not belong together.");
        }
        else if (IsGuessable(password, context))
        {
            faults.Add(pointer, "password-guessable", "Without the product's name, your own name and your mail address, too little of this password is left. Add other words.");
        }
    }

    // The list holds words; what people put around them (digits, a sign at the end) and into them (@ for a) is guessed too.
    private static bool IsCommon(string password, Func<string, bool> isCommon)
    {
        var lower = password.ToLowerInvariant();
        var core = Core(lower);
        return isCommon(lower) || isCommon(core) || isCommon(Letters(core)) || IsRepeated(lower);
    }

    /// <summary>One short piece over and over, or each character next to the last one in the alphabet: 'abcabcabcabc', '123456789012'.</summary>
    private static bool IsRepeated(string text)
    {
        const int shortPiece = 4;
        var signs = text.EnumerateRunes().Select(rune => rune.Value).ToArray();
        for (var length = 1; length <= shortPiece; length++)
        {
            if (Enumerable.Range(length, signs.Length - length).All(at => signs[at] == signs[at - length]))
            {
                return true;
            }
        }

        var steps = Enumerable.Range(1, signs.Length - 1).Select(at => signs[at] - signs[at - 1]).ToList();
        return steps.All(step => step is 1 or -9) || steps.All(step => step is -1 or 9);
    }

    private static bool IsGuessable(string password, IReadOnlyList<string> context)
    {
        var rest = password.ToLowerInvariant();
        foreach (var word in context.SelectMany(Words).Append(Product).OrderByDescending(word => word.Length))
        {
            rest = rest.Replace(word, "", StringComparison.Ordinal);
        }

        const int shortestRest = 8;
        return rest.Length < password.Length && rest.Count(char.IsLetterOrDigit) < shortestRest;
    }

    private static IEnumerable<string> Words(string text) =>
        text.ToLowerInvariant().Split([' ', '@', '.', '-', '_', '+', '\''], StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word.Length >= ShortestContext);

    private static string Core(string text) => text.Trim([.. "0123456789!?.,;:*#+-_ $%&/()=\"'"]);

    private static string Letters(string text)
    {
        var letters = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            var at = Written.IndexOf(character, StringComparison.Ordinal);
            letters.Append(at < 0 ? character : Meant[at]);
        }

        return letters.ToString();
    }
}
