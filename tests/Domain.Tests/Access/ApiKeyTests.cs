using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using NodaTime;

namespace Cairn.Domain.Tests.Access;

public sealed class ApiKeyTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 2, 10, 0);
    private static readonly CustomerId Acme = new(Guid.CreateVersion7());

    [Fact]
    public void A_key_takes_each_scope_once_in_the_usual_order() =>
        Create(new ApiKeyDraft(" orders ", ["admin", "ingest", "admin"], null)).Value
            .ShouldSatisfyAllConditions(key => key.Scopes.ShouldBe(["ingest", "admin"]), key => key.Name.ShouldBe("orders"), key => key.Customer.ShouldBe(Acme));

    [Fact]
    public void An_unknown_scope_is_refused_with_the_list_of_scopes()
    {
        var problem = Create(new ApiKeyDraft("orders", ["ingest", "write"], null)).Problem.ShouldNotBeNull();

        problem.Kind.ShouldBe(ProblemKind.Unacceptable);
        problem.Code.ShouldBe("scope-unknown");
        problem.Detail.ShouldBe("'write' is not one of: ingest, read, admin.");
        problem.Faults.ShouldHaveSingleItem().Pointer.ShouldBe("/scopes/1");
    }

    [Fact]
    public void All_faults_of_a_draft_are_told_at_once()
    {
        var problem = Create(new ApiKeyDraft(new string('x', 101), [], Now)).Problem.ShouldNotBeNull();

        problem.Code.ShouldBe("input-invalid");
        problem.Faults.Select(fault => (fault.Pointer, fault.Code)).ShouldBe([("/name", "text-unusable"), ("/scopes", "scopes-empty"), ("/expiresAt", "expiry-past")]);
    }

    [Fact]
    public void A_draft_without_name_and_scopes_is_malformed() =>
        Create(new ApiKeyDraft(null, null, null)).Problem.ShouldNotBeNull().ShouldSatisfyAllConditions(
            problem => problem.Kind.ShouldBe(ProblemKind.Malformed),
            problem => problem.Faults.Select(fault => fault.Code).ShouldBe(["member-missing", "member-missing"]));

    [Fact]
    public void A_key_holds_before_its_expiry_and_not_at_it()
    {
        var key = Create(new ApiKeyDraft("orders", ["read"], Now + Duration.FromHours(1))).Value;

        key.RefusalAt(Now).ShouldBeNull();
        key.RefusalAt(Now + Duration.FromHours(1) - Duration.FromNanoseconds(1)).ShouldBeNull();
        key.RefusalAt(Now + Duration.FromHours(1)).ShouldBe(AccessProblems.KeyExpired);
    }

    [Fact]
    public void A_revoked_key_holds_at_no_time_and_says_revoked_even_after_its_expiry()
    {
        var key = Create(new ApiKeyDraft("orders", ["read"], Now + Duration.FromHours(1))).Value with { RevokedAt = Now };

        key.RefusalAt(Now - Duration.FromHours(1)).ShouldBe(AccessProblems.KeyRevoked);
        key.RefusalAt(Now + Duration.FromHours(9)).ShouldBe(AccessProblems.KeyRevoked);
    }

    [Theory]
    [InlineData("90d", "2026-05-31T10:00:00.000Z")]
    [InlineData("1d", "2026-03-03T10:00:00.000Z")]
    [InlineData("2026-12-31", "2027-01-01T00:00:00.000Z")]
    [InlineData("2026-12-31T18:00:00+01:00", "2026-12-31T17:00:00.000Z")]
    public void An_expiry_is_read_as_people_write_it(string text, string expected)
    {
        var faults = new InputFaults();
        Rfc3339.Format(Expiry.Read(text, Now, faults).ShouldNotBeNull()).ShouldBe(expected);
        faults.Any.ShouldBeFalse();
    }

    [Theory]
    [InlineData("0d")]
    [InlineData("99999d")]
    [InlineData("-1d")]
    [InlineData("tomorrow")]
    [InlineData("2026-02-30")]
    [InlineData("")]
    public void An_expiry_that_cannot_be_read_is_a_fault(string text)
    {
        var faults = new InputFaults();
        Expiry.Read(text, Now, faults).ShouldBeNull();
        faults.List.ShouldHaveSingleItem().Code.ShouldBe("time-unusable");
    }

    private static Outcome<ApiKey> Create(ApiKeyDraft draft) => ApiKey.Create(draft, new ApiKeyId(Guid.CreateVersion7()), Acme, Now, new InputFaults());
}
