using Cairn.Domain.Foundation;

namespace Cairn.Domain.Customers;

/// <summary>A property of an iCalendar file (RFC 5545), unfolded.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Name">Its name in capital letters: <c>DTSTART</c>.</param>
/// <param name="Parameters">Its parameters by name in capital letters; values without their quotes.</param>
/// <param name="Value">What stands behind the colon, escapes included.</param>
internal sealed record ICalendarLine(int Line, string Name, IReadOnlyDictionary<string, string> Parameters, string Value)
{
    /// <summary>The value as a text: <c>\,</c>, <c>\;</c>, <c>\\</c> and <c>\n</c> mean what they escape; a line end is a blank.</summary>
    public string Text
    {
        get
        {
            var text = new System.Text.StringBuilder(Value.Length);
            for (var at = 0; at < Value.Length; at++)
            {
                var escapes = Value[at] == '\\' && at + 1 < Value.Length;
                at += escapes ? 1 : 0;
                text.Append(escapes && Value[at] is 'n' or 'N' ? ' ' : Value[at]);
            }

            return text.ToString();
        }
    }
}

/// <summary>Cuts an iCalendar file into its properties.</summary>
internal static class ICalendarLines
{
    /// <summary>Unfolds and splits the lines: one that begins with a blank or tab goes on with the line before. A line that is no property is a fault.</summary>
    public static IReadOnlyList<ICalendarLine> Read(string text, InputFaults faults)
    {
        var unfolded = new List<(int Line, string Text)>();
        var number = 0;
        foreach (var line in text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            if (line.Length > 0 && line[0] is ' ' or '\t' && unfolded.Count > 0)
            {
                unfolded[^1] = (unfolded[^1].Line, unfolded[^1].Text + line[1..]);
            }
            else if (line.Length > 0)
            {
                unfolded.Add((number, line));
            }
        }

        return [.. unfolded.Select(line => Split(line.Line, line.Text, faults)).OfType<ICalendarLine>()];
    }

    private static ICalendarLine? Split(int number, string line, InputFaults faults)
    {
        var parts = Parts(line);
        var name = parts.Count > 1 ? parts[0].ToUpperInvariant() : "";
        if (name.Length == 0 || !name.All(one => char.IsAsciiLetterOrDigit(one) || one == '-'))
        {
            faults.Add(ClosedDayFile.Place(number), "ical-line-unusable", $"Line {number} is no line of an iCalendar file: it takes the form NAME:value or NAME;PARAMETER=value:value.");
            return null;
        }

        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in parts.Skip(1).Take(parts.Count - 2))
        {
            var equals = parameter.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                parameters.TryAdd(parameter[..equals].ToUpperInvariant(), parameter[(equals + 1)..].Trim('"'));
            }
        }

        return new ICalendarLine(number, name, parameters, parts[^1]);
    }

    /// <summary>The name, the parameters, and last the value; signs inside of quotes divide nothing. A line without a colon has one part.</summary>
    private static List<string> Parts(string line)
    {
        var parts = new List<string>();
        var (start, isQuoted) = (0, false);
        for (var at = 0; at < line.Length; at++)
        {
            isQuoted ^= line[at] == '"';
            if (!isQuoted && line[at] is ';' or ':')
            {
                parts.Add(line[start..at]);
                start = at + 1;
                if (line[at] == ':')
                {
                    parts.Add(line[start..]);
                    return parts;
                }
            }
        }

        return [line];
    }
}
