using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Access.Sessions;

/// <summary>Ends sessions of a person, for themselves or by an administrator.</summary>
internal sealed class EndSessions(Database database, LedgerAppender ledger, Clock clock)
{
    /// <summary>Ends one.</summary>
    /// <returns>The refusal, or <see langword="null"/>.</returns>
    public Task<Problem?> One(PersonId person, SessionId session, Actor actor, CancellationToken cancel) => database.ForCustomer<Problem?>(CustomerId.Installation, async work =>
    {
        if (!await SessionsStore.End(work, person, session, clock.Now))
        {
            return AccessProblems.SessionNotFound;
        }

        await ledger.Record(work, CustomerId.Installation, new RecordChange("session.ended", actor, "session", session.ToString()) { After = new { person = person.ToString() } });
        return null;
    }, cancel);

    /// <summary>Ends all of them but one.</summary>
    /// <param name="but">The one that stays: that of whoever asks, where they ask for themselves.</param>
    /// <returns>The refusal, or <see langword="null"/>.</returns>
    public Task<Problem?> All(PersonId person, SessionId? but, Actor actor, CancellationToken cancel) => database.ForCustomer<Problem?>(CustomerId.Installation, async work =>
    {
        if (await AccessStore.FindPerson(work, person) is not { } row)
        {
            return AccessProblems.PersonNotFound;
        }

        var ended = await SessionsStore.EndAll(work, person, but, clock.Now);
        if (ended > 0)
        {
            await ledger.Record(work, CustomerId.Installation, new RecordChange("sessions.ended", actor, "person", person.ToString())
            {
                SubjectName = row.Name,
                After = new { ended },
            });
        }

        return null;
    }, cancel);
}

/// <summary>Decides how long sessions live. It holds at once, for sessions that are open too.</summary>
internal sealed class ChangeSessionLimits(Database database, LedgerAppender ledger)
{
    public Task<SessionLimits> Run(SessionLimits limits, Actor actor, CancellationToken cancel) => database.ForCustomer(CustomerId.Installation, async work =>
    {
        var before = await SessionsStore.Limits(work);
        if (before != limits)
        {
            await SessionsStore.SetLimits(work, limits);
            await ledger.Record(work, CustomerId.Installation, new RecordChange("session-limits.changed", actor, "installation", CustomerId.Installation.ToString())
            {
                Before = new { idleMinutes = before.IdleMinutes, absoluteMinutes = before.AbsoluteMinutes },
                After = new { idleMinutes = limits.IdleMinutes, absoluteMinutes = limits.AbsoluteMinutes },
            });
        }

        return limits;
    }, cancel);
}
