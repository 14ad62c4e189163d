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

    /// <summary>No contact of the customer has that id.</summary>
    public static Problem ContactNotFound { get; } = new(
        ProblemKind.NotFound, "contact-not-found", "This customer has no such contact. A removed one can be restored with a POST to its address and /restoration.");

    /// <summary>Nobody in the customer's team has that id.</summary>
    public static Problem TeamMemberNotFound { get; } = new(
        ProblemKind.NotFound, "team-member-not-found", "This customer's team has no such place. A removed one can be restored with a POST to its address and /restoration.");

    /// <summary>The same person in the same role, twice on the same day.</summary>
    public static Problem TeamMemberOverlaps { get; } = new(
        ProblemKind.Conflict, "team-member-overlaps", "This person has that role in the team on some of these days already. Change the dates, or change the entry that is there.");

    /// <summary>The person of a draft does not exist, or left.</summary>
    public static Problem PersonUnknown { get; } = new(ProblemKind.Unacceptable, "person-unknown", "No member of the staff has that id, or they left.")
    {
        Faults = [new Fault("/person", "person-unknown", "No member of the staff has that id, or they left.")],
    };

    /// <summary>More of something than a customer takes.</summary>
    public static Problem TooManyOf(string what, int most) => new(
        ProblemKind.Conflict, "too-many-records", $"A customer takes at most {most} {what}. Remove some that are no longer needed.");

    /// <summary>No version of the calendar begins on that day.</summary>
    public static Problem CalendarNotFound { get; } = new(
        ProblemKind.NotFound, "calendar-not-found", "No version of this customer's calendar begins on that day. GET …/calendars lists the days.");

    /// <summary>Something else than an iCalendar file.</summary>
    public static Problem CalendarFileType(string? type) => new(
        ProblemKind.UnsupportedType, "calendar-file-type", $"Closed days come as an iCalendar file: send it with Content-Type: text/calendar, not '{InputFaults.Shorten(type ?? "none")}'.");

    /// <summary>A file that no calendar of holidays has the size of.</summary>
    public static Problem CalendarFileTooLarge { get; } = new(
        ProblemKind.TooLarge, "calendar-file-too-large", "An iCalendar file takes up to 1 MiB. Export fewer years.");

    /// <summary>A file in another encoding than the format has.</summary>
    public static Problem CalendarFileEncoding { get; } = new(
        ProblemKind.Malformed, "calendar-file-encoding", "The file is not UTF-8, which iCalendar files are written in. Save it as UTF-8.");

    /// <summary>A view that is not there, or is somebody else's own.</summary>
    public static Problem SavedViewNotFound { get; } = new(
        ProblemKind.NotFound, "saved-view-not-found", "There is no such saved view, or it is somebody else's own.");

    /// <summary>A shared view of somebody else.</summary>
    public static Problem SavedViewNotYours { get; } = new(
        ProblemKind.Forbidden, "saved-view-not-yours", "Somebody else shares this view, so only they or a manager may change it. Save it as a new view of your own.");

    /// <summary>Two views of one person under one name.</summary>
    public static Problem SavedViewNameTaken { get; } = new(
        ProblemKind.Conflict, "saved-view-name-taken", "You have a view of that name already. Choose another name, or change that view.");

    /// <summary>More views than anybody could tell apart.</summary>
    public static Problem TooManySavedViews(int most) => new(
        ProblemKind.Conflict, "saved-views-full", $"A person keeps at most {most} views. Delete some first.");
}
