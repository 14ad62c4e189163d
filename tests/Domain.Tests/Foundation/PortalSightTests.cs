using Cairn.Domain.Foundation;
using FsCheck;
using FsCheck.Fluent;

namespace Cairn.Domain.Tests.Foundation;

public sealed class PortalSightTests
{
    private static readonly string[] Kinds = ["team", "receipts", "plan"];
    private static readonly string[] Records = ["a", "b", Share.Every];

    [Fact]
    public void Nothing_is_seen_until_it_is_shared()
    {
        foreach (var kind in Kinds)
        {
            PortalSight.Nothing.Sees(kind, "a").ShouldBeFalse();
            PortalSight.Nothing.SeesAny(kind).ShouldBeFalse();
            PortalSight.Nothing.SeesEvery(kind).ShouldBeFalse();
            PortalSight.Nothing.Records(kind).ShouldBeEmpty();
        }
    }

    // what is shared, as whom, kind, record, seen
    [Theory]
    [InlineData("plan", "a", "", "member", "plan", "a", true)]
    [InlineData("plan", "a", "", "member", "plan", "b", false)]
    [InlineData("plan", "a", "", "member", "team", "a", false)]
    [InlineData("plan", "*", "", "member", "plan", "b", true)]
    [InlineData("plan", "a", "finance", "member", "plan", "a", false)]
    [InlineData("plan", "a", "finance,it", "member,it", "plan", "a", true)]
    [InlineData("plan", "*", "finance", "member", "plan", "a", false)]
    public void A_record_is_seen_by_whom_it_is_shared_with(string kind, string record, string roles, string own, string asked, string of, bool isSeen) =>
        PortalSight.Of([new Share(kind, record, Split(roles))], Split(own)).Sees(asked, of).ShouldBe(isSeen);

    [Fact]
    public void Sharing_more_never_hides_and_lists_agree_with_single_records() =>
        Prop.ForAll(Gen.Choose(0, 26).NonEmptyListOf().ToArbitrary(), picks =>
        {
            var shares = picks.Select(Pick).ToList();
            var own = new[] { "member" };
            var (less, sight) = (PortalSight.Of(shares.Skip(1), own), PortalSight.Of(shares, own));
            foreach (var kind in Kinds)
            {
                foreach (var record in new[] { "a", "b", "c" })
                {
                    (!less.Sees(kind, record) || sight.Sees(kind, record)).ShouldBeTrue();
                    sight.Sees(kind, record).ShouldBe(sight.SeesEvery(kind) || sight.Records(kind).Contains(record));
                }

                sight.SeesAny(kind).ShouldBe(sight.SeesEvery(kind) || sight.Records(kind).Count > 0);
            }
        }).QuickCheckThrowOnFailure();

    private static Share Pick(int pick) => new(Kinds[pick % 3], Records[pick / 3 % 3], (pick / 9 % 3) switch { 0 => [], 1 => ["member"], _ => ["finance"] });

    private static string[] Split(string words) => words.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
