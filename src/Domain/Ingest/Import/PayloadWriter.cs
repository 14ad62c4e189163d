using System.Buffers;
using System.Text;

namespace Cairn.Domain.Ingest.Import;

/// <summary>
/// Writes the payload of an event. The bytes decide whether a second import repeats or contradicts the first, so they must
/// be the same on every machine and in every later release: members in the order of the mapping, no white space, and only
/// quote, backslash and control characters escaped. A general JSON writer may change its escaping between versions.
/// </summary>
internal sealed class PayloadWriter(IReadOnlyList<FieldRule> fields)
{
    private readonly ArrayBufferWriter<byte> to = new(512);
    private readonly byte[][] names = [.. fields.Select((field, at) => Encoding.UTF8.GetBytes((at == 0 ? "{" : ",") + Quoted(field.Name) + ":"))];

    /// <summary>The JSON object of one row.</summary>
    public byte[] Write(FieldValue[] values)
    {
        to.ResetWrittenCount();
        for (var at = 0; at < names.Length; at++)
        {
            to.Write(names[at]);
            WriteValue(fields[at], values[at]);
        }

        to.Write("}"u8);
        return to.WrittenSpan.ToArray();
    }

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder(text.Length + 8).Append('"');
        foreach (var character in text)
        {
            _ = character switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                < ' ' => quoted.Append("\\u00").Append(((int)character).ToString("x2", System.Globalization.CultureInfo.InvariantCulture)),
                _ => quoted.Append(character),
            };
        }

        return quoted.Append('"').ToString();
    }

    private void WriteValue(FieldRule field, FieldValue value)
    {
        if (value.Text is not { } text)
        {
            to.Write("null"u8);
            return;
        }

        switch (field.Type)
        {
            case FieldType.Integer:
            case FieldType.Decimal:
            case FieldType.Boolean:
                WriteText(text);
                break;
            case FieldType.Money:
                to.Write("{\"amount\":"u8);
                WriteQuoted(text);
                to.Write(",\"currency\":"u8);
                WriteQuoted(field.Currency ?? "");
                to.Write("}"u8);
                break;
            case FieldType.Text:
            case FieldType.Date:
            case FieldType.Timestamp:
                WriteQuoted(text);
                break;
        }
    }

    private void WriteQuoted(string text)
    {
        if (text.AsSpan().ContainsAnyInRange('\0', '\u001f') || text.AsSpan().ContainsAny('"', '\\'))
        {
            WriteText(Quoted(text));
            return;
        }

        to.Write("\""u8);
        WriteText(text);
        to.Write("\""u8);
    }

    private void WriteText(string text) =>
        to.Advance(Encoding.UTF8.GetBytes(text, to.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length))));
}
