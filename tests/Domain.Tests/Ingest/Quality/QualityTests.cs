using System.Text.Json;
using Cairn.Domain.Ingest.Quality;
using FsCheck;
using FsCheck.Fluent;

namespace Cairn.Domain.Tests.Ingest.Quality;

/// <summary>Counts, quantiles and the rules of alerts.</summary>
public sealed class QualityTests
{
    [Fact]
    public void A_quantile_is_never_below_the_true_one_and_at_most_half_above_it()
    {
        Prop.ForAll(Gen.Choose(1, 100_000_000).NonEmptyListOf().ToArbitrary(), durations =>
        {
            var counts = DurationCounts.None();
            durations.ToList().ForEach(duration => counts[DurationCounts.StepOf(duration)]++);
            foreach (var share in new[] { 0.5m, 0.9m, 0.99m, 1m })
            {
                var exact = durations.Order().ElementAt((int)Math.Ceiling(durations.Count * share) - 1);
                var found = DurationCounts.Quantile(counts, share)!.Value;
                found.ShouldBeGreaterThanOrEqualTo(exact);
                ((decimal)found).ShouldBeLessThanOrEqualTo(Math.Max(exact * 2m, 1));
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void No_durations_have_no_quantile_and_five_minutes_are_a_bound()
    {
        DurationCounts.Quantile(DurationCounts.None(), 0.99m).ShouldBeNull();
        var counts = DurationCounts.None();
        counts[DurationCounts.StepOf(QualityLimits.LatencyMilliseconds)]++;
        DurationCounts.Quantile(counts, 0.99m).ShouldBe(QualityLimits.LatencyMilliseconds);
    }

    [Theory]
    [InlineData(-1, 5)]
    [InlineData(0, 5)]
    [InlineData(1000, 5)]
    [InlineData(1001, 15)]
    [InlineData(60 * 24, 15)]
    [InlineData(60 * 24 * 7, 60)]
    [InlineData(60 * 24 * 190, 60 * 24)]
    [InlineData(60 * 24 * 365 * 100, 60 * 24 * 28)]
    public void A_curve_has_enough_points_and_not_too_many(int spanMinutes, int stepMinutes) =>
        SeriesStep.For(NodaTime.Duration.FromMinutes(spanMinutes)).ShouldBe(NodaTime.Duration.FromMinutes(stepMinutes));

    [Fact]
    public void Members_are_counted_by_pointer_with_nulls_blanks_types_and_lost_letters()
    {
        var tally = new FieldTally();
        tally.Add(Json("""{"a":null,"b":" ","c":{"x/y":1},"d":[1,{"e":2}]}""")).ShouldBeEmpty();
        tally.Add(Json("""{"a":1,"b":"Gr\ufffd\ufffde","c":{"x/y":"2"}}""")).ShouldBe(["/b"]);
        tally.Add(Json("[1,2]")).ShouldBeEmpty();
        tally.Fields.Keys.Order(StringComparer.Ordinal).ShouldBe(["/a", "/b", "/c", "/c/x~1y", "/d"]);
        (tally.Fields["/a"].Present, tally.Fields["/a"].Nulls, tally.Fields["/b"].Blanks).ShouldBe((2, 1, 1));
        (tally.Fields["/c/x~1y"].Numbers, tally.Fields["/c/x~1y"].Texts, tally.Fields["/c/x~1y"].OddTypes).ShouldBe((1, 1, 1));
    }

    [Fact]
    public void Names_without_end_are_counted_together_past_the_limit()
    {
        var tally = new FieldTally();
        tally.Know("/known");
        for (var n = 0; n < 2 * QualityLimits.FieldNames; n++)
        {
            tally.Add(Json($"{{\"k{n}\":{{\"x\":1}},\"known\":1}}"));
        }

        tally.Fields.Count.ShouldBe(QualityLimits.FieldNames + 1);
        tally.Fields["/known"].Present.ShouldBe(2 * QualityLimits.FieldNames);
        tally.Fields[QualityLimits.OtherFields].Present.ShouldBeGreaterThan(QualityLimits.FieldNames);
    }

    [Theory]
    [InlineData(90, 10, 0, false)]
    [InlineData(90, 11, 0, true)]
    [InlineData(100, 0, 10, false)]
    [InlineData(100, 0, 11, true)]
    [InlineData(10, 9, 9, false)]
    [InlineData(0, 20, 0, true)]
    [InlineData(0, 0, 0, false)]
    public void More_than_a_tenth_of_enough_events_must_fail(long events, long refused, long faulty, bool isDue)
    {
        var verdict = QualityAlerts.Judge(new QualityWindow(events, refused, faulty, [], []))[0];
        (verdict.Kind, verdict.IsDue).ShouldBe((QualityAlertKind.Failures, isDue));
    }

    [Theory]
    [InlineData(20, 300_000, false)]
    [InlineData(20, 300_001, true)]
    [InlineData(19, 900_000, false)]
    public void More_than_five_minutes_are_too_long(int events, long milliseconds, bool isDue)
    {
        var counts = DurationCounts.None();
        counts[DurationCounts.StepOf(milliseconds)] = events;
        var verdicts = QualityAlerts.Judge(new QualityWindow(events, 0, 0, counts, counts));
        verdicts.Select(verdict => verdict.IsDue).ShouldBe([false, isDue, isDue]);
    }

    [Fact]
    public void One_slow_event_of_many_makes_no_lateness_but_a_latency()
    {
        var counts = DurationCounts.None();
        counts[DurationCounts.StepOf(10)] = 60;
        counts[DurationCounts.StepOf(900_000)] = 40;
        QualityAlerts.Judge(new QualityWindow(100, 0, 0, counts, counts)).Select(verdict => verdict.IsDue).ShouldBe([false, true, false]);
    }

    [Fact]
    public void A_figure_says_how_it_was_counted_and_why_it_is_missing()
    {
        var none = QualityFigures.Of(new QualityTotals(), "nothing").ToDictionary(figure => figure.Name);
        none["completeness"].Value.ShouldBeNull();
        none["completeness"].Missing.ShouldNotBeNull();
        none["latency_p99"].Missing.ShouldNotBeNull();
        var some = QualityFigures.Of(new QualityTotals { Events = 8, Refused = 1, Faulty = 2, FieldsExpected = 3, FieldsFilled = 2 }, "an hour").ToDictionary(figure => figure.Name);
        some["failing_share"].Value.ShouldBe("0.333333");
        some["failing_share"].Inputs.ShouldBe([new QualityInput("faulty_and_refused", "3"), new QualityInput("recorded_and_refused", "9")]);
        some["completeness"].Value.ShouldBe("0.666667");
        some.Values.ShouldAllBe(figure => figure.How.Length > 0 && figure.Over == "an hour");
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
