using Cairn.Server.Ingest.Entities;
using Cairn.Server.Platform;

namespace Cairn.Server.Tests.Ingest.Entities;

/// <summary>What an event model is refused for, one row per refusal.</summary>
public sealed class EventModelFaultsTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cairn-models-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("event: other\nentities: [{ type: t, id: subject, fields: { n: { add: 1 } } }]", "other-event")]
    [InlineData("entities: [{ type: t, id: sku, fields: { n: { add: 1 } } }]", "bad-path")]
    [InlineData("entities: [{ type: t, id: subject, fields: { n: { add: 1, set: data.n } } }]", "one-fold")]
    [InlineData("entities: [{ type: t, id: subject, fields: { n: { add: data.a * data.b * data.c * data.d * data.e } } }]", "too-many-factors")]
    [InlineData("entities: [{ type: t, id: subject, fields: { n: { add: 1, when: { path: data.q } } } }]", "empty-condition")]
    public void A_model_names_its_fault(string text, string code)
    {
        var problem = EventModelReader.Read("entityModel", text, "a").Problem!;
        problem.Code.ShouldBe("event-model-invalid");
        problem.Faults.Select(fault => fault.Code).ShouldContain(code);
    }

    [Fact]
    public void A_model_beyond_the_limit_is_refused_before_it_is_read() =>
        EventModelReader.Read("entityModel", new string(' ', 300_000), "a").Problem!.Faults.Single().Code.ShouldBe("model-too-large");

    [Fact]
    public void A_server_does_not_start_with_two_models_of_one_event_type()
    {
        const string model = "v: 1\nevent: a\nentities: [{ type: t, id: subject, fields: { n: { add: 1 } } }]\n";
        File.WriteAllText(Path.Combine(folder.FullName, "a.yaml"), model);
        File.WriteAllText(Path.Combine(folder.FullName, "b.yaml"), model);
        var problem = EventModels.Check([folder.FullName]).Problem!;
        problem.Code.ShouldBe("event-models-invalid");
        problem.Faults.Single().Code.ShouldBe("event-twice");
        Should.Throw<InstallationException>(() => EventModels.Load([folder.FullName])).Message.ShouldContain("b.yaml");
    }
}
