namespace Cairn.Domain.Foundation;

/// <summary>Why a refusal is refused, in the terms that HTTP and the command line both need.</summary>
public enum ProblemKind
{
    /// <summary>The input cannot be read, or a required part is missing (400).</summary>
    Malformed,

    /// <summary>Nobody, or somebody whose key does not hold (401).</summary>
    Unauthenticated,

    /// <summary>Somebody known who lacks the scope or role (403).</summary>
    Forbidden,

    /// <summary>Not there, or not for this caller to know of (404).</summary>
    NotFound,

    /// <summary>At odds with what is already recorded (409).</summary>
    Conflict,

    /// <summary>Somebody else changed it in the meantime (412).</summary>
    LostRace,

    /// <summary>Larger than the named limit (413).</summary>
    TooLarge,

    /// <summary>A media type that is not understood (415).</summary>
    UnsupportedType,

    /// <summary>Readable, but not acceptable as it stands (422).</summary>
    Unacceptable,

    /// <summary>An update without the version it is based on (428).</summary>
    VersionRequired,

    /// <summary>More than the agreed rate (429).</summary>
    TooMany,

    /// <summary>Cannot be answered now; the same request may succeed later (503).</summary>
    Unavailable,
}

/// <summary>One thing wrong with an input: where (a JSON pointer, or empty for the whole), a stable code, and a sentence that names the fix.</summary>
public sealed record Fault(string Pointer, string Code, string Detail);

/// <summary>
/// A refusal as a value: a stable kebab-case code, one sentence that says what was refused and how to put it right,
/// and, for bad input, every fault at once.
/// </summary>
public sealed record Problem(ProblemKind Kind, string Code, string Detail)
{
    /// <summary>All that is wrong with the input, in the order in which it stands there; empty when the refusal has no place in the input.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>Further members of the problem document, by name (at least three letters, digits or underscores).</summary>
    public IReadOnlyDictionary<string, object?> Extensions { get; init; } = new Dictionary<string, object?>();
}
