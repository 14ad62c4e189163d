using Cairn.Domain.Access.Portal;
using Cairn.Domain.Foundation;
using NodaTime;

namespace Cairn.Domain.Tests.Access.Portal;

public sealed class PortalTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 3, 2, 9, 0);

    private static readonly (Problem Problem, ProblemKind Kind, string Code)[] Refusals =
    [
        (PortalProblems.TokenUnknown, ProblemKind.NotFound, "portal-link-unknown"),
        (PortalProblems.TokenUsed, ProblemKind.Conflict, "portal-link-used"),
        (PortalProblems.TokenRevoked, ProblemKind.Conflict, "portal-link-revoked"),
        (PortalProblems.TokenExpired, ProblemKind.Conflict, "portal-link-expired"),
        (PortalProblems.PersonDeactivated, ProblemKind.Conflict, "portal-person-deactivated"),
        (PortalProblems.SessionEnded, ProblemKind.Unauthenticated, "portal-session-ended"),
        (PortalProblems.ViewEnded, ProblemKind.Unauthenticated, "portal-view-ended"),
        (PortalProblems.PersonNotFound, ProblemKind.NotFound, "portal-person-not-found"),
        (PortalProblems.PersonKnown, ProblemKind.Conflict, "portal-person-known"),
        (PortalProblems.TooManyPeople(3), ProblemKind.Conflict, "portal-people-too-many"),
        (PortalProblems.NoPendingInvitation, ProblemKind.Conflict, "portal-invitation-not-pending"),
        (PortalProblems.AlreadyAccepted, ProblemKind.Conflict, "portal-invitation-accepted"),
        (PortalProblems.NotOfTheTeam, ProblemKind.Forbidden, "view-not-permitted"),
        (PortalProblems.KindUnknown("x", ["team"]), ProblemKind.Unacceptable, "share-kind-unknown"),
        (PortalProblems.RecordUnknown("team", "x"), ProblemKind.NotFound, "share-record-unknown"),
        (PortalProblems.ShareNotFound, ProblemKind.NotFound, "share-not-found"),
        (PortalProblems.TooManyShares, ProblemKind.Conflict, "shares-too-many"),
        (PortalProblems.ConfirmationRequired("Acme", "Jo", "jo@example.com", true), ProblemKind.Conflict, "portal-confirmation-required"),
        (PortalProblems.AskWait(Duration.FromSeconds(3)), ProblemKind.TooMany, "portal-ask-wait"),
    ];

    [Fact]
    public void Every_refusal_keeps_its_code_and_kind()
    {
        foreach (var (problem, kind, code) in Refusals)
        {
            (problem.Code, problem.Kind).ShouldBe((code, kind));
            problem.Detail.ShouldEndWith(".");
        }
    }

    [Fact]
    public void A_person_is_known_by_a_canonical_address_and_has_their_roles_in_order()
    {
        var person = Invite("  Jo Ito ", " Jo@Example.COM ", ["member", "data-owner", "member"]);

        (person.Value.Name, person.Value.Email).ShouldBe(("Jo Ito", "jo@example.com"));
        person.Value.Roles.ShouldBe(["data-owner", "member"]);
    }

    [Theory]
    [InlineData("jo", "email-unusable")]
    [InlineData("jo@", "email-unusable")]
    [InlineData("@example.com", "email-unusable")]
    [InlineData("jo@a@b", "email-unusable")]
    [InlineData("jo@example.com, eve@example.com", "email-unusable")]
    [InlineData("Jo <jo@example.com>", "email-unusable")]
    [InlineData("jo@example.com\r\nBcc: eve@example.com", "text-unusable")]
    public void What_is_no_single_mail_address_is_refused(string email, string code) => Invite("Jo", email, ["member"]).Problem!.Code.ShouldBe(code);

    [Fact]
    public void A_faulty_invitation_hears_of_all_its_faults()
    {
        var faults = Invite(null, "jo", ["member", "boss"]).Problem!.Faults;
        faults.Select(fault => $"{fault.Pointer} {fault.Code}").ShouldBe(["/name member-missing", "/email email-unusable", "/roles/1 portal-role-unknown"]);
        Invite("Jo", "jo@example.com", []).Problem!.Code.ShouldBe(InputFaults.MemberMissing);
    }

    [Fact]
    public void A_change_leaves_out_what_stays()
    {
        var person = Invite("Jo", "jo@example.com", ["member"]).Value;

        var changed = person.Change(new PortalPersonDraft(null, null, ["it"]), new InputFaults()).Value;
        (changed.Name, changed.Email).ShouldBe(("Jo", "jo@example.com"));
        changed.Roles.ShouldBe(["it"]);
        person.Change(new PortalPersonDraft("", null, null), new InputFaults()).Problem!.Code.ShouldBe(InputFaults.TextUnusable);
    }

    [Fact]
    public void An_invitation_holds_for_seven_days_and_what_happened_to_it_counts_first()
    {
        var invitation = new PortalInvitation(Start, null, null);
        var last = Start + PortalInvitation.Lifetime - Duration.Epsilon;
        invitation.StateAt(last).ShouldBe(InvitationState.Pending);
        invitation.RefusalAt(last).ShouldBeNull();
        invitation.RefusalAt(Start + PortalInvitation.Lifetime)!.Code.ShouldBe("portal-link-expired");
        (invitation with { RevokedAt = Start }).RefusalAt(last)!.Code.ShouldBe("portal-link-revoked");
        (invitation with { AcceptedAt = Start, RevokedAt = Start }).StateAt(Start + PortalInvitation.Lifetime).ShouldBe(InvitationState.Accepted);
        (invitation with { AcceptedAt = Start }).RefusalAt(Start)!.Code.ShouldBe("portal-link-used");
    }

    [Fact]
    public void A_link_holds_for_a_quarter_of_an_hour_and_once()
    {
        var link = new PortalLink(Start, null);
        link.RefusalAt(Start + PortalLink.Lifetime - Duration.Epsilon).ShouldBeNull();
        link.RefusalAt(Start + PortalLink.Lifetime)!.Code.ShouldBe("portal-link-expired");
        (link with { UsedAt = Start }).RefusalAt(Start)!.Code.ShouldBe("portal-link-used");
    }

    [Fact]
    public void A_session_ends_by_idleness_by_age_and_by_hand()
    {
        var session = new PortalSession(Start, Start, null);
        session.LivesAt(Start + PortalSession.Idle - Duration.Epsilon).ShouldBeTrue();
        session.LivesAt(Start + PortalSession.Idle).ShouldBeFalse();
        var busy = session with { LastSeenAt = Start + PortalSession.Absolute - Duration.FromMinutes(1) };
        busy.LivesAt(Start + PortalSession.Absolute - Duration.Epsilon).ShouldBeTrue();
        busy.LivesAt(Start + PortalSession.Absolute).ShouldBeFalse();
        (session with { EndedAt = Start }).LivesAt(Start).ShouldBeFalse();
        session.IsDueAt(Start + Duration.FromSeconds(59)).ShouldBeFalse();
        session.IsDueAt(Start + Duration.FromSeconds(60)).ShouldBeTrue();
        new PortalView(Start, null).LivesAt(Start + PortalView.Lifetime).ShouldBeFalse();
    }

    private static Outcome<PortalPerson> Invite(string? name, string? email, IReadOnlyList<string>? roles) =>
        PortalPerson.Invite(new PortalPersonDraft(name, email, roles), default, default, Start, new InputFaults());
}
