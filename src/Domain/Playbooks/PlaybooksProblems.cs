using Cairn.Domain.Foundation;

namespace Cairn.Domain.Playbooks;

/// <summary>Everything that Playbooks refuses beside faulty input, in the order in which it is checked.</summary>
public static class PlaybooksProblems
{
    /// <summary>No playbook has that id.</summary>
    public static Problem NotFound(string id, IEnumerable<string> known) => new(
        ProblemKind.NotFound, "playbook-not-found", $"There is no playbook '{InputFaults.Shorten(id)}'.{NearestWord.Hint(id, known)} GET /v1/playbooks and 'cairn playbook list' show them.");

    /// <summary>The playbook has no such version.</summary>
    public static Problem VersionNotFound(string id, int version, IEnumerable<int> known) => new(
        ProblemKind.NotFound, "playbook-version-not-found", $"The playbook '{id}' has no version {version} here. It has: {string.Join(", ", known)}.");

    /// <summary>A text with faults: it may not be kept, and nothing may be started from it.</summary>
    public static Problem Faulty(string name, IReadOnlyList<PlaybookFault> faults)
    {
        var wrong = faults.Where(fault => !fault.IsWarning).ToList();
        return new Problem(ProblemKind.Unacceptable, "playbook-faulty", $"The playbook has {wrong.Count} fault(s); nothing was changed. Each is listed with its place and its fix.")
        {
            Faults = [.. wrong.Select(fault => new Fault($"{name}:{fault.Line}:{fault.Column}", fault.Code, $"{fault.Detail} {fault.Fix}"))],
        };
    }

    /// <summary>A version that is not the next one.</summary>
    public static Problem VersionNotNext(int latest) => new(
        ProblemKind.Unacceptable, "playbook-version-not-next", $"The newest version of this playbook is {latest}, so that a changed text is at least version {latest + 1}: change its 'version'. Plans keep the version they were started from.");

    /// <summary>A calendar that never opens.</summary>
    public static Problem CalendarClosed { get; } = new(
        ProblemKind.Unacceptable, "calendar-closed", $"The calendar has no business day for {PlaybookLimits.ClosedDays} days in a row, so that nothing can be dated. Open it, or choose another start.");

    /// <summary>More items than a plan holds.</summary>
    public static Problem TooManyItems { get; } = new(
        ProblemKind.Unacceptable, "playbook-too-large", $"The playbook comes to more than {PlaybookLimits.Items} items, repetitions written out. Split it, or let meetings repeat less often.");
}
