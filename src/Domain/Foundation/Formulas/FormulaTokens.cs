namespace Cairn.Domain.Foundation.Formulas;

/// <summary>What a piece of a formula is.</summary>
internal enum FormulaTokenKind
{
    Literal,
    Name,
    Keyword,
    Symbol,
    End,
}

/// <summary>A piece of a formula and where it begins, from 1.</summary>
internal readonly record struct FormulaToken(FormulaTokenKind Kind, string Text, int Column, FormulaValue? Value = null)
{
    public bool Is(string text) => Kind is FormulaTokenKind.Keyword or FormulaTokenKind.Symbol && Text == text;
}

/// <summary>
/// Cuts a formula into pieces. A hyphen that follows a letter or digit directly belongs to the name
/// (<c>parallel-run</c>); a minus has a blank, a bracket or another operator before it.
/// </summary>
internal sealed class FormulaTokens
{
    private static readonly HashSet<string> Keywords =
        ["or", "and", "not", "in", "is", "missing", "otherwise", "if", "then", "else", "true", "false", "yes", "no"];

    private static readonly string[] Symbols = ["!=", "<>", "<=", ">=", "==", "=", "<", ">", "+", "-", "*", "/", "(", ")", "[", "]", ","];

    private readonly string text;
    private readonly List<FormulaToken> tokens = [];
    private int at;

    private FormulaTokens(string text) => this.text = text;

    private FormulaFault? Refused { get; set; }

    /// <summary>All pieces and an end; or the first thing that is none.</summary>
    public static (IReadOnlyList<FormulaToken> Tokens, FormulaFault? Fault) Read(string text)
    {
        var reader = new FormulaTokens(text);
        reader.ReadAll();
        return (reader.tokens, reader.Refused);
    }

    private void ReadAll()
    {
        while (Refused is null)
        {
            while (at < text.Length && text[at] is ' ' or '\t' or '\n' or '\r')
            {
                at++;
            }

            if (at == text.Length)
            {
                tokens.Add(new FormulaToken(FormulaTokenKind.End, "", at + 1));
                return;
            }

            ReadOne(text[at]);
        }
    }

    private void ReadOne(char first)
    {
        if (char.IsAsciiDigit(first))
        {
            var literal = FormulaLiterals.Read(text, at);
            Refused = literal.Fault;
            Add(FormulaTokenKind.Literal, literal.Length, literal.Value);
        }
        else if (char.IsAsciiLetterLower(first))
        {
            ReadName();
        }
        else if (first is '"' or '\'')
        {
            var quoted = FormulaLiterals.ReadText(text, at);
            Refused = quoted.Fault;
            Add(FormulaTokenKind.Literal, quoted.Length, quoted.Value);
        }
        else
        {
            ReadSymbol(first);
        }
    }

    private void Add(FormulaTokenKind kind, int length, FormulaValue? value = null)
    {
        tokens.Add(new FormulaToken(kind, text.Substring(at, length), at + 1, value));
        at += length;
    }

    private void ReadName()
    {
        var end = at + 1;
        while (end < text.Length && (FormulaLiterals.IsNameCharacter(text[end])
            || (text[end] is '.' or '-' && end + 1 < text.Length && FormulaLiterals.IsNameCharacter(text[end + 1]))))
        {
            end++;
        }

        var word = text[at..end];
        if (word.Length > FormulaLimits.NameLength)
        {
            Refuse(FormulaFault.TooLarge, $"A name has at most {FormulaLimits.NameLength} characters.");
        }

        Add(Keywords.Contains(word) ? FormulaTokenKind.Keyword : FormulaTokenKind.Name, word.Length);
    }

    private void ReadSymbol(char first)
    {
        var symbol = Array.Find(Symbols, known => string.CompareOrdinal(text, at, known, 0, known.Length) == 0);
        if (symbol is null)
        {
            Refuse(FormulaFault.Syntax, Advice(first));
            return;
        }

        if (symbol == "-" && at > 0 && !(char.IsWhiteSpace(text[at - 1]) || "([,=<>+-*/".Contains(text[at - 1])))
        {
            Refuse(FormulaFault.Syntax, "A minus needs a blank before it, because a hyphen within a word belongs to its name: write 'a - b'.");
            return;
        }

        Add(FormulaTokenKind.Symbol, symbol.Length);
    }

    private static string Advice(char first) => first switch
    {
        '&' => "Write 'and' instead of '&'.",
        '|' => "Write 'or' instead of '|'.",
        '!' => "Write 'not' instead of '!', and '!=' for 'is not equal'.",
        '%' => "Shares are in percent points: write 5 for 5 %, and percent(part, whole) to compute one.",
        '{' or '}' => "A formula takes the bare name: write parallel-run, not {{parallel-run}}.",
        '.' => "A number begins with a digit: write 0.5.",
        _ when char.IsAsciiLetterUpper(first) => "A name begins with a small letter; an amount of money has its currency last: 120 USD.",
        _ when char.IsLetter(first) => "Names are made of the letters a to z, digits, '_', '.' and '-'; a text stands in quotes.",
        _ => $"'{first}' has no meaning here; a text stands in quotes.",
    };

    private void Refuse(string code, string detail) => Refused = new FormulaFault(at + 1, code, detail);
}
