namespace Cairn.Domain.Ingest.Import;

/// <summary>What is wrong with one value: a stable code and a sentence that names the fix.</summary>
public readonly record struct ReadFault(string Code, string Detail);

/// <summary>Everything that rejects a row, in the order in which a row is checked. One fault rejects the row, never the import.</summary>
public static class ImportFaults
{
    /// <summary>The row is not text in the encoding that the mapping names.</summary>
    public static ReadFault NotInEncoding(string encoding) => new(
        "not-in-encoding",
        $"The bytes are not {encoding}. Save the file as UTF-8, or name its encoding under input in the mapping.");

    /// <summary>A quote that is not closed, or text after a closing quote.</summary>
    public static ReadFault BadQuoting() => new(
        "bad-quoting",
        "The quotes do not balance. Put the value in double quotes and write a quote inside it twice.");

    /// <summary>A quote that stays open over the end of its line: the rows that follow cannot be told apart.</summary>
    public static ReadFault QuoteStaysOpen() => new(
        "quote-stays-open",
        "A quote is opened here and not closed in its line. The rest of this file was not read, because its rows would be counted wrongly. Close the quote and import the file again.");

    /// <summary>A row beyond the limit, most likely for a quote that is never closed.</summary>
    public static ReadFault RowTooLarge() => new(
        "row-too-large",
        $"The row is larger than {ImportLimits.RowBytes / 1024} KiB, most likely because a quote is never closed. The rest of this file was not read. Mend the row and import the file again.");

    /// <summary>More or fewer values than the header names.</summary>
    public static ReadFault WrongColumnCount(int expected, int found) => new(
        "wrong-column-count",
        $"The row has {found} values, the header {expected}. A value that holds the delimiter must stand in double quotes.");

    /// <summary>A required column is blank.</summary>
    public static ReadFault RequiredIsBlank(string field) => new(
        "required-is-blank",
        $"'{field}' is required and blank. Fill it in, or take required off the field if a blank is fine.");

    /// <summary>NUL cannot be stored in text.</summary>
    public static ReadFault HoldsNul() => new("holds-nul", "The value holds a NUL character, which no text may. Remove it.");

    /// <summary>Not a number in the shape that the mapping names.</summary>
    public static ReadFault NotANumber(string field, char point) => new(
        "not-a-number",
        $"'{field}' is not a number. Write digits with '{point}' as decimal point, at most {ImportLimits.NumberDigits}, without thousands separators, exponent or currency sign.");

    /// <summary>Decimals where a whole number is asked for.</summary>
    public static ReadFault NotWhole(string field) => new(
        "not-a-whole-number",
        $"'{field}' must be a whole number. Make it type decimal, or add strip: \".0\" if the file writes 6 as 6.0.");

    /// <summary>Neither of the words for true and false.</summary>
    public static ReadFault NotABoolean(string field) => new(
        "not-a-boolean",
        $"'{field}' is neither true nor false. Name the file's words with true: [..] and false: [..] on the field.");

    /// <summary>Not a day in the format of the mapping.</summary>
    public static ReadFault NotADate(string field, string format) => new(
        "not-a-date",
        $"'{field}' is not a day of the form {format}. Correct the value, or the field's format.");

    /// <summary>Not a time in the format of the mapping.</summary>
    public static ReadFault NotATime(string format) => new(
        "not-a-time",
        $"This is not a time of the form {format}. Correct the value, or the format in the mapping.");

    /// <summary>The event would have no time.</summary>
    public static ReadFault TimeIsBlank() => new(
        "time-is-blank",
        "The event's time is blank; every event of a history needs one. Fill it in.");

    /// <summary>A column of the id or source is blank.</summary>
    public static ReadFault TemplateIsBlank(string part) => new(
        "id-is-blank",
        $"The {part} needs this column and it is blank. Fill it in, or build the {part} from {{file}} and {{row}}.");

    /// <summary>A text of the envelope is too long.</summary>
    public static ReadFault TooLong(string part, int limit) => new(
        "too-long",
        $"The {part} is longer than {limit} bytes. Use a shorter column or template.");

    /// <summary>The payload is larger than an event may be.</summary>
    public static ReadFault EventTooLarge() => new(
        "event-too-large",
        $"The event is larger than {IngestLimits.EventBytes / 1024} KiB. Map fewer or shorter columns.");
}
