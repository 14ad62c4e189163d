using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Access.SecondFactors;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Access;

/// <summary>How somebody came in, for the audit trail.</summary>
/// <param name="Way">What proved who they are: <c>password</c>, <c>password, totp</c>, <c>passkey</c>, <c>single-sign-on</c>.</param>
/// <param name="Address">From where.</param>
internal sealed record SignInWay(string Way, string Address);

/// <summary>How far a right password led: inside, or to the second step.</summary>
/// <param name="SignedIn">The session, when the password is enough.</param>
/// <param name="Ticket">For the second step, when it is not.</param>
internal sealed record Admission(SignedIn? SignedIn, string? Ticket)
{
    /// <summary>The ways to take the second step; empty when one must be set up first.</summary>
    public IReadOnlyList<string> Ways { get; init; } = [];
}

/// <summary>Lets somebody in who has proved who they are, or asks for the second step where there is one. Within the caller's transaction.</summary>
internal sealed class AdmitPerson(LedgerAppender ledger, Tickets tickets)
{
    /// <summary>After a right password.</summary>
    public async Task<Admission> Run(DbWork work, Person person, string passwordHash, string address, Instant now)
    {
        var factors = await SecondFactorsStore.FactorsOf(work, person.Id);
        var mustEnrol = !factors.Any && await SecondFactorDemand.Covers(work, person.Role);
        if (!factors.Any && !mustEnrol)
        {
            return new Admission(new SignedIn(person, await Enter(work, person, new SignInWay("password", address), now)), null);
        }

        var step = new SecondStep(person.Id.Value, SecondStep.MarkOf(passwordHash), mustEnrol);
        return new Admission(null, tickets.Write(SecondStep.Purpose, step, SecondStep.Life)) { Ways = mustEnrol ? [] : factors.Ways };
    }

    /// <summary>The second step that a ticket stands for; <see langword="null"/> when its time is over, or it is none.</summary>
    public Ticket<SecondStep>? Pending(string? ticket) => tickets.Read<SecondStep>(SecondStep.Purpose, ticket);

    /// <summary>After the second step.</summary>
    /// <returns>The text of the session; <see langword="null"/> when the ticket was used before.</returns>
    public async Task<string?> Finish(DbWork work, Ticket<SecondStep> ticket, Person person, SignInWay way, Instant now) =>
        await tickets.Spend(work, ticket) ? await Enter(work, person, way, now) : null;

    /// <summary>A new session with its record, for somebody who has proved everything that is asked.</summary>
    /// <returns>The text of the session.</returns>
    public async Task<string> Enter(DbWork work, Person person, SignInWay way, Instant now)
    {
        var (session, text) = await SignIn.Begin(work, person.Id, now);
        var actor = new Actor("person", person.Id.ToString(), person.Name);
        await ledger.Record(work, CustomerId.Installation, new RecordChange("session.started", actor, "session", session.ToString())
        {
            SubjectName = person.Name,
            After = new { person = person.Id.ToString(), address = way.Address, way = way.Way },
        });
        return text;
    }
}
