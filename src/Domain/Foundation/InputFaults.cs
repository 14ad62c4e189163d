using System.Text;

namespace Cairn.Domain.Foundation;

/// <summary>
/// Collects everything that is wrong with one input, so that its sender hears of all of it at once. Pointers are JSON
/// pointers into the input (RFC 6901).
/// </summary>
public sealed class InputFaults
{
    /// <summary>A required member is absent.</summary>
    public const string MemberMissing = "member-missing";

    /// <summary>A member has another JSON type than it should.</summary>
    public const string MemberType = "member-type";

    /// <summary>A member that the input does not have.</summary>
    public const string MemberUnknown = "member-unknown";

    /// <summary>A text is empty, too long, or holds characters that cannot be shown.</summary>
    public const string TextUnusable = "text-unusable";

    private readonly List<Fault> faults = [];

    /// <summary>Whether anything is wrong so far.</summary>
    public bool Any => faults.Count > 0;

    /// <summary>What is wrong, in the order in which it was found.</summary>
    public IReadOnlyList<Fault> List => faults;

    /// <summary>Notes one fault; the first of a place stands, because a value that could not be read has no further faults.</summary>
    public void Add(string pointer, string code, string detail)
    {
        if (!faults.Exists(fault => fault.Pointer == pointer))
        {
            faults.Add(new Fault(pointer, code, detail));
        }
    }

    /// <summary>Notes what another reader of the same input found.</summary>
    public void AddRange(InputFaults others) => faults.AddRange(others.faults);

    /// <summary>
    /// All faults as one refusal: 400 when the input lacks a member or has a wrong one, 422 when it can be read and only
    /// its values are not acceptable. A single fault lends the refusal its own code and sentence.
    /// </summary>
    public Problem ToProblem()
    {
        var isMalformed = faults.Exists(fault => fault.Code is MemberMissing or MemberType or MemberUnknown);
        var kind = isMalformed ? ProblemKind.Malformed : ProblemKind.Unacceptable;
        return faults.Count == 1
            ? new Problem(kind, faults[0].Code, faults[0].Detail) { Faults = faults }
            : new Problem(kind, "input-invalid", $"The input has {faults.Count} faults; nothing was changed. Each is listed with its place and its fix.") { Faults = faults };
    }

    /// <summary>A required text without outer blanks; empty after a fault.</summary>
    public string Required(string pointer, string? value, int maxLength)
    {
        if (value is null)
        {
            Add(pointer, MemberMissing, $"'{pointer[1..]}' is required: a text of 1 to {maxLength} characters.");
            return "";
        }

        return Optional(pointer, value, maxLength) ?? "";
    }

    /// <summary>An optional text without outer blanks; <see langword="null"/> when absent or after a fault.</summary>
    public string? Optional(string pointer, string? value, int maxLength)
    {
        var text = value?.Trim();
        if (text is null)
        {
            return null;
        }

        if (text.Length == 0 || text.Length > maxLength || !IsPrintable(text))
        {
            Add(pointer, TextUnusable, $"'{pointer[1..]}' takes 1 to {maxLength} characters without control characters.");
            return null;
        }

        return text;
    }

    /// <summary>An optional text of several lines, with <c>\n</c> between them; <see langword="null"/> when absent, blank or after a fault.</summary>
    public string? Paragraphs(string pointer, string? value, int maxLength)
    {
        var text = value?.ReplaceLineEndings("\n").Trim();
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (text.Length > maxLength || !IsPrintable(text.Replace('\n', ' ')))
        {
            Add(pointer, TextUnusable, $"'{pointer[1..]}' takes up to {maxLength} characters without control characters; lines may end.");
            return null;
        }

        return text;
    }

    /// <summary>An optional mail address without outer blanks; <see langword="null"/> when absent or after a fault.</summary>
    public string? Email(string pointer, string? value)
    {
        const int longest = 254;
        var text = Optional(pointer, value, longest);
        if (text is null)
        {
            return null;
        }

        // Whether an address exists is for a mail to find out; this only catches slips.
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at > 0 && at == text.LastIndexOf('@') && at < text.Length - 1 && !text.Any(char.IsWhiteSpace))
        {
            return text;
        }

        Add(pointer, "email-unusable", "This is no mail address: it takes the form name@example.com.");
        return null;
    }

    /// <summary>One of a fixed list of words; <see langword="null"/> when absent or after a fault that lists them.</summary>
    public string? OneOf(string pointer, string? value, IReadOnlyList<string> words, string code)
    {
        if (value is null || words.Contains(value, StringComparer.Ordinal))
        {
            return value;
        }

        Add(pointer, code, $"'{Shorten(value)}' is not one of: {string.Join(", ", words)}.");
        return null;
    }

    /// <summary>A value of the sender, cut for a message.</summary>
    public static string Shorten(string value)
    {
        const int shown = 60;
        return value.Length <= shown ? value : string.Concat(value.AsSpan(0, shown), "…");
    }

    private static bool IsPrintable(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            // The replacement rune stands for half a surrogate pair, which no UTF-8 column can hold; a sender's own U+FFFD means lost text as well.
            if (Rune.IsControl(rune) || rune == Rune.ReplacementChar)
            {
                return false;
            }
        }

        return true;
    }
}
