using Cairn.Domain.Foundation;

namespace Cairn.Domain.Customers;

/// <summary>Everything that Customers refuses beside faulty input, in the order in which it is checked.</summary>
public static class CustomersProblems
{
    /// <summary>An update that does not say which version it is based on.</summary>
    public static Problem VersionRequired { get; } = new(
        ProblemKind.VersionRequired, "version-required", "Send the version that you changed in an If-Match header, for instance If-Match: \"3\"; a GET shows it as ETag and as 'version'.");

    /// <summary>An If-Match that is no version.</summary>
    public static Problem VersionMalformed { get; } = new(
        ProblemKind.Malformed, "version-malformed", "If-Match takes one version, for instance If-Match: \"3\".");

    /// <summary>Somebody else changed the record in the meantime.</summary>
    public static Problem LostRace(long current) => new(
        ProblemKind.LostRace, "lost-race", $"The record was changed in the meantime: it is at version {current}. Load it again and repeat your change.")
    {
        Extensions = new Dictionary<string, object?> { ["version"] = current },
    };
}
