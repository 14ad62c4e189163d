using Cairn.Domain.Foundation;
using Cairn.Server.Ingest.Import;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Cairn.Server.Ingest.Entities;

/// <summary>Reads the one YAML document of a model file, within limits.</summary>
internal static class ModelYaml
{
    private const int MaxNesting = 16;

    public static YamlNode? Parse(string text, MappingFaults faults)
    {
        try
        {
            if (!IsPlain(text, faults))
            {
                return null;
            }

            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            if (yaml.Documents.Count == 1)
            {
                return yaml.Documents[0].RootNode;
            }

            faults.Add(new Mark(0, 1, 1), "not-one-document", yaml.Documents.Count == 0 ? "The file is empty." : "The file holds several documents; a model is one. Remove the '---' lines.");
        }
        catch (YamlException refused)
        {
            faults.Add(refused.Start, "not-yaml", refused.Message.Replace('\n', ' ') + ". Check the indentation and the quotes of this line; a value with : or # or braces must stand in quotes.");
        }

        return null;
    }

    /// <summary>Refuses what the loader would expand or recurse into without a limit.</summary>
    private static bool IsPlain(string text, MappingFaults faults)
    {
        var parser = new Parser(new StringReader(text));
        var depth = 0;
        while (parser.MoveNext())
        {
            var at = parser.Current!;
            depth += at.NestingIncrease;
            if (at is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
            {
                faults.Add(at.Start, "anchor-used", "Anchors and aliases are not used in models. Write the part out.");
                return false;
            }

            if (depth > MaxNesting)
            {
                faults.Add(at.Start, "nested-too-deep", $"More than {MaxNesting} levels.");
                return false;
            }
        }

        return true;
    }
}

/// <summary>A model that cannot be used, with every fault as a line of the message, for a start that is refused.</summary>
internal static class ModelRefusal
{
    public static string Text(Problem problem) =>
        problem.Detail + string.Concat(problem.Faults.Select(fault => $"{Environment.NewLine}  {fault.Pointer}: {fault.Detail}"));
}
