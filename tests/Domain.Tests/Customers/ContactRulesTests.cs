using Cairn.Domain.Customers;
using Cairn.Domain.Foundation;

namespace Cairn.Domain.Tests.Customers;

public sealed class ContactRulesTests
{
    private static readonly ContactDraft Ida = new() { Name = "Ida", Roles = ["it"] };

    [Fact]
    public void A_name_and_a_role_are_enough_and_roles_stand_once_in_their_order()
    {
        var details = ContactRules.Check(Ida with { Name = " Ida ", Roles = ["it", "executive-sponsor", "it"], Notes = " one\r\ntwo " }, new InputFaults()).Value;

        details.Name.ShouldBe("Ida");
        details.Roles.ShouldBe(["executive-sponsor", "it"]);
        details.Notes.ShouldBe("one\ntwo");
        details.IsPrimary.ShouldBeFalse();
    }

    public static TheoryData<string, string, ContactDraft> Faulty => new()
    {
        { "/name", "member-missing", Ida with { Name = null } },
        { "/email", "email-unusable", Ida with { Email = "ida@" } },
        { "/email", "email-unusable", Ida with { Email = "i da@example.com" } },
        { "/email", "text-unusable", Ida with { Email = new string('a', 250) + "@b.example" } },
        { "/phone", "phone-unusable", Ida with { Phone = "12" } },
        { "/phone", "phone-unusable", Ida with { Phone = "+44;123" } },
        { "/title", "text-unusable", Ida with { Title = "" } },
        { "/roles", "member-missing", Ida with { Roles = null } },
        { "/roles", "roles-count", Ida with { Roles = [] } },
        { "/roles/1", "portal-role-unknown", Ida with { Roles = ["it", "boss"] } },
        { "/notes", "text-unusable", Ida with { Notes = new string('x', 4_001) } },
        { "/notes", "text-unusable", Ida with { Notes = "a\0b" } },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void What_a_contact_does_not_take_is_a_fault_with_its_place(string pointer, string code, ContactDraft draft)
    {
        var fault = ContactRules.Check(draft, new InputFaults()).Problem.ShouldNotBeNull().Faults.ShouldHaveSingleItem();
        (fault.Pointer, fault.Code).ShouldBe((pointer, code));
    }
}
