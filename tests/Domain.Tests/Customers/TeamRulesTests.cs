using Cairn.Domain.Customers;
using Cairn.Domain.Foundation;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Cairn.Domain.Tests.Customers;

public sealed class TeamRulesTests
{
    private static readonly PersonId Pat = new(Guid.Parse("0195a000-0000-7000-8000-000000000001"));
    private static readonly PersonId Lee = new(Guid.Parse("0195a000-0000-7000-8000-000000000002"));
    private static readonly LocalDate Day = new(2026, 3, 2);

    [Fact]
    public void A_place_begins_today_unless_it_says_otherwise_and_its_last_day_counts()
    {
        var details = TeamRules.Check(new TeamMemberDraft(Pat.ToString(), "csm", null, "2026-03-02"), Day, new InputFaults()).Value;

        details.From.ShouldBe(Day);
        details.IsOn(Day).ShouldBeTrue();
        details.IsOn(Day.PlusDays(1)).ShouldBeFalse();
        details.IsOn(Day.PlusDays(-1)).ShouldBeFalse();
    }

    public static TheoryData<string, string, TeamMemberDraft> Faulty => new()
    {
        { "/person", "member-missing", new TeamMemberDraft(null, "csm", null, null) },
        { "/person", "person-unknown", new TeamMemberDraft("Pat", "csm", null, null) },
        { "/role", "member-missing", new TeamMemberDraft(Pat.ToString(), null, null, null) },
        { "/role", "job-role-unknown", new TeamMemberDraft(Pat.ToString(), "boss", null, null) },
        { "/from", "date-unusable", new TeamMemberDraft(Pat.ToString(), "csm", "today", null) },
        { "/until", "date-order", new TeamMemberDraft(Pat.ToString(), "csm", null, "2026-03-01") },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void What_a_place_does_not_take_is_a_fault_with_its_place(string pointer, string code, TeamMemberDraft draft)
    {
        var fault = TeamRules.Check(draft, Day, new InputFaults()).Problem.ShouldNotBeNull().Faults.ShouldHaveSingleItem();
        (fault.Pointer, fault.Code).ShouldBe((pointer, code));
    }

    [Fact]
    public void Two_places_overlap_exactly_when_some_day_is_in_both()
    {
        var periods = ArbMap.Default.ArbFor<byte>().Generator.Four()
            .Select(n => (First: Period(n.Item1 % 20, n.Item2 % 12), Second: Period(n.Item3 % 20, n.Item4 % 12)));
        Prop.ForAll(periods.ToArbitrary(), pair =>
        {
            var shared = Enumerable.Range(-1, 60).Select(Day.PlusDays).Any(day => pair.First.IsOn(day) && pair.Second.IsOn(day));
            return pair.First.Overlaps(pair.Second) == shared && pair.Second.Overlaps(pair.First) == shared
                && !pair.First.Overlaps(pair.Second with { Person = Lee }) && !pair.First.Overlaps(pair.Second with { Role = "support" });
        }).QuickCheckThrowOnFailure();

        // A length of ten or more has no end.
        static TeamMemberDetails Period(int from, int length) => new(Pat, "csm", Day.PlusDays(from), length >= 10 ? null : Day.PlusDays(from + length));
    }

    [Fact]
    public void The_CSM_owns_the_customer_before_the_lead_and_the_longest_serving_of_several()
    {
        var lead = Member(1, new TeamMemberDetails(Lee, "csm-lead", Day.PlusDays(-90), null));
        var later = Member(2, new TeamMemberDetails(Pat, "csm", Day, null));
        var earlier = Member(3, new TeamMemberDetails(Lee, "csm", Day.PlusDays(-1), null));
        var past = Member(4, new TeamMemberDetails(Pat, "csm", Day.PlusDays(-50), Day.PlusDays(-1)));
        var engineer = Member(5, new TeamMemberDetails(Pat, "engineer", Day.PlusDays(-500), null));

        TeamRules.OwnerOf([engineer, past, lead, later, earlier], Day).ShouldBe(earlier);
        TeamRules.OwnerOf([engineer, past, lead], Day).ShouldBe(lead);
        TeamRules.OwnerOf([engineer, past], Day).ShouldBeNull();
    }

    private static TeamMember Member(int number, TeamMemberDetails details) =>
        new(new TeamMemberId(Guid.Parse($"0195a000-0000-7000-8000-00000000000{number}")), details, Instant.FromUtc(2026, 1, 1, 0, 0), 1);
}
