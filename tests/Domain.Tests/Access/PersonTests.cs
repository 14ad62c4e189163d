using Cairn.Domain.Access;
using Cairn.Domain.Foundation;

namespace Cairn.Domain.Tests.Access;

public sealed class PersonTests
{
    private static readonly Person Ada = new(new PersonId(Guid.CreateVersion7()), "Ada", "ada@example.com", StaffRole.User);
    private static readonly string Customer = new CustomerId(Guid.CreateVersion7()).ToString();

    [Theory]
    [InlineData("Root", "csm", "all", null, "/role", "role-unknown")]
    [InlineData("3", "csm", "all", null, "/role", "role-unknown")]
    [InlineData(null, "csm", "all", null, "/role", "member-missing")]
    [InlineData("User", "king", "all", null, "/jobRoles/0", "job-role-unknown")]
    [InlineData("User", "csm", "some", null, "/reach", "reach-unknown")]
    [InlineData("Admin", "csm", "portfolio", null, "/reach", "reach-of-admin")]
    [InlineData("User", "csm", "named", null, "/customers", "reach-empty")]
    [InlineData("User", "csm", "all", "here", "/customers", "reach-not-named")]
    [InlineData("User", "csm", "named", "acme", "/customers/0", Reach.CustomerUnknown)]
    [InlineData("User", "csm", "named", "cus_00000000000000000000000000", "/customers/0", Reach.CustomerUnknown)]
    public void What_a_person_cannot_be_is_refused_with_its_place(string? role, string job, string reach, string? customer, string pointer, string code)
    {
        var faults = new InputFaults();
        Ada.With(new PersonDetails { Name = "Ada", Role = role, JobRoles = [job], Reach = reach, Customers = customer is null ? null : [customer == "here" ? Customer : customer] }, faults).IsOk.ShouldBeFalse();
        var fault = faults.List.ShouldHaveSingleItem();
        (fault.Pointer, fault.Code).ShouldBe((pointer, code));
    }

    [Fact]
    public void A_person_written_out_and_read_again_is_the_same()
    {
        var person = Ada.With(new PersonDetails { Name = "Ada", Role = "Manager", JobRoles = ["csm", "cfo", "csm-lead"], Reach = "named", Customers = [Customer, Customer] }, new InputFaults()).Value;
        person.JobRoles.ShouldBe(["csm-lead", "csm", "cfo"]);
        person.Reach.Customers.ShouldHaveSingleItem().ToString().ShouldBe(Customer);
        var again = person.With(person.ToDetails(), new InputFaults()).Value;
        again.ToDetails().ShouldBeEquivalentTo(person.ToDetails());
    }

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0", "Edge on Windows")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15", "Safari on Mac")]
    [InlineData("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36", "Chrome on Android")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux")]
    [InlineData("curl/8.5.0", "curl")]
    [InlineData("", "Another program")]
    [InlineData(null, null)]
    public void A_device_is_told_in_words(string? agent, string? words) => DeviceWords.Of(agent).ShouldBe(words);
}
