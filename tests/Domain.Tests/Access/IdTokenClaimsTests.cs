using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using NodaTime;

namespace Cairn.Domain.Tests.Access;

public sealed class IdTokenClaimsTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 2, 10, 0);
    private static readonly IdTokenExpectation Expected = new("https://id.example", "cairn", "n-1");

    private static readonly IdTokenClaims Right = new()
    {
        Issuer = "https://id.example",
        Subject = "248289761001",
        Audience = ["cairn"],
        Nonce = "n-1",
        ExpiresAt = Now + Duration.FromHours(1),
        IssuedAt = Now,
    };

    /// <summary>In the order in which they are checked: each has the faults of those before it put right.</summary>
    private static readonly (IdTokenFault Fault, IdTokenClaims Claims)[] Table =
    [
        (IdTokenFault.Issuer, Right with { Issuer = null }),
        (IdTokenFault.Issuer, Right with { Issuer = "https://id.example/" }),
        (IdTokenFault.Audience, Right with { Audience = [] }),
        (IdTokenFault.Audience, Right with { Audience = ["Cairn"] }),
        (IdTokenFault.AuthorizedParty, Right with { Audience = ["cairn", "another"] }),
        (IdTokenFault.AuthorizedParty, Right with { AuthorizedParty = "another" }),
        (IdTokenFault.Nonce, Right with { Nonce = null }),
        (IdTokenFault.Nonce, Right with { Nonce = "n-2" }),
        (IdTokenFault.Expired, Right with { ExpiresAt = null }),
        (IdTokenFault.Expired, Right with { ExpiresAt = Now - IdTokenClaims.Skew }),
        (IdTokenFault.IssuedAt, Right with { IssuedAt = null }),
        (IdTokenFault.IssuedAt, Right with { IssuedAt = Now + IdTokenClaims.Skew + Duration.FromSeconds(1) }),
        (IdTokenFault.IssuedAt, Right with { IssuedAt = Now - IdTokenClaims.Oldest - Duration.FromSeconds(1) }),
        (IdTokenFault.Subject, Right with { Subject = null }),
        (IdTokenFault.Subject, Right with { Subject = "" }),
        (IdTokenFault.Subject, Right with { Subject = new string('x', 256) }),
        (IdTokenFault.None, Right),
        (IdTokenFault.None, Right with { Audience = ["another", "cairn"], AuthorizedParty = "cairn" }),
        (IdTokenFault.None, Right with { ExpiresAt = Now - Duration.FromSeconds(1), IssuedAt = Now + Duration.FromSeconds(1) }),
    ];

    [Fact]
    public void Each_fault_is_found()
    {
        foreach (var (fault, claims) in Table)
        {
            claims.FaultAt(Now, Expected).ShouldBe(fault, claims.ToString());
        }
    }

    [Fact]
    public void A_proof_takes_a_sign_in_that_came_after_it_was_asked_for()
    {
        var expected = Expected with { AuthenticatedAfter = Now };
        Right.FaultAt(Now, expected).ShouldBe(IdTokenFault.AuthenticatedAt);
        (Right with { AuthenticatedAt = Now - Duration.FromHours(1) }).FaultAt(Now, expected).ShouldBe(IdTokenFault.AuthenticatedAt);
        (Right with { AuthenticatedAt = Now + Duration.FromSeconds(20) }).FaultAt(Now, expected).ShouldBe(IdTokenFault.None);
    }

    [Theory]
    [InlineData("", "", null)]
    [InlineData("staff=User", "staff", StaffRole.User)]
    [InlineData("staff=User; admins = Admin", "staff admins", StaffRole.Admin)]
    [InlineData("staff=User; admins=Admin", "Staff", null)]
    [InlineData("cn=staff,ou=groups=Manager", "cn=staff,ou=groups", StaffRole.Manager)]
    public void The_highest_role_that_a_group_gives_counts(string text, string groups, StaffRole? role)
    {
        var (mapping, fault) = GroupRoles.Read(text);
        fault.ShouldBeNull();
        mapping!.RoleOf(groups.Split(' ')).ShouldBe(role);
        mapping.Decide.ShouldBe(text.Length > 0);
    }

    [Theory]
    [InlineData("staff")]
    [InlineData("=Admin")]
    [InlineData("staff=Boss")]
    [InlineData("staff=3")]
    public void A_mapping_that_cannot_be_read_names_the_part(string text) => GroupRoles.Read($"a=User; {text}").Fault.ShouldBe(text);
}
