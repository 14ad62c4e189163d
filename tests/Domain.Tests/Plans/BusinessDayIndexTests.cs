using Cairn.Domain.Foundation;
using Cairn.Domain.Plans;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using static Cairn.Domain.Tests.Plans.SomePlan;

namespace Cairn.Domain.Tests.Plans;

public sealed class BusinessDayIndexTests
{
    [Fact]
    public void Numbers_and_days_are_the_same_thing_in_both_directions() => Prop.ForAll(
        Gen.Choose(-400, 400).Two().ToArbitrary(), pair =>
        {
            var (number, days) = (pair.Item1, pair.Item2);
            var (index, day) = (Index(), Monday.PlusDays(days));
            var after = index.OnOrAfter(day);
            return index.OnOrAfter(index.DateOf(number)) == number
                && index.DateOf(after) >= day && index.DateOf(after - 1) < day
                && Calendar.WhyClosed(index.DateOf(number)) is null
                && index.IsOpen(day) == (Calendar.WhyClosed(day) is null)
                && index.After(day) == index.OnOrAfter(day.PlusDays(1));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Zero_is_the_anchor_or_the_first_business_day_after_it()
    {
        new BusinessDayIndex(Calendar, Monday).DateOf(0).ShouldBe(Monday);
        new BusinessDayIndex(Calendar, Monday.PlusDays(-2)).DateOf(0).ShouldBe(Monday, "The anchor is a Saturday.");
        Index().Count(Monday, Monday.PlusDays(6)).ShouldBe(5);
        Index().Count(Monday.PlusDays(5), Monday.PlusDays(6)).ShouldBe(0);
    }

    [Fact]
    public void A_calendar_that_never_opens_is_said_to_be_one() =>
        Should.Throw<InvalidOperationException>(() => new BusinessDayIndex(new NeverOpen(), Monday).DateOf(0)).Message.ShouldContain("no business day");

    private sealed class NeverOpen : IBusinessDays
    {
        public string? WhyClosed(LocalDate day) => "Closed";
    }
}
