using System.Text.RegularExpressions;
using Cairn.Domain.Foundation;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Cairn.Server.Platform;

/// <summary>Why a text is no tree: where, a code, what is wrong and how to put it right.</summary>
internal sealed record YamlRefusal(int Line, int Column, string Code, string Detail, string Fix);

/// <summary>
/// Reads the one YAML document of a file into a tree whose parts know their lines. Bare words are what YAML 1.2 says they
/// are, so that editors, which validate with JSON Schema, and the program see the same types. Anchors, tags and deep nesting
/// are refused, because a loader would expand or recurse into them without a limit.
/// </summary>
internal sealed partial class YamlTree
{
    private readonly Parser parser;
    private readonly int mostNesting;
    private YamlRefusal? refusal;

    private YamlTree(string text, int mostNesting)
    {
        parser = new Parser(new StringReader(text));
        this.mostNesting = mostNesting;
    }

    /// <summary>Either the tree or the reason why there is none.</summary>
    public static (FileNode? Root, YamlRefusal? Refusal) Read(string text, int mostNesting)
    {
        var reader = new YamlTree(text, mostNesting);
        try
        {
            var root = reader.Document();
            return reader.refusal is null ? (root, null) : (null, reader.refusal);
        }
        catch (YamlException refused)
        {
            return (null, new YamlRefusal(
                (int)refused.Start.Line, (int)refused.Start.Column, "not-yaml", refused.Message.Replace('\n', ' ').TrimEnd('.') + ".", "Check the indentation and the quotes of this line; a value with : or # or braces stands in quotes."));
        }
    }

    private FileNode? Document()
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
        {
            refusal = new YamlRefusal(1, 1, "not-one-document", "The file is empty.", "Write its first member.");
            return null;
        }

        parser.Consume<DocumentStart>();
        var root = Node(0);
        if (refusal is not null)
        {
            return null;
        }

        parser.Consume<DocumentEnd>();
        if (parser.Current is DocumentStart second)
        {
            Refuse(second, "not-one-document", "The file holds several documents.", "Remove the '---' lines.");
        }

        return root;
    }

    private FileNode? Node(int depth)
    {
        var at = parser.Consume<ParsingEvent>();
        if (at is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
        {
            return Refuse(at, "anchor-used", "Anchors and aliases are not used here.", "Write the part out.");
        }

        if (depth > mostNesting)
        {
            return Refuse(at, "nested-too-deep", $"There are more than {mostNesting} levels.", "Write it flatter.");
        }

        return at switch
        {
            Scalar scalar => Of(scalar),
            SequenceStart start => List(start, depth),
            MappingStart start => Map(start, depth),
            _ => Refuse(at, "not-yaml", "There is no value here.", "Write one, or take the line out."),
        };
    }

    private FileList? List(SequenceStart start, int depth)
    {
        var items = new List<FileNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            if (Node(depth + 1) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        return new FileList(items, (int)start.Start.Line, (int)start.Start.Column);
    }

    private FileMap? Map(MappingStart start, int depth)
    {
        var members = new List<FileMember>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.Consume<ParsingEvent>();
            if (key is not Scalar { Anchor.IsEmpty: true } name)
            {
                Refuse(key, "not-yaml", "A member's name is a plain word.", "Write it as 'name: value'; a list in braces or brackets cannot be a name.");
                return null;
            }

            if (Node(depth + 1) is not { } value)
            {
                return null;
            }

            members.Add(new FileMember(name.Value, (int)name.Start.Line, (int)name.Start.Column, value));
        }

        return new FileMap(members, (int)start.Start.Line, (int)start.Start.Column);
    }

    private static FileScalar Of(Scalar scalar)
    {
        var isOneLine = scalar.Start.Line == scalar.End.Line;
        int? indent = !isOneLine || scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded ? null : scalar.Style == ScalarStyle.Plain ? 0 : 1;
        return new FileScalar(scalar.Value, KindOf(scalar), (int)scalar.Start.Line, (int)scalar.Start.Column, indent);
    }

    private static FileScalarKind KindOf(Scalar scalar) =>
        scalar.Style != ScalarStyle.Plain ? FileScalarKind.Text
        : scalar.Value is "" or "~" or "null" or "Null" or "NULL" ? FileScalarKind.Null
        : scalar.Value is "true" or "True" or "TRUE" or "false" or "False" or "FALSE" ? FileScalarKind.Boolean
        : NumberPattern().IsMatch(scalar.Value) ? FileScalarKind.Number
        : FileScalarKind.Text;

    private FileNode? Refuse(ParsingEvent at, string code, string detail, string fix)
    {
        refusal = new YamlRefusal((int)at.Start.Line, (int)at.Start.Column, code, detail, fix);
        return null;
    }

    [GeneratedRegex(@"^([-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$")]
    private static partial Regex NumberPattern();
}
