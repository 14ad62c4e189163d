using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Access.People;

/// <summary>Makes, sends and reads the single-use links by which people set passwords.</summary>
internal static class PersonLinks
{
    /// <summary>The page that a link opens; the secret stands behind the #, which no browser sends and no log holds.</summary>
    private const string Page = "/password#";

    /// <summary>Makes a link within the work of the caller and hands it to the outbox.</summary>
    /// <returns>The path of the application that the link leads to. It holds the secret.</returns>
    public static async Task<string> Send(DbWork work, IOutbox outbox, Person person, string kind, Actor by, Instant now)
    {
        var token = new AccessToken(CustomerId.Installation, NewId.Next(), AccessSecrets.New());
        await PeopleStore.AddLink(work, new NewPersonLink(new PersonLinkId(token.Id), person.Id, kind, AccessSecrets.Hash(token.Secret), by), now);
        var path = Page + token.Write(AccessToken.LinkWord);
        await outbox.Add(work, kind == PersonLink.Invitation ? Invitation(person, path) : Reset(person, path));
        return path;
    }

    /// <summary>The link that a text stands for, if it works now. Locked, so that of several who use it at once one wins.</summary>
    public static async Task<PersonLinkRow?> Find(DbWork work, string? text, Instant now) =>
        AccessToken.TryParse(AccessToken.LinkWord, text, out var token) && token.Customer.IsInstallation
        && await PeopleStore.FindLink(work, new PersonLinkId(token.Id)) is { } row
        && AccessSecrets.Matches(token.Secret, row.SecretHash) && row.ToLink().WorksAt(now)
            ? row
            : null;

    private static OutgoingMessage Invitation(Person person, string path) => new()
    {
        Customer = CustomerId.Installation,
        Kind = "staff-invitation",
        MailTo = person.Email,
        MailName = person.Name,
        Subject = "You are invited to Cairn",
        Text = $"Hello {person.Name},\n\nan account was made for you. Open the link to choose your password. It works once, and for {PersonLink.InvitationLife.TotalDays:0} days.",
        Path = path,
        HoldsSecret = true,
    };

    private static OutgoingMessage Reset(Person person, string path) => new()
    {
        Customer = CustomerId.Installation,
        Kind = "password-reset",
        MailTo = person.Email,
        MailName = person.Name,
        Subject = "Choose a new password",
        Text = $"Hello {person.Name},\n\nsomebody, hopefully you, asked for a new password. Open the link to choose it. It works once, and for {PersonLink.ResetLife.TotalMinutes:0} minutes.\n\nIf it was not you, do nothing: your password stays as it is.",
        Path = path,
        HoldsSecret = true,
    };
}
