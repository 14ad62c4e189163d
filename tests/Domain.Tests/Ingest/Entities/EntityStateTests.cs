using Cairn.Domain.Ingest.Entities;
using Cairn.Domain.Ingest.Import;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Cairn.Domain.Tests.Ingest.Entities;

/// <summary>State is a fold in the order of event times; the order of arrival must not show in it.</summary>
public sealed class EntityStateTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 1, 19, 10, 0);

    [Fact]
    public void Additions_sum_exactly_and_keep_their_decimals()
    {
        var state = EntityState.Fold([Change(0, Add("value", "2.55")), Change(1, Add("value", "-0.050"))]);
        Value(state, "value").ShouldBe("2.500");
    }

    [Fact]
    public void A_setting_forgets_the_additions_before_it_and_takes_those_after()
    {
        var state = EntityState.Fold([Change(0, Add("onHand", "10")), Change(1, Set("onHand", "7")), Change(2, Add("onHand", "-2"))]);
        Value(state, "onHand").ShouldBe("5");
    }

    [Fact]
    public void Adding_to_null_begins_at_zero_and_adding_to_a_text_leaves_it()
    {
        Value(EntityState.Fold([Change(0, Set("a", "null")), Change(1, Add("a", "3"))]), "a").ShouldBe("3");
        Value(EntityState.Fold([Change(0, Set("a", "\"blue\"")), Change(1, Add("a", "3"))]), "a").ShouldBe("\"blue\"");
        Value(EntityState.Fold([Change(0, Set("a", "\"2.50\"")), Change(1, Add("a", "3"))]), "a").ShouldBe("5.50");
        Value(EntityState.Fold([Change(0, Set("a", "null"))]), "a").ShouldBe("null");
    }

    [Fact]
    public void A_late_addition_counts_only_where_no_later_setting_stands()
    {
        var state = EntityState.Fold([Change(5, Set("onHand", "7"))]);
        state.Apply(Change(3, Add("onHand", "100"))).ShouldBeTrue();
        state.Apply(Change(6, Add("onHand", "1"))).ShouldBeTrue();
        Value(state, "onHand").ShouldBe("8");
    }

    [Fact]
    public void A_late_setting_that_later_additions_stand_behind_asks_for_the_history()
    {
        var state = EntityState.Fold([Change(5, Add("onHand", "7"))]);
        state.Apply(Change(3, Set("onHand", "100"))).ShouldBeFalse();
    }

    [Fact]
    public void The_same_instant_is_ordered_by_the_place_in_the_log()
    {
        var (first, second) = (new EventPosition(Start, 1, 4, 0), new EventPosition(Start, 1, 5, 0));
        (first < second).ShouldBeTrue();
        var state = EntityState.Fold([new EntityChange("sku", "A", second, [Set("price", "2")])]);
        state.Apply(new EntityChange("sku", "A", first, [Set("price", "1")])).ShouldBeTrue();
        Value(state, "price").ShouldBe("2");
    }

    [Fact]
    public void Whatever_the_order_of_arrival_the_state_is_that_of_the_order_of_events()
    {
        var changes = Gen.Elements("a", "b").SelectMany(
            field => Gen.OneOf(
                Gen.Choose(-500, 500).Select(number => Add(field, (number / 100m).ToString(System.Globalization.CultureInfo.InvariantCulture))),
                Gen.Elements("1", "2.50", "null", "\"x\"", "\"3.0\"", "true").Select(json => Set(field, json))));
        var histories = changes.NonEmptyListOf().SelectMany(
            list => Gen.Shuffle([.. Enumerable.Range(0, list.Count)]).Select(order => (List: list, Order: order)));
        // Several changes share an event time, so that the log index must tell them apart.
        Prop.ForAll(histories.ToArbitrary(), history =>
        {
            var all = history.List.Select((field, at) => Change(at / 3, at, field)).ToList();
            var expected = EntityState.Fold(all);
            var arrived = new List<EntityChange>();
            var state = new EntityState();
            foreach (var at in history.Order)
            {
                arrived.Add(all[at]);
                if (!state.Apply(all[at]))
                {
                    state = EntityState.Fold(arrived.OrderBy(change => change.At));
                }
            }

            state.Values().ShouldBe(expected.Values());
            (state.Changes, state.First, state.Last).ShouldBe((expected.Changes, expected.First, expected.Last));
            state.Fields.ShouldBe(expected.Fields);
        }).QuickCheckThrowOnFailure();
    }

    private static string? Value(EntityState state, string field) => state.Values().ToDictionary()[field];

    private static EntityChange Change(int second, params FieldChange[] fields) => Change(second, second, fields);

    private static EntityChange Change(int second, long index, params FieldChange[] fields) =>
        new("sku", "A", new EventPosition(Start + Duration.FromSeconds(second), 1, index, 0), fields);

    private static FieldChange Set(string field, string json) => new(field, json, null);

    private static FieldChange Add(string field, string amount)
    {
        ExactDecimal.TryRead(amount, '.', out var number).ShouldBeTrue();
        return new FieldChange(field, null, number);
    }
}
