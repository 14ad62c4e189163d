using Cairn.Server.Ingest.Entities;
using Cairn.Server.Platform;
using Cairn.Testing;

namespace Cairn.Server.Tests.Ingest.Entities;

/// <summary>Model files: the shipped ones are sound, faults name their place, an installation overrides by file name.</summary>
public sealed class EventModelsTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cairn-models-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void The_shipped_models_have_no_faults_and_stand_in_files_of_their_event_type()
    {
        var models = EventModels.Load([Shipped]);
        models.ByType.Keys.Order().ShouldBe(Directory.EnumerateFiles(Shipped).Select(file => Path.GetFileNameWithoutExtension(file)!).Order());
        models.ByType.Keys.ShouldContain("order.line");
    }

    [Fact]
    public void A_file_of_the_installation_replaces_the_shipped_one_of_its_name_and_changes_the_hash()
    {
        Write("sku_update.yaml", "v: 1\nevent: sku_update\nentities: [{ type: part, id: data.sku_id, fields: { stock: { set: data.new_inventory } } }]\n");
        var (shipped, overridden) = (EventModels.Load([Shipped]), EventModels.Load([Shipped, folder.FullName]));
        overridden.ByType["sku_update"].Entities.Single().EntityType.ShouldBe("part");
        overridden.ByType.Count.ShouldBe(shipped.ByType.Count);
        overridden.Hash.ShouldNotBe(shipped.Hash);
        EventModels.Load([Shipped]).Hash.ShouldBe(shipped.Hash);
    }

    [Fact]
    public void Every_fault_of_every_file_is_told_at_once_with_its_line()
    {
        Write("a.yaml", "v: 1\nevent: a\nentities:\n  - type: Big Thing\n    id: sku\n    fields:\n      n: { add: data.n, set: data.m }\n      m: { ad: data.n }\n");
        Write("b.yaml", "v: 2\nevent: a\nentities: []\n");
        Write("c.yaml", "v: 1\nevent: c\nentities: [{ type: t, id: '{data.a', fields: { x: { set: data.x, when: { path: data.q } }, y: { add: data.y, ignore_null: true } } }]\n");
        var refused = Should.Throw<InstallationException>(() => EventModels.Load([folder.FullName]));
        foreach (var place in new[] { "a.yaml:4:11", "a.yaml:5:9", "a.yaml:7:10", "a.yaml:8:12", "b.yaml:1:4", "b.yaml:3:11", "c.yaml:3:27" })
        {
            refused.Message.ShouldContain(place);
        }

        refused.Message.ShouldContain("exactly one of set, add and subtract");
        refused.Message.ShouldContain("Did you mean 'add'?");
        refused.Message.ShouldContain("A condition needs one of");
        refused.Message.ShouldContain("ignore_null");
    }

    [Fact]
    public void Two_files_for_one_event_type_are_refused()
    {
        const string model = "v: 1\nevent: a\nentities: [{ type: t, id: subject, fields: { n: { add: 1 } } }]\n";
        Write("a.yaml", model);
        Write("b.yaml", model);
        Should.Throw<InstallationException>(() => EventModels.Load([folder.FullName])).Message.ShouldContain("b.yaml");
    }

    private static string Shipped => Repository.PathTo("models", "events");

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(folder.FullName, name), text);
}
