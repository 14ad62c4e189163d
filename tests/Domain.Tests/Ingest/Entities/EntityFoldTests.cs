using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest.Entities;
using Cairn.Domain.Ingest.Import;
using NodaTime;

namespace Cairn.Domain.Tests.Ingest.Entities;

/// <summary>What an event and a model make of each other.</summary>
public sealed class EntityFoldTests
{
    [Theory]
    [InlineData("subject", "SKU-1")]
    [InlineData("data.sku", "A1")]
    [InlineData("data.lines.1.sku", "B2")]
    [InlineData("data.number", "1.50")]
    [InlineData("time", "2026-01-19T10:35:22.000Z")]
    public void A_path_names_an_attribute_or_a_place_in_the_payload(string path, string expected)
    {
        EventPath.TryParse(path, out var parsed, out _).ShouldBeTrue();
        parsed!.Of(View("""{"sku":"A1","number":1.50,"lines":[{"sku":"A1"},{"sku":"B2"}]}""")).Plain().ShouldBe(expected);
    }

    [Theory]
    [InlineData("sku")]
    [InlineData("data..sku")]
    [InlineData("payload.sku")]
    [InlineData("")]
    public void What_is_no_path_is_refused_with_the_reason(string path)
    {
        EventPath.TryParse(path, out _, out var why).ShouldBeFalse();
        why.ShouldNotBeEmpty();
    }

    [Fact]
    public void A_product_is_exact_and_an_unknown_factor_adds_nothing()
    {
        Added("""{"quantity":3,"price":"2.55"}""").ShouldBe("7.65");
        Added("""{"quantity":-1e2,"price":0.125}""").ShouldBe("-12.500");
        Added("""{"quantity":3,"price":null}""").ShouldBeNull();
        Added("""{"quantity":3}""").ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"quantity":"many","price":1}""", "/quantity")]
    [InlineData("""{"quantity":true,"price":1}""", "/quantity")]
    [InlineData("""{"quantity":1,"price":{"amount":1}}""", "/price")]
    public void What_is_no_number_changes_nothing_and_is_a_fault_with_its_place(string payload, string pointer)
    {
        var faults = new List<Fault>();
        EntityFold.Resolve(Model(), View(payload), faults).ShouldBeEmpty();
        faults.Single().ShouldBe(new Fault(pointer, EntityFold.NotANumber, faults[0].Detail));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"sku":null}""")]
    [InlineData("""{"sku":" "}""")]
    [InlineData("""{"sku":["A"]}""")]
    public void An_event_that_does_not_say_what_changed_is_a_fault_unless_that_is_allowed(string payload)
    {
        var faults = new List<Fault>();
        EntityFold.Resolve(Model("data.sku"), View(payload), faults).ShouldBeEmpty();
        faults.Single().Code.ShouldBe(EntityFold.IdMissing);
        faults.Clear();
        EntityFold.Resolve(Model("data.sku", isOptional: true), View(payload), faults).ShouldBeEmpty();
        faults.ShouldBeEmpty();
    }

    [Fact]
    public void Ids_and_values_beyond_their_limits_change_nothing_and_are_faults()
    {
        var faults = new List<Fault>();
        EntityFold.Resolve(Model("data.sku"), View($"{{\"sku\":\"{new string('x', EntityLimits.IdBytes + 1)}\",\"quantity\":1,\"price\":1}}"), faults).ShouldBeEmpty();
        faults.Single().Code.ShouldBe(EntityFold.IdTooLong);
        faults.Clear();
        var setting = Model() with { Entities = [Model().Entities[0] with { Fields = [new FieldFold { Field = "note", Kind = FoldKind.Set, Factors = [new FoldTerm(Path("data.note"), default)] }] }] };
        EntityFold.Resolve(setting, View($"{{\"note\":\"{new string('x', EntityLimits.ValueBytes + 1)}\"}}"), faults);
        faults.Single().Code.ShouldBe(EntityFold.ValueTooLarge);
    }

    private static string? Added(string payload)
    {
        var changes = EntityFold.Resolve(Model(), View(payload), []);
        return changes.Count == 0 ? null : changes[0].Fields[0].Added!.Value.ToString();
    }

    private static EventModel Model(string id = "subject", bool isOptional = false) => new()
    {
        EventType = "t",
        Entities =
        [
            new EntityRule
            {
                EntityType = "sku",
                Id = new IdTemplate(id, [(null, Path(id))]),
                IsOptional = isOptional,
                Fields = [new FieldFold { Field = "value", Kind = FoldKind.Add, Factors = [new FoldTerm(Path("data.quantity"), default), new FoldTerm(Path("data.price"), default)] }],
            },
        ],
    };

    private static EventPath Path(string text) => EventPath.TryParse(text, out var path, out _) ? path : throw new ArgumentException(text);

    private static EventView View(string payload) => new()
    {
        EventId = "1",
        Source = "/s",
        Type = "t",
        Subject = "SKU-1",
        At = new EventPosition(Instant.FromUtc(2026, 1, 19, 10, 35, 22), 1, 0, 0),
        Data = JsonDocument.Parse(payload).RootElement,
    };
}
