using System.Globalization;

namespace Cairn.Domain.Ingest.Import;

/// <summary>
/// A text with holes: <c>{file}</c> is the file's name, <c>{row}</c> its data row from 1, any other name in braces a column.
/// <c>{{</c> and <c>}}</c> are plain braces.
/// </summary>
public sealed class TextTemplate
{
    private readonly IReadOnlyList<Piece> pieces;

    private TextTemplate(string text, IReadOnlyList<Piece> pieces)
    {
        Text = text;
        this.pieces = pieces;
    }

    private enum Kind
    {
        Literal,
        File,
        Row,
        Column,
    }

    /// <summary>The template as the mapping writes it.</summary>
    public string Text { get; }

    /// <summary>Whether the file's name is part of it: then no two files of an import may have the same name.</summary>
    public bool UsesFile => pieces.Any(piece => piece.Kind == Kind.File);

    /// <summary>Whether it differs from row to row at all.</summary>
    public bool IsConstant => pieces.All(piece => piece.Kind == Kind.Literal);

    /// <summary>Reads a template; null and a sentence that names the fix when it cannot be one.</summary>
    public static TextTemplate? TryParse(string text, IReadOnlyList<string> columns, out string? why)
    {
        var pieces = new List<Piece>();
        var literal = new System.Text.StringBuilder();
        why = null;
        for (var at = 0; at < text.Length && why is null; at++)
        {
            if (text[at] is '{' or '}' && at + 1 < text.Length && text[at + 1] == text[at])
            {
                literal.Append(text[at++]);
            }
            else if (text[at] == '{' && text.IndexOf('}', at) is var end and > 0)
            {
                pieces.Add(new Piece(Kind.Literal, literal.ToString(), -1));
                literal.Clear();
                pieces.Add(Hole(text[(at + 1)..end], columns, ref why));
                at = end;
            }
            else if (text[at] is '{' or '}')
            {
                why = "a brace is open or closed alone; a plain brace is written twice";
            }
            else
            {
                literal.Append(text[at]);
            }
        }

        pieces.Add(new Piece(Kind.Literal, literal.ToString(), -1));
        return why is null ? new TextTemplate(text, [.. pieces.Where(piece => piece.Kind != Kind.Literal || piece.Text.Length > 0)]) : null;
    }

    /// <summary>Fills the holes; the index of the first blank column instead, when there is one, because an id must not collapse.</summary>
    public string Fill(RowPlace place, string[] cells, out int blankColumn)
    {
        blankColumn = -1;
        var filled = new string[pieces.Count];
        for (var at = 0; at < filled.Length; at++)
        {
            var piece = pieces[at];
            if (piece.Kind == Kind.Column && string.IsNullOrWhiteSpace(cells[piece.Column]))
            {
                blankColumn = piece.Column;
            }

            filled[at] = piece.Kind switch
            {
                Kind.Literal => piece.Text,
                Kind.File => place.File,
                Kind.Row => place.Row.ToString(CultureInfo.InvariantCulture),
                Kind.Column => cells[piece.Column],
            };
        }

        return string.Concat(filled);
    }

    private static Piece Hole(string name, IReadOnlyList<string> columns, ref string? why)
    {
        if (name is "file" or "row")
        {
            return new Piece(name == "row" ? Kind.Row : Kind.File, name, -1);
        }

        for (var at = 0; at < columns.Count; at++)
        {
            if (columns[at] == name)
            {
                return new Piece(Kind.Column, name, at);
            }
        }

        why = $"{{{name}}} is neither {{file}}, {{row}} nor one of the columns";
        return default;
    }

    private readonly record struct Piece(Kind Kind, string Text, int Column);
}
