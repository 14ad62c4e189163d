using System.Security.Cryptography;
using System.Text;
using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Access.SecondFactors;

/// <summary>What the password proved, until the second step is made.</summary>
/// <param name="Person">Whose password it was.</param>
/// <param name="PasswordMark">Tells whether it is still that password.</param>
/// <param name="MustEnrol">The role takes a second factor and there is none yet: setting one up is the second step.</param>
internal sealed record SecondStep(Guid Person, string PasswordMark, bool MustEnrol)
{
    public const string Purpose = "second step";

    /// <summary>How long somebody may take to find the phone, or to set an app up.</summary>
    public static readonly Duration Life = Duration.FromMinutes(10);

    public static readonly TicketCookie Cookie = new("cairn-second-step");

    /// <summary>Of the stored hash, not of the password: a change of password makes every pending step void.</summary>
    public static string MarkOf(string passwordHash) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(passwordHash)))[..16];
}

/// <summary>The code that was given as the second step: of the app, or one of the recovery codes.</summary>
internal sealed record GivenCode(string Text, bool IsRecovery);

/// <summary>Makes the second step of a sign-in, and with that begins the session.</summary>
internal sealed class FinishSecondStep(
    Database database, AdmitPerson admit, TotpCodes codes, SignInGuard guard, Clock clock, ILogger<FinishSecondStep> log)
{
    public async Task<Outcome<SignedIn>> Run(string? ticketText, GivenCode given, string address, CancellationToken cancel)
    {
        if (admit.Pending(ticketText) is not { } ticket)
        {
            return SignInProblems.SecondStepExpired;
        }

        // Counted by a name of its own: whoever comes this far knows the password, and six digits are few.
        var now = clock.Now;
        var counted = $"second step of {ticket.Content.Person}";
        var wait = guard.Begin(counted, address, now);
        if (wait > Duration.Zero)
        {
            return AccessProblems.SignInWait(wait);
        }

        var made = await database.ForCustomer(CustomerId.Installation, work => Enter(work, ticket, given, address, now), cancel);
        if (made.IsOk)
        {
            guard.Succeeded(counted, address);
        }
        else
        {
            AccessLog.SignInRefused(log, address, made.Problem.Code);
        }

        return made;
    }

    /// <summary>Who may still enrol with this ticket; <see langword="null"/> when it holds no more, or enrolling is not what it is for.</summary>
    public async Task<PersonId?> Enrolling(string? ticketText, CancellationToken cancel)
    {
        if (admit.Pending(ticketText) is not { Content.MustEnrol: true } ticket)
        {
            return null;
        }

        var row = await database.ForCustomer(CustomerId.Installation, work => FindWhoMayCome(work, ticket.Content), cancel);
        return row is null ? null : new PersonId(row.PersonId);
    }

    private async Task<Outcome<SignedIn>> Enter(DbWork work, Ticket<SecondStep> ticket, GivenCode given, string address, Instant now)
    {
        if (await FindWhoMayCome(work, ticket.Content) is not { } row)
        {
            return SignInProblems.SecondStepExpired;
        }

        var person = row.ToPerson();
        var fresh = Array.Empty<string>();
        if (ticket.Content.MustEnrol)
        {
            var confirmed = await codes.Confirm(work, person.Id, given.Text, now);
            if (!confirmed.IsOk)
            {
                return confirmed.Problem;
            }

            fresh = confirmed.Value;
        }
        else if (!await Use(work, person.Id, given, now))
        {
            return SignInProblems.SecondStepRefused;
        }

        var way = ticket.Content.MustEnrol ? "password, totp set up" : given.IsRecovery ? "password, recovery-code" : "password, totp";
        if (await admit.Finish(work, ticket, person, new SignInWay(way, address), now) is not { } text)
        {
            // The code stays unused, for the sign-in that it was meant for.
            work.Abandon();
            return SignInProblems.SecondStepExpired;
        }

        return new SignedIn(person, text) { RecoveryCodes = fresh };
    }

    private Task<bool> Use(DbWork work, PersonId person, GivenCode given, Instant now) => given.IsRecovery
        ? TotpCodes.UseRecoveryCode(work, person, given.Text, now)
        : codes.Use(work, person, given.Text, now);

    private static async Task<PersonRow?> FindWhoMayCome(DbWork work, SecondStep step) =>
        await AccessStore.FindPerson(work, new PersonId(step.Person)) is { DeactivatedAt: null, PasswordHash: { } hash } row
        && SecondStep.MarkOf(hash) == step.PasswordMark
            ? row
            : null;
}
