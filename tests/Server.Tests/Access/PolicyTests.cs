using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using Microsoft.AspNetCore.Builder;

namespace Cairn.Server.Tests.Access;

public sealed class PolicyTests
{
    private static readonly CustomerId Acme = new(Guid.CreateVersion7());

    private static readonly (string Name, Caller Caller)[] Callers =
    [
        ("anonymous", Caller.Anonymous),
        ("ingest key", Key(Acme, Scopes.Ingest)),
        ("read key", Key(Acme, Scopes.Read)),
        ("admin key", Key(Acme, Scopes.Admin)),
        ("operator admin", Key(null, Scopes.Admin)),
        ("operator all", Key(null, [.. Scopes.All])),
        ("viewer", Person(StaffRole.Viewer)),
        ("user", Person(StaffRole.User)),
        ("manager", Person(StaffRole.Manager)),
        ("admin", Person(StaffRole.Admin)),
        ("command line", Caller.CommandLine),
    ];

    /// <summary>Every kind of caller against policies of every kind; that each policy is what the documentation says is for <see cref="PermissionMatrixTests"/>.</summary>
    [Theory]
    [InlineData("public", "anonymous,ingest key,read key,admin key,operator admin,operator all,viewer,user,manager,admin,command line")]
    [InlineData("ingest-events", "ingest key,operator all,user,manager,admin,command line")]
    [InlineData("read-records", "read key,operator all,viewer,user,manager,admin,command line")]
    [InlineData("read-customers", "read key,admin key,operator admin,operator all,viewer,user,manager,admin,command line")]
    [InlineData("create-customers", "operator admin,operator all,manager,admin,command line")]
    [InlineData("edit-customers", "operator admin,operator all,user,manager,admin,command line")]
    [InlineData("manage-keys", "admin key,operator admin,operator all,manager,admin,command line")]
    [InlineData("manage-event-types", "admin key,operator admin,operator all,user,manager,admin,command line")]
    [InlineData("limit-keys", "operator admin,operator all,manager,admin,command line")]
    [InlineData("erase-payloads", "admin key,operator admin,operator all,admin,command line")]
    [InlineData("administer", "operator admin,operator all,admin,command line")]
    [InlineData("signed-in", "viewer,user,manager,admin,command line")]
    public void A_policy_lets_in_exactly_these(string policy, string allowed)
    {
        var stated = All().Single(one => one.Name == policy);
        Callers.Where(row => stated.Refuse(row.Caller) is null).Select(row => row.Name).ShouldBe(allowed.Split(','));
    }

    [Fact]
    public void Who_reaches_some_customers_only_may_not_do_what_takes_them_all()
    {
        var limited = Person(StaffRole.Manager) with { Reach = new HashSet<CustomerId> { Acme } };
        Policies.CreateCustomers.Refuse(limited)!.Code.ShouldBe("reach-limited");
        Policies.CreateCustomers.Refuse(limited with { Reach = null }).ShouldBeNull();
        (limited.Reaches(Acme), limited.Reaches(new CustomerId(Guid.CreateVersion7()))).ShouldBe((true, false));
    }

    [Fact]
    public void Each_refusal_says_what_is_missing()
    {
        Policies.ReadRecords.Refuse(Caller.Anonymous)!.Code.ShouldBe("authentication-required");
        Policies.ReadRecords.Refuse(Key(Acme, Scopes.Ingest))!.ShouldSatisfyAllConditions(
            problem => problem.Code.ShouldBe("scope-missing"),
            problem => problem.Detail.ShouldContain("'read'"),
            problem => problem.Extensions["scope"].ShouldBe("read"));
        Policies.CreateCustomers.Refuse(Key(Acme, Scopes.Admin))!.Code.ShouldBe("operator-required");
        Policies.SignedIn.Refuse(Key(null, [.. Scopes.All]))!.Code.ShouldBe("person-required");
        Policies.ManageKeys.Refuse(Person(StaffRole.User))!.ShouldSatisfyAllConditions(
            problem => problem.Code.ShouldBe("role-missing"),
            problem => problem.Extensions["role"].ShouldBe("Manager"));
        new Policy("programs") { AnyScope = [Scopes.Ingest] }.Refuse(Person(StaffRole.Admin))!.Code.ShouldBe("key-required");
    }

    [Fact]
    public async Task A_route_without_a_policy_stops_the_start_and_is_named()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        app.MapGet("/stated", () => "fine").RequirePolicy(Policies.Public);
        Policies.RequireStated(app);

        app.MapGet("/forgotten", () => "anyone");
        Should.Throw<InvalidOperationException>(() => Policies.RequireStated(app)).Message.ShouldContain("/forgotten");
    }

    private static List<Policy> All() =>
        [.. typeof(Policies).GetProperties().Where(member => member.PropertyType == typeof(Policy)).Select(member => (Policy)member.GetValue(null)!)];

    private static Caller Key(CustomerId? customer, params string[] scopes) =>
        new() { Kind = CallerKind.ApiKey, Customer = customer, Scopes = scopes, Actor = new Actor("api-key", "key", null) };

    private static Caller Person(StaffRole role) => new() { Kind = CallerKind.Person, Role = role, Actor = new Actor("person", "per", null) };
}
