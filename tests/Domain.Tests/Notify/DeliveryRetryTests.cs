using Cairn.Domain.Notify;
using NodaTime;

namespace Cairn.Domain.Tests.Notify;

public sealed class DeliveryRetryTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 3, 2, 9, 0);

    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 30)]
    [InlineData(3, 120)]
    [InlineData(4, 600)]
    [InlineData(5, 1_800)]
    [InlineData(6, 3_600)]
    [InlineData(7, 7_200)]
    [InlineData(8, 14_400)]
    [InlineData(9, 28_800)]
    public void The_pauses_grow(int attempts, int seconds) =>
        DeliveryRetry.Next(attempts, Start, DeliveryFailure.Unreachable, Start).ShouldBe(Start + Duration.FromSeconds(seconds));

    [Fact]
    public void The_tenth_failure_is_the_last() => DeliveryRetry.Next(10, Start, DeliveryFailure.Unreachable, Start).ShouldBeNull();

    [Fact]
    public void What_is_refused_for_good_is_not_tried_again()
    {
        foreach (var failure in DeliveryFailure.All)
        {
            (DeliveryRetry.Next(1, Start, failure, Start) is null).ShouldBe(failure.IsFinal, failure.Code);
        }
    }

    [Fact]
    public void No_attempt_is_made_after_three_days()
    {
        DeliveryRetry.Next(9, Start, DeliveryFailure.Unreachable, Start + Duration.FromHours(64)).ShouldBe(Start + Duration.FromDays(3));
        DeliveryRetry.Next(9, Start, DeliveryFailure.Unreachable, Start + Duration.FromHours(64) + Duration.Epsilon).ShouldBeNull();
    }

    [Fact]
    public void All_attempts_together_end_within_the_lifetime()
    {
        var (now, attempts) = (Start, 1);
        while (DeliveryRetry.Next(attempts, Start, DeliveryFailure.Unreachable, now) is { } next)
        {
            next.ShouldBeGreaterThan(now);
            (now, attempts) = (next, attempts + 1);
        }

        (attempts, now - Start < DeliveryRetry.Lifetime).ShouldBe((DeliveryRetry.MostAttempts, true));
    }

    [Fact]
    public void Before_the_first_attempt_there_is_nothing_to_decide() =>
        Should.Throw<ArgumentOutOfRangeException>(() => DeliveryRetry.Next(0, Start, DeliveryFailure.Unreachable, Start));
}
