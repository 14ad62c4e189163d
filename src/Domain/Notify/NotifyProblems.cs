using Cairn.Domain.Foundation;

namespace Cairn.Domain.Notify;

/// <summary>What messages refuse, in the order in which it is checked.</summary>
public static class NotifyProblems
{
    /// <summary>No message of that id, or none of yours.</summary>
    public static Problem MessageNotFound { get; } = new(ProblemKind.NotFound, "message-not-found", "There is no such message, or it is not yours.");

    /// <summary>Only what failed can be sent again.</summary>
    public static Problem MessageNotFailed { get; } = new(
        ProblemKind.Conflict, "message-not-failed", "Only a message that failed can be sent again; this one waits, or was sent.");

    /// <summary>The secret in it was wiped.</summary>
    public static Problem MessageWiped { get; } = new(
        ProblemKind.Conflict, "message-wiped", "What this message held was secret and has been wiped, so it cannot be sent again. Make a new one where it came from, for instance by inviting once more.");
}
