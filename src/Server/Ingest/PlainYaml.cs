using Cairn.Server.Ingest.Import;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Cairn.Server.Ingest;

/// <summary>How deep one kind of file may nest, and how refusals speak of it.</summary>
/// <param name="MostNesting">Levels.</param>
/// <param name="One">What the file is: <c>a mapping</c>.</param>
/// <param name="WhenEmpty">What to do about an empty file.</param>
/// <param name="InsteadOfAnchors">What to write instead of an anchor.</param>
/// <param name="InsteadOfDepth">What to do instead of nesting deeper; empty when nothing is to be said.</param>
internal sealed record YamlRules(int MostNesting, string One, string WhenEmpty, string InsteadOfAnchors, string InsteadOfDepth);

/// <summary>Reads the one YAML document of a file that people write, within limits. All faults have file, line and column.</summary>
internal static class PlainYaml
{
    public static YamlNode? Parse(string text, YamlRules rules, MappingFaults faults)
    {
        try
        {
            if (!IsPlain(text, rules, faults))
            {
                return null;
            }

            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            if (yaml.Documents.Count == 1)
            {
                return yaml.Documents[0].RootNode;
            }

            faults.Add(new Mark(0, 1, 1), "not-one-document", yaml.Documents.Count == 0 ? rules.WhenEmpty : $"The file holds several documents; {rules.One} is one. Remove the '---' lines.");
        }
        catch (YamlException refused)
        {
            faults.Add(refused.Start, "not-yaml", refused.Message.Replace('\n', ' ') + ". Check the indentation and the quotes of this line; a value with : or # or braces must stand in quotes.");
        }

        return null;
    }

    /// <summary>Refuses what the loader would expand or recurse into without a limit.</summary>
    private static bool IsPlain(string text, YamlRules rules, MappingFaults faults)
    {
        var parser = new Parser(new StringReader(text));
        var depth = 0;
        while (parser.MoveNext())
        {
            var at = parser.Current!;
            depth += at.NestingIncrease;
            if (at is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
            {
                faults.Add(at.Start, "anchor-used", $"Anchors and aliases are not used here. {rules.InsteadOfAnchors}");
                return false;
            }

            if (depth > rules.MostNesting)
            {
                faults.Add(at.Start, "nested-too-deep", $"More than {rules.MostNesting} levels. {rules.InsteadOfDepth}".TrimEnd());
                return false;
            }
        }

        return true;
    }
}
