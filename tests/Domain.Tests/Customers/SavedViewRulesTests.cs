using Cairn.Domain.Customers;
using Cairn.Domain.Foundation;
using NodaTime;

namespace Cairn.Domain.Tests.Customers;

public sealed class SavedViewRulesTests
{
    private static readonly PersonId Owner = new(Guid.Parse("0195a000-0000-7000-8000-000000000001"));
    private static readonly PersonId Other = new(Guid.Parse("0195a000-0000-7000-8000-000000000002"));

    public static TheoryData<string, string, SavedViewDraft> Faulty => new()
    {
        { "/name", "member-missing", Draft() with { Name = null } },
        { "/name", "text-unusable", Draft() with { Name = new string('x', 61) } },
        { "/screen", "screen-unknown", Draft() with { Screen = "kitchen" } },
        { "/search", "member-missing", Draft() with { Search = null } },
        { "/search", "too-many", Draft() with { Search = Enumerable.Range(0, 31).ToDictionary(at => $"m{at}", _ => "x") } },
        { "/search", "search-member-unusable", Draft() with { Search = new Dictionary<string, string> { ["a b"] = "x" } } },
        { "/search/q", "text-unusable", Draft() with { Search = new Dictionary<string, string> { ["q"] = new('x', 401) } } },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void What_a_view_does_not_take_is_a_fault_with_its_place(string pointer, string code, SavedViewDraft draft)
    {
        var fault = SavedViewRules.Check(draft, new InputFaults()).Problem.ShouldNotBeNull().Faults.ShouldHaveSingleItem();
        (fault.Pointer, fault.Code).ShouldBe((pointer, code));
    }

    [Theory]
    [InlineData(false, StaffRole.Admin, "saved-view-not-found")]
    [InlineData(true, StaffRole.User, "saved-view-not-yours")]
    [InlineData(true, StaffRole.Manager, null)]
    public void A_view_of_somebody_else_is_changed_only_where_it_is_shared_and_by_a_manager(bool isShared, StaffRole role, string? refused)
    {
        var made = SavedViewRules.Check(Draft() with { IsShared = isShared }, new InputFaults()).Value;
        var view = new SavedView(new SavedViewId(Guid.Parse("0195a000-0000-7000-8000-000000000003")), Owner, made.Screen, made.Details, Instant.FromUtc(2026, 1, 1, 0, 0), 1);

        SavedViewRules.RefuseChange(view, Other, role)?.Code.ShouldBe(refused);
        (SavedViewRules.RefuseChange(view, Other, role) is null).ShouldBe(refused is null);
        SavedViewRules.RefuseChange(view, Owner, StaffRole.Viewer).ShouldBeNull();
    }

    private static SavedViewDraft Draft() => new("portfolio", "Mine", false, new Dictionary<string, string> { ["stage"] = "adoption" });
}
