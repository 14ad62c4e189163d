using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest.Schemas;
using Cairn.Domain.Playbooks;
using Cairn.Server.Playbooks;
using Cairn.Testing;

namespace Cairn.Server.Tests.Playbooks;

/// <summary>The published schema and the reader say the same.</summary>
public sealed class PlaybookSchemaTests
{
    private static readonly string Path = Repository.PathTo("schema", "playbook.schema.json");

    [Fact]
    public void The_published_schema_is_written_from_the_table_of_the_reader()
    {
        if (Environment.GetEnvironmentVariable("CAIRN_REGENERATE") == "1")
        {
            File.WriteAllText(Path, PlaybookSchema.Write());
        }

        File.ReadAllText(Path).ShouldBe(PlaybookSchema.Write(), "schema/playbook.schema.json is stale: 'cairn playbook schema' writes it, or CAIRN_REGENERATE=1.");
    }

    [Fact]
    public void Every_member_has_a_description_and_no_map_takes_others()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Path));
        var maps = schema.RootElement.GetProperty("$defs").EnumerateObject().Select(definition => definition.Value).Append(schema.RootElement).ToList();
        maps.Count.ShouldBeGreaterThan(15);
        foreach (var map in maps)
        {
            map.GetProperty("additionalProperties").GetBoolean().ShouldBeFalse();
            map.GetProperty("description").GetString().ShouldNotBeNullOrEmpty();
            map.GetProperty("properties").EnumerateObject().ShouldAllBe(member => member.Value.GetProperty("description").GetString()!.EndsWith('.'));
        }
    }

    [Fact]
    public void The_reader_and_the_schema_accept_the_same_members()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Path));
        var defs = schema.RootElement.GetProperty("$defs");
        foreach (var shape in Maps(PlaybookShapes.Root).DistinctBy(shape => shape.Name))
        {
            var published = shape == PlaybookShapes.Root ? schema.RootElement : defs.GetProperty(shape.Name);
            published.GetProperty("properties").EnumerateObject().Select(member => member.Name).ShouldBe(shape.Members.Select(member => member.Name));
        }
    }

    [Fact]
    public void Shipped_playbooks_and_the_template_validate()
    {
        var schema = Schema();
        var texts = new ShippedPlaybooks().ById.Values.Append(SomePlaybook.Read(SomePlaybook.Text)).Append(PlaybookText.Read(PlaybookTemplate.Write("our-own", "Ours", "growth"), "our-own"));
        foreach (var text in texts)
        {
            schema.Check(JsonOf(text.Root!)).ShouldBeEmpty(text.Reading.Playbook?.Id);
        }
    }

    // What is wrong in form is wrong for both, so that an editor and the lint never disagree.
    [Theory]
    [InlineData("kind: implementation", "kind: none")]
    [InlineData("version: 1\n", "")]
    [InlineData("version: 1\n", "version: 1.5\n")]
    [InlineData("title: Planning\n", "title: 2026\n")]
    [InlineData("summary: Something", "sumary: Something")]
    [InlineData("days: 2-3\n", "days: soon\n")]
    [InlineData("days: 1-5\n", "days: 1..5\n")]
    [InlineData("effort: 6h", "effort: 6")]
    [InlineData("remind: [1d before, on due]", "remind: [later]")]
    [InlineData("after: [kickoff]", "after: [{kind: FS}]")]
    [InlineData("at: \"-1h\"", "at: soon")]
    [InlineData("goal: \">= 50\"", "goal: \"50\"")]
    [InlineData("items: [Agenda is sent, Room is booked]", "items: []")]
    [InlineData("role: csm-technical\n", "role: CSM\n")]
    public void What_is_out_of_form_is_so_for_both(string piece, string by)
    {
        var text = SomePlaybook.Read(SomePlaybook.With(piece, by));
        text.Reading.Faults.ShouldContain(fault => !fault.IsWarning);
        Schema().Check(JsonOf(text.Root!)).ShouldNotBeEmpty();
    }

    private static EventSchema Schema()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path));
        var read = SchemaReader.Read(json.RootElement);
        read.IsOk.ShouldBeTrue(read.Problem is { } problem ? string.Join('\n', problem.Faults) : "");
        return read.Value;
    }

    private static IEnumerable<MapShape> Maps(Shape shape) => shape switch
    {
        MapShape map => map.Members.SelectMany(member => Maps(member.Shape)).Prepend(map),
        ListShape list => Maps(list.Of),
        EitherShape either => either.Of.SelectMany(Maps),
        _ => [],
    };

    private static JsonElement JsonOf(FileNode node)
    {
        using var document = JsonDocument.Parse(Json(node)?.ToJsonString() ?? "null");
        return document.RootElement.Clone();
    }

    private static JsonNode? Json(FileNode node) => node switch
    {
        FileMap map => new JsonObject(map.Members.Select(member => KeyValuePair.Create(member.Name, Json(member.Value)))),
        FileList list => new JsonArray([.. list.Items.Select(Json)]),
        FileScalar { Kind: FileScalarKind.Number } number => decimal.Parse(number.Text, NumberStyles.Float, CultureInfo.InvariantCulture),
        FileScalar { Kind: FileScalarKind.Boolean } flag => bool.Parse(flag.Text),
        FileScalar { Kind: FileScalarKind.Null } => null,
        FileScalar text => text.Text,
        _ => throw new InvalidOperationException(),
    };
}
