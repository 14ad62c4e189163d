using Cairn.Domain.Foundation;
using NodaTime;

namespace Cairn.Domain.Access;

/// <summary>Names a single-use link of a person: <c>lnk_…</c>.</summary>
public readonly record struct PersonLinkId(Guid Value) : ITypedId<PersonLinkId>
{
    /// <inheritdoc/>
    public static string Prefix => "lnk";

    /// <inheritdoc/>
    public static PersonLinkId Of(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => TypedId.Format(this);
}

/// <summary>A link by which a person sets a password. It works once, and only until a newer one of the same person is made.</summary>
/// <param name="ExpiresAt">It works before this instant, not at it.</param>
/// <param name="UsedAt">When it was used, or made void by a newer one or by the end of the person's access.</param>
public readonly record struct PersonLink(Instant ExpiresAt, Instant? UsedAt)
{
    /// <summary>The first password of somebody who was invited.</summary>
    public const string Invitation = "invitation";

    /// <summary>Another password for somebody who forgot theirs.</summary>
    public const string Reset = "password-reset";

    /// <summary>A week: people are on leave.</summary>
    public static readonly Duration InvitationLife = Duration.FromDays(7);

    /// <summary>An hour: whoever asked sits before the screen.</summary>
    public static readonly Duration ResetLife = Duration.FromHours(1);

    /// <summary>Whether it may be used at this instant.</summary>
    public bool WorksAt(Instant now) => UsedAt is null && now < ExpiresAt;

    /// <summary>How long a link of this kind works.</summary>
    public static Duration LifeOf(string kind) => kind == Invitation ? InvitationLife : ResetLife;
}
