using System.Collections.Frozen;
using Cairn.Domain.Ingest.Import;
using NodaTime;
using YamlDotNet.RepresentationModel;

namespace Cairn.Server.Ingest.Import;

/// <summary>What the later parts of a mapping file may name: its columns, fields and filters.</summary>
internal sealed class MappingScope
{
    public static readonly string[] InputKeys = ["format", "delimiter", "encoding", "decimal", "missing", "columns"];
    private MappingScope(MappingFaults faults) => Faults = faults;

    public MappingFaults Faults { get; }

    public IReadOnlyList<string> Columns { get; private set; } = [];

    /// <summary>False when the column list itself is at fault: then no name can be held against it.</summary>
    public bool HasColumns => Columns.Count > 0;

    public char Delimiter { get; private set; } = ',';

    public char Point { get; private set; } = '.';

    public FileEncoding Encoding { get; private set; }

    /// <summary>Words that stand for a blank.</summary>
    public FrozenSet<string> Missing { get; private set; } = [];

    /// <summary>The zone of the event's time, which other times of the row share unless they name one.</summary>
    public DateTimeZone? Zone { get; private set; }

    public List<FieldRule> Fields { get; } = [];

    /// <summary>Names of fields that are there but faulty: naming them again is no second fault.</summary>
    public HashSet<string> FaultyFields { get; } = [];

    public Dictionary<string, Condition> Filters { get; } = [];

    /// <summary>Reads <c>input</c>, which everything else refers to.</summary>
    public static MappingScope Of(MappingNode root, MappingFaults faults)
    {
        var scope = new MappingScope(faults);
        var input = MappingNode.Of(
            root.Required("input", "How the file is written: input: { columns: [..] }."), faults, "input", InputKeys);
        if (input is null)
        {
            return scope;
        }

        input.OneOf("format", "csv");
        scope.Delimiter = input.OneOf("delimiter", ",", ";", "|", "tab", "\t") switch { null => ',', "tab" => '\t', var one => one[0] };
        scope.Point = input.OneOf("decimal", ".", ",") is "," ? ',' : '.';
        scope.Encoding = input.OneOf("encoding", "utf-8", "windows-1252", "iso-8859-1") switch
        {
            "windows-1252" => FileEncoding.Windows1252,
            "iso-8859-1" => FileEncoding.Latin1,
            _ => FileEncoding.Utf8,
        };
        scope.Missing = input.Texts("missing").Select(word => word.Text).ToFrozenSet(StringComparer.Ordinal);
        if (input.Required("columns", "Name the columns that the header must have: columns: [OrderNo, Amount].") is not null)
        {
            scope.ReadColumns(input);
        }

        return scope;
    }

    /// <summary>The column that a key names, as an index; -1 with a fault when there is none.</summary>
    public int Column(MappingNode node, string key, string fix = "")
    {
        var name = fix.Length > 0 ? node.RequiredText(key, fix) : node.Text(key);
        return name is null ? -1 : Column(name, node.Node(key)!);
    }

    public int Column(string name, YamlNode at)
    {
        for (var index = 0; index < Columns.Count; index++)
        {
            if (Columns[index] == name)
            {
                return index;
            }
        }

        if (HasColumns)
        {
            Faults.Add(at, "unknown-column", $"'{name}' is not one of the columns under input. {MappingFaults.Suggest(name, [.. Columns])}");
        }

        return -1;
    }

    /// <summary>The field of a name; null with a fault when there is none.</summary>
    public Operand? Field(string name, YamlNode at)
    {
        var index = Fields.FindIndex(field => field.Name == name);
        if (index < 0 && !FaultyFields.Contains(name))
        {
            var isColumn = Columns.Contains(name) ? "It is a column: write column instead of field, or give it a field. " : "";
            Faults.Add(at, "unknown-field", $"'{name}' is not one of the fields. {isColumn}{MappingFaults.Suggest(name, [.. Fields.Select(field => field.Name)])}");
        }

        return index < 0 ? null : new Operand(name, true, index);
    }

    /// <summary>Reads <c>format</c> and <c>zone</c>; without a zone, that of the event's time.</summary>
    public TimeRule? ReadTimeRule(MappingNode node, DateTimeZone? usual)
    {
        var zone = usual is not null && !node.Has("zone") ? usual : ReadZone(node);
        if (usual is null)
        {
            Zone = zone;
        }

        var format = node.RequiredText("format", "How the time is written, for instance \"yyyy-MM-dd HH:mm:ss\", or rfc3339.");
        if (format is null || zone is null)
        {
            return null;
        }

        var rule = TimeRule.TryCreate(format, zone, out var why);
        if (rule is null)
        {
            Faults.Add(node.Node("format")!, "bad-format", $"'{format}' is no time format: {why}. Example: \"yyyy-MM-dd HH:mm:ss\".");
        }

        return rule;
    }

    private DateTimeZone? ReadZone(MappingNode node)
    {
        var name = node.RequiredText("zone", "Where the clock hung, for instance Europe/London, or UTC.");
        if (name is null)
        {
            return null;
        }

        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(name);
        if (zone is null)
        {
            var city = DateTimeZoneProviders.Tzdb.Ids.FirstOrDefault(id => id.EndsWith("/" + name.Replace(' ', '_'), StringComparison.OrdinalIgnoreCase));
            Faults.Add(node.Node("zone")!, "unknown-zone", $"'{name}' is no IANA time zone. {(city is null ? MappingFaults.Suggest(name, DateTimeZoneProviders.Tzdb.Ids) : $"Did you mean '{city}'?")}");
        }

        return zone;
    }

    private void ReadColumns(MappingNode input)
    {
        var columns = new List<string>();
        foreach (var (name, at) in input.Texts("columns"))
        {
            if (columns.Contains(name))
            {
                Faults.Add(at, "column-twice", $"'{name}' is named twice.");
            }
            else
            {
                columns.Add(name);
            }
        }

        if (columns.Count is 0 or > ImportLimits.Columns)
        {
            Faults.Add(input.Node("columns")!, "no-columns", $"Name 1 to {ImportLimits.Columns} columns.");
        }

        Columns = columns;
    }
}
