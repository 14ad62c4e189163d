using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest;
using Cairn.Domain.Ingest.Import;
using YamlDotNet.RepresentationModel;

namespace Cairn.Server.Ingest.Import;

/// <summary>
/// Reads and lints a mapping file. A mapping that comes out is complete and consistent; otherwise every fault of the file
/// comes out at once, each with <c>file:line:column</c> and its fix.
/// </summary>
internal static class MappingReader
{
    public static readonly string[] TimeKeys = ["column", "format", "zone"];
    public static readonly string[] Keys = ["v", "event", "source", "subject", "id", "input", "time", "fields", "filters", "checks", "control_sums"];

    private static readonly YamlRules Rules = new(
        32, "a mapping", "The file is empty. Start from samples/online-retail.yaml.", "Give a condition a name under filters and use the name.", "Name parts of the condition under filters.");

    /// <summary>Reads the file at a path; the faults name it as it was given.</summary>
    public static async Task<Outcome<ImportMapping>> ReadFile(string path, CancellationToken cancel)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            return new Problem(ProblemKind.NotFound, "mapping-not-found", $"There is no mapping file {path}. Write one (docs/guides/import-history.md), or begin with a copy of samples/online-retail.yaml.");
        }

        return file.Length > ImportLimits.MappingBytes
            ? new Problem(ProblemKind.TooLarge, "mapping-too-large", $"{path} is larger than {ImportLimits.MappingBytes / 1024} KiB; a mapping is a page of text. Is it the data?")
            : Read(path, await File.ReadAllTextAsync(path, cancel));
    }

    /// <summary>Reads the text of a mapping.</summary>
    public static Outcome<ImportMapping> Read(string name, string text)
    {
        var faults = new MappingFaults(name);
        if (PlainYaml.Parse(text, Rules, faults) is not { } root)
        {
            return faults.ToProblem();
        }

        var mapping = ReadRoot(root, faults);
        return mapping is null || faults.Any ? faults.ToProblem() : mapping;
    }

    private static ImportMapping? ReadRoot(YamlNode node, MappingFaults faults)
    {
        var root = MappingNode.Of(node, faults, "The mapping", Keys);
        if (root is null)
        {
            return null;
        }

        if (root.RequiredText("v", "Write 'v: 1' as its first line.") is { } version && version != "1")
        {
            faults.Add(root.Node("v")!, "unknown-version", $"Version {version} is not known; this program reads version {ImportMapping.Version}.");
        }

        var scope = MappingScope.Of(root, faults);
        int? subject = root.Has("subject") ? scope.Column(root, "subject") : null;
        var (timeColumn, time) = ReadTime(root, scope);
        MappingFields.Read(root, scope, time);
        MappingConditions.ReadFilters(root, scope);
        var checks = MappingConditions.ReadChecks(root, scope);
        var sums = MappingSums.Read(root, scope);
        var eventType = Bounded(root, "event", IngestLimits.TypeBytes, "What happened, for instance 'event: order.line'.", faults);
        var source = Template(root, "source", "Where the events come from, for instance 'source: shop/order-history'.", scope);
        var id = Template(root, "id", "What tells rows apart, for instance 'id: \"{file}:{row}\"'.", scope);
        if (id is { IsConstant: true })
        {
            faults.Add(root.Node("id")!, "id-is-constant", "Every row would get the same id. Use {file}:{row}, or columns that are unique together.");
        }

        return faults.Any ? null : new ImportMapping
        {
            EventType = eventType!,
            Source = source!,
            Id = id!,
            Subject = subject,
            Columns = scope.Columns,
            Delimiter = scope.Delimiter,
            Encoding = scope.Encoding,
            Missing = scope.Missing,
            TimeColumn = timeColumn,
            Time = time!,
            Fields = scope.Fields,
            Checks = checks,
            ControlSums = sums,
        };
    }

    private static (int Column, TimeRule? Rule) ReadTime(MappingNode root, MappingScope scope)
    {
        var node = MappingNode.Of(root.Required("time", "Which column holds the event's time: time: { column: .., format: .., zone: .. }."), scope.Faults, "time", TimeKeys);
        return node is null ? (-1, null) : (scope.Column(node, "column", "Which column holds the time."), scope.ReadTimeRule(node, null));
    }

    private static string? Bounded(MappingNode root, string key, int limit, string fix, MappingFaults faults)
    {
        var text = root.RequiredText(key, fix);
        if (text is not null && System.Text.Encoding.UTF8.GetByteCount(text) > limit)
        {
            faults.Add(root.Node(key)!, "too-long", $"'{key}' is longer than {limit} bytes.");
        }

        return text;
    }

    private static TextTemplate? Template(MappingNode root, string key, string fix, MappingScope scope)
    {
        var text = Bounded(root, key, IngestLimits.IdBytes, fix, scope.Faults);
        if (text is null || !scope.HasColumns)
        {
            return null;
        }

        var template = TextTemplate.TryParse(text, scope.Columns, out var why);
        if (template is null)
        {
            scope.Faults.Add(root.Node(key)!, "bad-template", $"'{key}': {why}. {MappingFaults.Suggest("", scope.Columns)}");
        }

        return template;
    }
}
