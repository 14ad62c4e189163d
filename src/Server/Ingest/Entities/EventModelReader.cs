using System.Text.RegularExpressions;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest;
using Cairn.Domain.Ingest.Entities;
using Cairn.Domain.Ingest.Import;
using Cairn.Server.Ingest.Import;
using YamlDotNet.RepresentationModel;

namespace Cairn.Server.Ingest.Entities;

/// <summary>
/// Reads and lints an event model: a file of <c>models/events</c>, or the <c>entityModel</c> of an event type, which is the
/// same in JSON (JSON is YAML). Every fault at once, each with <c>file:line:column</c> and its fix.
/// </summary>
internal static class EventModelReader
{
    private static readonly YamlRules Rules = new(16, "a model", "The file is empty.", "Write the part out.", "");

    /// <summary>Reads a model. With <paramref name="eventType"/> the text may leave <c>event</c> out and may not name another.</summary>
    public static Outcome<EventModel> Read(string name, string text, string? eventType = null)
    {
        var faults = new MappingFaults(name);
        var model = text.Length > EntityLimits.ModelBytes ? TooLarge(faults) : ReadRoot(text, eventType, faults);
        return model is null || faults.Any
            ? new Problem(ProblemKind.Unacceptable, "event-model-invalid", $"{name} cannot be used as an event model: {faults.InOrder.Count} fault(s).") { Faults = faults.InOrder }
            : model;
    }

    private static EventModel? TooLarge(MappingFaults faults)
    {
        faults.Add(new YamlDotNet.Core.Mark(0, 1, 1), "model-too-large", $"A model has at most {EntityLimits.ModelBytes / 1024} KiB.");
        return null;
    }

    private static EventModel? ReadRoot(string text, string? eventType, MappingFaults faults)
    {
        var root = MappingNode.Of(PlainYaml.Parse(text, Rules, faults), faults, "The model", "v", "event", "says", "entities");
        if (root is null)
        {
            return null;
        }

        if ((eventType is null ? root.RequiredText("v", "Write 'v: 1' as its first line.") : root.Text("v")) is { } version && version != "1")
        {
            faults.Add(root.Node("v")!, "unknown-version", $"Version {version} is not known; this program reads version {EventModel.Version}.");
        }

        var named = eventType is null ? root.RequiredText("event", "The type of the events, for instance 'event: order.line'.") : root.Text("event");
        if (named is not null && eventType is not null && named != eventType)
        {
            faults.Add(root.Node("event")!, "other-event", $"This is the model of '{eventType}'. Leave 'event' out.");
        }

        if (named is not null && System.Text.Encoding.UTF8.GetByteCount(named) > IngestLimits.TypeBytes)
        {
            faults.Add(root.Node("event")!, "too-long", $"An event type has at most {IngestLimits.TypeBytes} bytes.");
        }

        var rules = Sequence(root, "entities", "What changes: entities: [{ type: sku, id: data.sku, fields: { .. } }].", EntityLimits.EntitiesPerEvent, faults)
            .Select(node => Entity(node, faults)).ToList();
        return faults.Any ? null : new EventModel { EventType = (eventType ?? named)!, Says = root.Text("says"), Entities = [.. rules.Select(rule => rule!)] };
    }

    private static EntityRule? Entity(YamlNode at, MappingFaults faults)
    {
        var node = MappingNode.Of(at, faults, "An entity", "type", "id", "optional", "when", "fields");
        if (node is null)
        {
            return null;
        }

        var type = node.RequiredText("type", "The kind of thing that changes, for instance 'type: sku'.");
        if (type is not null && !IsName(type))
        {
            faults.Add(node.Node("type")!, "bad-name", $"'{type}' cannot name a kind of thing. Use up to {EntityLimits.NameLength} lower-case letters, digits, '-' and '_', beginning with a letter.");
        }

        var id = node.RequiredText("id", "Which one: 'subject', a path such as 'data.sku', or a text with paths in braces.") is { } text ? Id(text, node.Node("id")!, faults) : null;
        var fields = Fields(node, faults);
        return id is null ? null : new EntityRule
        {
            EntityType = type ?? "",
            Id = id,
            IsOptional = node.Flag("optional"),
            When = Conditions(node, faults),
            Fields = fields,
        };
    }

    private static IdTemplate? Id(string text, YamlNode at, MappingFaults faults)
    {
        if (!text.Contains('{', StringComparison.Ordinal))
        {
            return Path(text, at, faults) is { } only ? new IdTemplate(text, [(null, only)]) : null;
        }

        var parts = new List<(string?, EventPath?)>();
        for (var rest = text; rest.Length > 0;)
        {
            var open = rest.IndexOf('{', StringComparison.Ordinal);
            var close = rest.IndexOf('}', StringComparison.Ordinal);
            if (open < 0 || close < open)
            {
                if (open >= 0 || close >= 0)
                {
                    faults.Add(at, "bad-template", $"The braces of '{text}' do not balance.");
                    return null;
                }

                parts.Add((rest, null));
                break;
            }

            if (open > 0)
            {
                parts.Add((rest[..open], null));
            }

            if (Path(rest[(open + 1)..close], at, faults) is not { } path)
            {
                return null;
            }

            parts.Add((null, path));
            rest = rest[(close + 1)..];
        }

        return new IdTemplate(text, parts);
    }

    private static List<FieldFold> Fields(MappingNode entity, MappingFaults faults)
    {
        var fields = new List<FieldFold>();
        var node = MappingNode.Of(entity.Required("fields", "Name at least one: fields: { onHand: { add: data.quantity } }."), faults, "fields");
        foreach (var (key, name, value) in node?.Members() ?? [])
        {
            if (name.Length > EntityLimits.NameLength)
            {
                faults.Add(key, "bad-name", $"A field's name has at most {EntityLimits.NameLength} characters.");
            }

            if (Field(name, value, faults) is { } field)
            {
                fields.Add(field);
            }
        }

        if (node is not null && fields.Count is 0 or > EntityLimits.FieldsPerEntity && !faults.Any)
        {
            faults.Add(node!.Self, "no-fields", $"Name 1 to {EntityLimits.FieldsPerEntity} fields.");
        }

        return fields;
    }

    private static FieldFold? Field(string name, YamlNode at, MappingFaults faults)
    {
        var what = $"The field '{name}'";
        var node = MappingNode.Of(at, faults, what, "set", "add", "subtract", "ignore_null", "unit", "says", "when");
        if (node is null)
        {
            return null;
        }

        string[] kinds = [.. new[] { "set", "add", "subtract" }.Where(node.Has)];
        if (kinds.Length != 1)
        {
            faults.Add(node.Self, "one-fold", $"{what} needs exactly one of set, add and subtract.");
            return null;
        }

        var kind = kinds[0] switch { "set" => FoldKind.Set, "add" => FoldKind.Add, _ => FoldKind.Subtract };
        if (node.Has("ignore_null") && kind != FoldKind.Set)
        {
            faults.Add(node.Node("ignore_null")!, "option-does-nothing", $"{what}: 'ignore_null' belongs to set; a null adds nothing anyway. Remove it.");
        }

        return node.Text(kinds[0]) is not { } text ? null : new FieldFold
        {
            Field = name,
            Kind = kind,
            Factors = Terms(text, node.Node(kinds[0])!, faults),
            IgnoresNull = node.Flag("ignore_null"),
            Unit = node.Text("unit"),
            Says = node.Text("says"),
            When = Conditions(node, faults),
        };
    }

    private static List<FoldTerm> Terms(string text, YamlNode at, MappingFaults faults)
    {
        var terms = new List<FoldTerm>();
        foreach (var part in text.Split('*', StringSplitOptions.TrimEntries))
        {
            if (ExactDecimal.TryRead(part, '.', out var number))
            {
                terms.Add(new FoldTerm(null, number));
            }
            else if (Path(part, at, faults) is { } path)
            {
                terms.Add(new FoldTerm(path, default));
            }
        }

        if (terms.Count > EntityLimits.Factors)
        {
            faults.Add(at, "too-many-factors", $"A product has at most {EntityLimits.Factors} factors.");
        }

        return terms;
    }

    private static List<PathCondition> Conditions(MappingNode parent, MappingFaults faults)
    {
        IEnumerable<YamlNode> nodes = parent.Node("when") switch { null => [], YamlSequenceNode sequence => sequence.Children, var single => [single] };
        return [.. nodes.Select(node => Condition(node, faults)).OfType<PathCondition>()];
    }

    private static PathCondition? Condition(YamlNode at, MappingFaults faults)
    {
        var node = MappingNode.Of(at, faults, "A condition", "path", "above", "below", "equals", "matches", "not_matches", "present");
        if (node is null || node.RequiredText("path", "Which value, for instance 'path: data.quantity'.") is not { } text)
        {
            return null;
        }

        if (!new[] { "above", "below", "equals", "matches", "not_matches", "present" }.Any(node.Has))
        {
            faults.Add(node.Self, "empty-condition", "A condition needs one of above, below, equals, matches, not_matches, present.");
        }

        return Path(text, node.Node("path")!, faults) is not { } path ? null : new PathCondition
        {
            Path = path,
            Above = Number(node, "above", faults),
            Below = Number(node, "below", faults),
            EqualTo = node.Text("equals"),
            Matches = Pattern(node, "matches", faults),
            NotMatches = Pattern(node, "not_matches", faults),
            IsPresent = node.Has("present") ? node.Flag("present") : null,
        };
    }

    private static ExactDecimal? Number(MappingNode node, string key, MappingFaults faults)
    {
        if (node.Text(key) is not { } text)
        {
            return null;
        }

        if (ExactDecimal.TryRead(text, '.', out var number))
        {
            return number;
        }

        faults.Add(node.Node(key)!, "not-a-number", $"'{text}' is no plain number.");
        return null;
    }

    private static Regex? Pattern(MappingNode node, string key, MappingFaults faults)
    {
        if (node.Text(key) is not { } text)
        {
            return null;
        }

        try
        {
            return new Regex($@"\A(?:{text})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception refused) when (refused is ArgumentException or NotSupportedException)
        {
            faults.Add(node.Node(key)!, "bad-pattern", $"'{text}' cannot be used as a pattern: {refused.Message}");
            return null;
        }
    }

    private static EventPath? Path(string text, YamlNode at, MappingFaults faults)
    {
        if (EventPath.TryParse(text, out var path, out var why))
        {
            return path;
        }

        faults.Add(at, "bad-path", $"'{text}' is no place in an event: {why}.");
        return null;
    }

    private static IReadOnlyList<YamlNode> Sequence(MappingNode node, string key, string fix, int most, MappingFaults faults)
    {
        if (node.Required(key, fix) is not { } value)
        {
            return [];
        }

        if (value is YamlSequenceNode { Children.Count: > 0 } sequence && sequence.Children.Count <= most)
        {
            return [.. sequence.Children];
        }

        faults.Add(value, "not-a-list", $"'{key}' is a list of 1 to {most} parts.");
        return [];
    }

    private static bool IsName(string text) => text.Length <= EntityLimits.NameLength
        && char.IsAsciiLetterLower(text[0])
        && text.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '-' or '_');
}
