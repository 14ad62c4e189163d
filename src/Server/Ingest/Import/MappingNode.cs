using YamlDotNet.RepresentationModel;

namespace Cairn.Server.Ingest.Import;

/// <summary>One YAML mapping with the keys it may have: unknown keys are faults at once, missing and ill-typed ones when they are asked for.</summary>
internal sealed class MappingNode
{
    private readonly YamlMappingNode node;
    private readonly MappingFaults faults;
    private readonly string what;

    private MappingNode(YamlMappingNode node, MappingFaults faults, string what)
    {
        this.node = node;
        this.faults = faults;
        this.what = what;
    }

    /// <summary>The node itself, for faults about the whole of it.</summary>
    public YamlNode Self => node;

    /// <summary>Takes a node as a mapping; null, with a fault, when it is none.</summary>
    public static MappingNode? Of(YamlNode? node, MappingFaults faults, string what, params string[] known)
    {
        if (node is not YamlMappingNode mapping)
        {
            if (node is not null)
            {
                faults.Add(node, "not-a-mapping", $"{what} must be a list of 'key: value' pairs.");
            }

            return null;
        }

        foreach (var key in mapping.Children.Keys)
        {
            if (known.Length > 0 && !known.Contains(TextOf(key) ?? ""))
            {
                faults.Add(key, "unknown-key", $"{what} has no '{key}'. {MappingFaults.Suggest(TextOf(key) ?? "", known)}");
            }
        }

        return new MappingNode(mapping, faults, what);
    }

    /// <summary>All members with names that may be chosen freely: fields, filters, checks, control sums.</summary>
    public IEnumerable<(YamlNode Key, string Name, YamlNode Value)> Members()
    {
        foreach (var (key, value) in node.Children)
        {
            var name = TextOf(key) ?? "";
            if (name.Length == 0 || char.IsAsciiDigit(name[0]) || name.Any(one => !char.IsAsciiLetterOrDigit(one) && one != '_'))
            {
                faults.Add(key, "bad-name", $"'{name}' cannot be a name. Use letters, digits and underscores, beginning with a letter.");
                continue;
            }

            yield return (key, name, value);
        }
    }

    public bool Has(string key) => Node(key) is not null;

    public YamlNode? Node(string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;

    public YamlNode? Required(string key, string fix)
    {
        if (Node(key) is { } found)
        {
            return found;
        }

        faults.Add(node, "missing-key", $"{what} needs '{key}'. {fix}");
        return null;
    }

    /// <summary>A text, or null when there is none; anything but a scalar is a fault.</summary>
    public string? Text(string key)
    {
        if (Node(key) is not { } value)
        {
            return null;
        }

        if (TextOf(value) is { Length: > 0 } text)
        {
            return text;
        }

        faults.Add(value, "not-a-text", $"'{key}' must be a single value that is not empty.");
        return null;
    }

    public string? RequiredText(string key, string fix) => Required(key, fix) is null ? null : Text(key);

    /// <summary>true or false; false when absent.</summary>
    public bool Flag(string key)
    {
        var text = Text(key);
        if (text is not (null or "true" or "false"))
        {
            faults.Add(Node(key)!, "not-true-or-false", $"'{key}' is true or false.");
        }

        return text == "true";
    }

    /// <summary>One of several words.</summary>
    public string? OneOf(string key, params string[] words)
    {
        var text = Text(key);
        if (text is null || words.Contains(text))
        {
            return text;
        }

        faults.Add(Node(key)!, "unknown-value", $"'{key}: {text}' is not known. {MappingFaults.Suggest(text, words)}");
        return null;
    }

    /// <summary>A list of texts, each with its node; a single text is a list of one.</summary>
    public IReadOnlyList<(string Text, YamlNode Node)> Texts(string key)
    {
        var items = new List<(string, YamlNode)>();
        IEnumerable<YamlNode> nodes = Node(key) switch { null => [], YamlSequenceNode sequence => sequence.Children, var single => [single] };
        foreach (var item in nodes)
        {
            if (TextOf(item) is { Length: > 0 } text)
            {
                items.Add((text, item));
            }
            else
            {
                faults.Add(item, "not-a-text", $"'{key}' is a list of single values that are not empty.");
            }
        }

        return items;
    }

    /// <summary>The text of a scalar; null for a list or mapping.</summary>
    public static string? TextOf(YamlNode node) => node is YamlScalarNode scalar ? scalar.Value ?? "" : null;
}
