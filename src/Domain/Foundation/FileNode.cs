namespace Cairn.Domain.Foundation;

/// <summary>
/// A file that people write, as a tree whose parts know where they stand, so that a fault can name its line. Reading the
/// syntax (YAML) is the server's; what the parts mean is decided here.
/// </summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in characters.</param>
public abstract record FileNode(int Line, int Column);

/// <summary>What a bare word is by the rules of YAML 1.2; whatever stands in quotes is a text.</summary>
public enum FileScalarKind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>Nothing.</summary>
    Null,
}

/// <summary>A single value.</summary>
/// <param name="Text">As it reads, without quotes.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Indent">How many characters stand before the text's first one at that place: 1 in quotes; <see langword="null"/> for blocks, whose text begins on another line.</param>
public sealed record FileScalar(string Text, FileScalarKind Kind, int Line, int Column, int? Indent = 0) : FileNode(Line, Column);

/// <summary>Several values in order.</summary>
public sealed record FileList(IReadOnlyList<FileNode> Items, int Line, int Column) : FileNode(Line, Column);

/// <summary>Named values in the order of the file. A name that stands twice is there twice; the first counts.</summary>
public sealed record FileMap(IReadOnlyList<FileMember> Members, int Line, int Column) : FileNode(Line, Column)
{
    /// <summary>The value of that name, or <see langword="null"/>.</summary>
    public FileNode? Find(string name) => Members.FirstOrDefault(member => member.Name == name)?.Value;

    /// <summary>The text of that name; <see langword="null"/> when it is not there, not a single value, or nothing.</summary>
    public string? Text(string name) => Find(name) is FileScalar { Kind: not FileScalarKind.Null } scalar ? scalar.Text : null;

    /// <summary>The values of a list of that name; a single value counts as a list of one.</summary>
    public IReadOnlyList<FileNode> List(string name) => Find(name) switch
    {
        null or FileScalar { Kind: FileScalarKind.Null } => [],
        FileList list => list.Items,
        var single => [single],
    };

    /// <summary>The maps in a list of that name.</summary>
    public IEnumerable<FileMap> Maps(string name) => List(name).OfType<FileMap>();

    /// <summary>The texts in a list of that name.</summary>
    public IReadOnlyList<string> Texts(string name) => [.. List(name).OfType<FileScalar>().Select(scalar => scalar.Text)];

    /// <summary>Where a fault about a member points: at the member's value, or here when it is not there.</summary>
    public FileNode At(string name) => Find(name) ?? this;
}

/// <summary>A name, where it stands, and its value.</summary>
public sealed record FileMember(string Name, int Line, int Column, FileNode Value);
