using System.Globalization;
using System.Text.RegularExpressions;
using Cairn.Domain.Foundation;

namespace Cairn.Domain.Playbooks;

/// <summary>Holds a file against the table of shapes: members that do not exist or are not there, wrong types, texts and numbers out of form. Finds everything at once.</summary>
internal static class ShapeCheck
{
    private const string Unknown = InputFaults.MemberUnknown;
    private const string Missing = InputFaults.MemberMissing;
    private const string WrongType = InputFaults.MemberType;

    public static void Check(FileNode node, Shape shape, string name, PlaybookFaults faults)
    {
        switch (shape)
        {
            case EitherShape either when Choose(either, node) is { } chosen:
                Check(node, chosen, name, faults);
                break;
            case MapShape map when node is FileMap given:
                CheckMap(given, map, faults);
                break;
            case ListShape list when node is FileList given:
                CheckList(given, list, name, faults);
                break;
            case FlagShape when node is FileScalar { Kind: FileScalarKind.Boolean }:
                break;
            case NumberShape number when node is FileScalar { Kind: FileScalarKind.Number } given:
                CheckNumber(given, number, name, faults);
                break;
            case WordShape word when node is FileScalar { Kind: FileScalarKind.Text } given:
                CheckWord(given, word, name, faults);
                break;
            case TextShape text when node is FileScalar { Kind: FileScalarKind.Text } given:
                CheckText(given, text, name, faults);
                break;
            default:
                faults.Add(node, WrongType, $"'{name}' is {Kind(node)}.", Advice(node, shape));
                break;
        }
    }

    /// <summary>Every text of the file with the shape that it has, wherever the file follows the table.</summary>
    public static IEnumerable<(FileScalar Node, TextShape Shape, string Name)> Texts(FileNode node, Shape shape, string name = "") => (shape, node) switch
    {
        (EitherShape either, _) => Choose(either, node) is { } chosen ? Texts(node, chosen, name) : [],
        (MapShape map, FileMap given) => given.Members.SelectMany(member =>
            map.Members.FirstOrDefault(known => known.Name == member.Name) is { } known ? Texts(member.Value, known.Shape, member.Name) : []),
        (ListShape list, FileList given) => given.Items.SelectMany(item => Texts(item, list.Of, name)),
        (TextShape text, FileScalar { Kind: FileScalarKind.Text } given) => [(given, text, name)],
        _ => [],
    };

    /// <summary>The alternative whose kind of value stands there.</summary>
    private static Shape? Choose(EitherShape either, FileNode node) => either.Of.FirstOrDefault(shape => (shape, node) switch
    {
        (MapShape, FileMap) or (ListShape, FileList) => true,
        (FlagShape, FileScalar { Kind: FileScalarKind.Boolean }) or (NumberShape, FileScalar { Kind: FileScalarKind.Number }) => true,
        (TextShape or WordShape, FileScalar { Kind: FileScalarKind.Text }) => true,
        _ => false,
    });

    private static void CheckMap(FileMap given, MapShape shape, PlaybookFaults faults)
    {
        var names = shape.Members.Select(member => member.Name).ToList();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in given.Members)
        {
            var at = new FileScalar(member.Name, FileScalarKind.Text, member.Line, member.Column);
            if (!seen.Add(member.Name))
            {
                faults.Add(at, "member-twice", $"'{InputFaults.Shorten(member.Name)}' stands twice.", "Keep one of the two.");
            }
            else if (shape.Members.FirstOrDefault(known => known.Name == member.Name) is { } known)
            {
                Check(member.Value, known.Shape, member.Name, faults);
            }
            else
            {
                faults.Add(at, Unknown, $"{Article(shape.Name)} has no member '{InputFaults.Shorten(member.Name)}'.", $"{NearestWord.Hint(member.Name, names).TrimStart()} Members are: {string.Join(", ", names)}.".TrimStart());
            }
        }

        foreach (var absent in shape.Members.Where(member => member.IsRequired && given.Find(member.Name) is null))
        {
            faults.Add(given, Missing, $"{Article(shape.Name)} needs '{absent.Name}'{Of(given)}.", $"{absent.Shape.Says} Write {Wanted(absent.Shape)}.");
        }
    }

    private static void CheckList(FileList given, ListShape shape, string name, PlaybookFaults faults)
    {
        if (given.Items.Count < shape.Least || given.Items.Count > shape.Most)
        {
            faults.Add(given, "list-size", $"'{name}' has {given.Items.Count} entries.", $"It takes {shape.Least} to {shape.Most}.");
        }

        foreach (var item in given.Items.Take(shape.Most))
        {
            Check(item, shape.Of, name, faults);
        }
    }

    private static void CheckNumber(FileScalar given, NumberShape shape, string name, PlaybookFaults faults)
    {
        var isRead = decimal.TryParse(given.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
        if (!isRead || number < shape.Least || number > shape.Most || (shape.IsWhole && number != Math.Floor(number)))
        {
            faults.Add(given, "value-form", $"'{name}' cannot be {InputFaults.Shorten(given.Text)}.", $"Write {Wanted(shape)}.");
        }
    }

    private static void CheckWord(FileScalar given, WordShape shape, string name, PlaybookFaults faults)
    {
        if (!shape.Words.Contains(given.Text))
        {
            faults.Add(given, "word-unknown", $"'{name}' cannot be '{InputFaults.Shorten(given.Text)}'.", $"{NearestWord.Hint(given.Text, shape.Words).TrimStart()} It is one of: {string.Join(", ", shape.Words)}.".TrimStart());
        }
    }

    private static void CheckText(FileScalar given, TextShape shape, string name, PlaybookFaults faults)
    {
        var text = given.Text.TrimEnd('\n');
        if (string.IsNullOrWhiteSpace(text) || given.Text.Length > shape.Most)
        {
            faults.Add(given, "value-form", string.IsNullOrWhiteSpace(text) ? $"'{name}' is empty." : $"'{name}' has {given.Text.Length} characters.", $"Write {shape.Form} of 1 to {shape.Most} characters, or leave the member out.");
        }
        else if (text.Any(character => char.IsControl(character) && !(shape.IsLong && character is '\n' or '\t')))
        {
            faults.Add(given, "value-form", $"'{name}' holds a line end or a control character.", "Write it on one line.");
        }
        else if (shape.Pattern is { } pattern && !pattern.IsMatch(text))
        {
            faults.Add(given, "value-form", $"'{name}' cannot be '{InputFaults.Shorten(text)}'.", $"Write {shape.Form}.");
        }
    }

    private static string Kind(FileNode node) => node switch
    {
        FileMap => "a map",
        FileList => "a list",
        FileScalar { Kind: FileScalarKind.Number } number => $"the number {InputFaults.Shorten(number.Text)}",
        FileScalar { Kind: FileScalarKind.Boolean } flag => $"'{flag.Text}', which is yes or no",
        FileScalar { Kind: FileScalarKind.Null } => "empty",
        FileScalar text => $"the text '{InputFaults.Shorten(text.Text)}'",
        _ => "something else",
    };

    private static string Advice(FileNode node, Shape shape) => node switch
    {
        FileScalar { Kind: FileScalarKind.Null } => $"Write {Wanted(shape)}, or take the line out.",
        FileScalar { Kind: not FileScalarKind.Text } scalar when shape is TextShape or WordShape => $"Put it in quotes to make it a text: \"{InputFaults.Shorten(scalar.Text)}\".",
        FileScalar when shape is ListShape => "Put it in a list: [ … ].",
        _ => $"Write {Wanted(shape)}.",
    };

    /// <summary>What is to be written there, as the end of a sentence.</summary>
    private static string Wanted(Shape shape) => shape switch
    {
        TextShape text => text.Form,
        WordShape word => "one of " + string.Join(", ", word.Words),
        NumberShape { IsWhole: true } number => string.Create(CultureInfo.InvariantCulture, $"a whole number from {number.Least} to {number.Most}"),
        NumberShape number => string.Create(CultureInfo.InvariantCulture, $"a number from {number.Least} to {number.Most}"),
        FlagShape => "true or false",
        ListShape => "a list",
        MapShape map => $"a {map.Name.Replace('_', ' ')} with its members",
        EitherShape either => string.Join(", or ", either.Of.Select(Wanted)),
        _ => "a value",
    };

    private static string Article(string name) => $"{(name[0] is 'a' or 'e' or 'i' or 'o' or 'u' ? "An" : "A")} {name.Replace('_', ' ')}";

    private static string Of(FileMap given) => given.Text("id") is { } id ? $" ('{InputFaults.Shorten(id)}')" : "";
}
